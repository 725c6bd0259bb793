/// The loop, the terminal and the threads of the full-screen client.
@NullMarked
package kith.terminal.runtime;

import org.jspecify.annotations.NullMarked;
