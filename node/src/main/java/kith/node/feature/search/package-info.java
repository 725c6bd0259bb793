/// Finds messages by their words, in all rooms of an account.
@NullMarked
package kith.node.feature.search;

import org.jspecify.annotations.NullMarked;
