/// Notifications of devices whose account is not reading: the rules of an account, and its
/// receivers.
@NullMarked
package kith.node.feature.push;

import org.jspecify.annotations.NullMarked;
