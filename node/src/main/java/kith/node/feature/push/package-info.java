/// Notifications of devices whose account is not reading: what an account wants to be notified of,
/// and its receivers.
@NullMarked
package kith.node.feature.push;

import org.jspecify.annotations.NullMarked;
