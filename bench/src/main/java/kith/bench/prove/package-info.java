/// `kith prove`: writes and reads on a running cluster while it is harmed, and compares everything.
@NullMarked
package kith.bench.prove;

import org.jspecify.annotations.NullMarked;
