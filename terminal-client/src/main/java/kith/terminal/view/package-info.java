/// Draws the model onto a canvas of cells.
@NullMarked
package kith.terminal.view;

import org.jspecify.annotations.NullMarked;
