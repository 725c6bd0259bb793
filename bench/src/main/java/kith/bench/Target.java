package kith.bench;

import java.net.InetSocketAddress;

/// The room that is measured, and where.
record Target(InetSocketAddress address, String room) {}
