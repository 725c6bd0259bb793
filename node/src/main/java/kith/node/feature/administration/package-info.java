/// The administration of a server: its list of accounts, and what administrators do to them.
@NullMarked
package kith.node.feature.administration;

import org.jspecify.annotations.NullMarked;
