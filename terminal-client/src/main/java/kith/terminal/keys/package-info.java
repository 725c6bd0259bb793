/// The keys and their actions.
@NullMarked
package kith.terminal.keys;

import org.jspecify.annotations.NullMarked;
