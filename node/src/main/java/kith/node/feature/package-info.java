/// What people use beside plain messages: each feature is a package that attaches at the seams of
/// [kith.node.feature.Feature]. The core knows none of them.
@NullMarked
package kith.node.feature;

import org.jspecify.annotations.NullMarked;
