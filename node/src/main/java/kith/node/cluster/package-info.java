/// How this node and others become one cluster.
@NullMarked
package kith.node.cluster;

import org.jspecify.annotations.NullMarked;
