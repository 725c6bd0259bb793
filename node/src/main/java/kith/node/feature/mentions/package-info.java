/// Users named in messages: found when a message is posted, kept in an index.
@NullMarked
package kith.node.feature.mentions;

import org.jspecify.annotations.NullMarked;
