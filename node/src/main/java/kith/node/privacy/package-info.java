/// Decides what a user may know about another user.
@NullMarked
package kith.node.privacy;

import org.jspecify.annotations.NullMarked;
