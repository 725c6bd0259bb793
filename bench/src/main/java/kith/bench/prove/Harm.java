package kith.bench.prove;

/// Something that was done to the cluster.
///
/// @param at when, in milliseconds of the run
record Harm(String what, long at) {}
