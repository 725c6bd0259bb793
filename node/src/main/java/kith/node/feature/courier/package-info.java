/// Carries what happened in rooms out of the cluster: the actors that deliver, and what keeps them
/// bounded.
@NullMarked
package kith.node.feature.courier;

import org.jspecify.annotations.NullMarked;
