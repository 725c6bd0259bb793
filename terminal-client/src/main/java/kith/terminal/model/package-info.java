/// What the screens know.
@NullMarked
package kith.terminal.model;

import org.jspecify.annotations.NullMarked;
