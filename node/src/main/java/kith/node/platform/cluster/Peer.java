package kith.node.platform.cluster;

import java.time.Duration;
import java.time.Instant;

/// Another node's row.
///
/// @param address host and port for other nodes
/// @param isMember true if it is in a cluster, according to its row
/// @param isConnected whether its connection to the database seems alive
/// @param seen the last renewal of the row, by the database's clock
/// @param incarnation its unique number in the cluster
/// @param remoting how it protects its connections to other nodes
/// @param age the time since then, by the same clock
record Peer(
    int id,
    String address,
    long incarnation,
    String remoting,
    boolean isMember,
    boolean isConnected,
    Instant seen,
    Duration age) {}
