package kith.node.platform.cluster;

import java.time.Duration;
import java.time.Instant;

/// Another node's row.
///
/// @param address host and port that other nodes reach it at
/// @param isMember whether it says that it is in a cluster
/// @param isConnected whether its connection to the database is alive, as far as that can tell
/// @param seen when it renewed the row last, by the database's clock
/// @param age how long ago that was, by the same clock
record Peer(
    int id, String address, boolean isMember, boolean isConnected, Instant seen, Duration age) {}
