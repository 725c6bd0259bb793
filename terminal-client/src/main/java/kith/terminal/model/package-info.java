/// The state of the full-screen client.
@NullMarked
package kith.terminal.model;

import org.jspecify.annotations.NullMarked;
