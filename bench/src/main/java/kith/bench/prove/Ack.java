package kith.bench.prove;

import java.time.Instant;

/// A node's acknowledgement of a post.
///
/// @param receivedAt when the writer received it, in milliseconds of the run
record Ack(long seq, Instant at, long receivedAt) {}
