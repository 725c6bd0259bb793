/// Everything between a client and its nodes: REST, one socket that heals itself, and the outbox.
@NullMarked
package kith.terminal.net;

import org.jspecify.annotations.NullMarked;
