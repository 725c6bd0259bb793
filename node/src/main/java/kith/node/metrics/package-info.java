/// What a node tells its operators about itself in figures.
@NullMarked
package kith.node.metrics;

import org.jspecify.annotations.NullMarked;
