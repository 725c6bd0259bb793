package kith.terminal.net;

/// The clock and the randomness of one update.
///
/// @param millis the time in milliseconds since the epoch
/// @param jitter from 0 to 1, exclusive
public record SessionMoment(long millis, double jitter) {}
