package kith.bench.prove;

/// A fault of the cluster that was caused on purpose.
///
/// @param at time of the fault, in milliseconds of the run
record InjectedFault(String what, long at) {}
