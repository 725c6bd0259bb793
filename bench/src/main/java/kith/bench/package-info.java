/// A load driver for Kith nodes and other servers. It measures throughput and latency, and checks
/// every delivery.
@NullMarked
package kith.bench;

import org.jspecify.annotations.NullMarked;
