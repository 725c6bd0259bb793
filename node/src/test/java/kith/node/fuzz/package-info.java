/// Tests of readers with mutated inputs.
@NullMarked
package kith.node.fuzz;

import org.jspecify.annotations.NullMarked;
