/// Breaks text and timelines into rows and columns.
@NullMarked
package kith.terminal.layout;

import org.jspecify.annotations.NullMarked;
