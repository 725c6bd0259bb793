/// The servers of one window: which of them is shown, and what each of them is told.
@NullMarked
package kith.terminal.window;

import org.jspecify.annotations.NullMarked;
