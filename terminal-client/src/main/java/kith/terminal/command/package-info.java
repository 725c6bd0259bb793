/// The commands of the program, for people and scripts.
@NullMarked
package kith.terminal.command;

import org.jspecify.annotations.NullMarked;
