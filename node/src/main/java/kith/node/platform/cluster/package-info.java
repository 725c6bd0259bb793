/// How this node and others become one cluster.
@NullMarked
package kith.node.platform.cluster;

import org.jspecify.annotations.NullMarked;
