package kith.bench;

import java.net.InetSocketAddress;

/// A room, and where it is reached.
record Target(InetSocketAddress address, String room) {}
