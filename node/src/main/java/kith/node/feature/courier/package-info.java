/// Delivers entries of rooms to receivers outside the cluster: the actors that deliver, and the
/// bounds on their requests.
@NullMarked
package kith.node.feature.courier;

import org.jspecify.annotations.NullMarked;
