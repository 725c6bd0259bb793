package kith.bench.prove;

import java.time.Instant;

/// That a post was committed, in the node's words.
///
/// @param heard when the writer had it, in milliseconds of the run
record Ack(long seq, Instant at, long heard) {}
