/// Who is there: derived from the life of sessions, and told to those who have it on the screen.
@NullMarked
package kith.node.presence;

import org.jspecify.annotations.NullMarked;
