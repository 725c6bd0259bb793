/// The administration of a server: its list of accounts, and administrators' acts on them.
@NullMarked
package kith.node.feature.administration;

import org.jspecify.annotations.NullMarked;
