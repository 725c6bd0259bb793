package kith.terminal.net;

/// When something happens, and by what luck: all that a decision may know of clock and dice.
///
/// @param millis of the clock
/// @param luck from 0 up to 1, for jitter
public record SessionMoment(long millis, double luck) {}
