/// What `client.conf` says, read once.
@NullMarked
package kith.terminal.config;

import org.jspecify.annotations.NullMarked;
