/// The run from which the launcher makes the cache that shortens the start of the client.
@NullMarked
package kith.terminal.training;

import org.jspecify.annotations.NullMarked;
