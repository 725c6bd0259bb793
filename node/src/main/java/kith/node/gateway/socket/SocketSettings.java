package kith.node.gateway.socket;

import java.time.Duration;

/// @param ping a client is pinged after this much silence
/// @param silence a client silent for this long is reported to the session
/// @param noProgress a client that takes no bytes for this long is also reported
/// @param frameBytes the largest message a client may send
/// @param unhandledFrames frames read and not yet handled before reading stops
/// @param closing the time that a client may take to close
record SocketSettings(
    Duration ping,
    Duration silence,
    Duration noProgress,
    int frameBytes,
    int unhandledFrames,
    Duration closing) {}
