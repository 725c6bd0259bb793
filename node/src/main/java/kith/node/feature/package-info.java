/// The features beside plain messages. Each one is a package that attaches at the seams of
/// [kith.node.feature.Feature]. The core depends on none of them.
@NullMarked
package kith.node.feature;

import org.jspecify.annotations.NullMarked;
