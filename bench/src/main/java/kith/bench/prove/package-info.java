/// `kith prove`: writes and reads on a running cluster during faults, and compares the results.
@NullMarked
package kith.bench.prove;

import org.jspecify.annotations.NullMarked;
