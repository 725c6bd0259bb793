/// Bots: accounts of programs, for which a user answers.
@NullMarked
package kith.node.feature.bots;

import org.jspecify.annotations.NullMarked;
