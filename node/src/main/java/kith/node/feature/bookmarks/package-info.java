/// Bookmarks: messages that one user wants to find again, with an optional note. Nobody else sees
/// them.
@NullMarked
package kith.node.feature.bookmarks;

import org.jspecify.annotations.NullMarked;
