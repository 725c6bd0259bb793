/// What a node tells its operators about itself in figures.
@NullMarked
package kith.node.platform.metrics;

import org.jspecify.annotations.NullMarked;
