package kith.bench;

import java.net.InetSocketAddress;

/// A room and the address of a node that serves it.
record Target(InetSocketAddress address, String room) {}
