/// The stored logins: server, user and tokens.
@NullMarked
package kith.terminal.profile;

import org.jspecify.annotations.NullMarked;
