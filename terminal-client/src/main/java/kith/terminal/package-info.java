/// The entry point of the terminal client.
@NullMarked
package kith.terminal;

import org.jspecify.annotations.NullMarked;
