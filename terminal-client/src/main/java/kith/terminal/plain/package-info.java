/// The client without a screen: lines in, lines out.
@NullMarked
package kith.terminal.plain;

import org.jspecify.annotations.NullMarked;
