/// Which key does what.
@NullMarked
package kith.terminal.keys;

import org.jspecify.annotations.NullMarked;
