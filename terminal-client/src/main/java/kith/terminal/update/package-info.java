/// What follows from each input: pure functions.
@NullMarked
package kith.terminal.update;

import org.jspecify.annotations.NullMarked;
