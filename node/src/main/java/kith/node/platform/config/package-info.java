/// What an operator sets: `cluster.conf` as records.
@NullMarked
package kith.node.platform.config;

import org.jspecify.annotations.NullMarked;
