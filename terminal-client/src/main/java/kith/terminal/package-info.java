/// The terminal client's front door: the command line.
@NullMarked
package kith.terminal;

import org.jspecify.annotations.NullMarked;
