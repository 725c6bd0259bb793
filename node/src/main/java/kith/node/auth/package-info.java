/// Passwords, tokens and the limits on guessing them.
@NullMarked
package kith.node.auth;

import org.jspecify.annotations.NullMarked;
