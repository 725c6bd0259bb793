/// The reaction to each input, as pure functions.
@NullMarked
package kith.terminal.update;

import org.jspecify.annotations.NullMarked;
