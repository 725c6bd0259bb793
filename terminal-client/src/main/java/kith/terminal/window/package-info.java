/// The servers of one window: the choice of the shown one, and the inputs for each of them.
@NullMarked
package kith.terminal.window;

import org.jspecify.annotations.NullMarked;
