/// One account: sign-up, devices, sessions and joined rooms.
@NullMarked
package kith.node.core.account;

import org.jspecify.annotations.NullMarked;
