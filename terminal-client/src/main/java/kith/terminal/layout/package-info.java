/// How text and timelines fall into rows and columns.
@NullMarked
package kith.terminal.layout;

import org.jspecify.annotations.NullMarked;
