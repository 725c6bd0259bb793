/// The metrics of a node, for its operators.
@NullMarked
package kith.node.platform.metrics;

import org.jspecify.annotations.NullMarked;
