package kith.bench;

import java.net.InetSocketAddress;

/// Where one client connects, and which of the run's rooms it sits in.
///
/// @param words what it says there
record Seat(InetSocketAddress address, int room, Talk talk, Words words) {}
