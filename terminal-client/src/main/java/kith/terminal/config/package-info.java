/// The settings of `client.conf`, read once.
@NullMarked
package kith.terminal.config;

import org.jspecify.annotations.NullMarked;
