/// The commands of the program.
@NullMarked
package kith.terminal.command;

import org.jspecify.annotations.NullMarked;
