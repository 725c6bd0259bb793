/// Forms one cluster of this node and others.
@NullMarked
package kith.node.platform.cluster;

import org.jspecify.annotations.NullMarked;
