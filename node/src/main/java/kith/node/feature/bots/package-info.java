/// Bots: accounts of programs, each with a user as its owner.
@NullMarked
package kith.node.feature.bots;

import org.jspecify.annotations.NullMarked;
