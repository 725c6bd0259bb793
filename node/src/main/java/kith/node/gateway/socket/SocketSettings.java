package kith.node.gateway.socket;

import java.time.Duration;

/// @param ping a client that said nothing for so long is pinged
/// @param silence one that still says nothing is told to the session
/// @param noProgress so is one that takes nothing for so long
/// @param frameBytes the largest message a client may send
/// @param closing how long a client may take over its part of closing
record SocketSettings(
    Duration ping, Duration silence, Duration noProgress, int frameBytes, Duration closing) {}
