/// The second factor of accounts with a password: codes of an app (TOTP, RFC 6238) and recovery
/// codes.
@NullMarked
package kith.node.feature.secondfactor;

import org.jspecify.annotations.NullMarked;
