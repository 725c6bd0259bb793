/// The operator's settings: `cluster.conf` as records.
@NullMarked
package kith.node.platform.config;

import org.jspecify.annotations.NullMarked;
