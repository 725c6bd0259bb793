/// Who people are: accounts, their devices, tokens and passwords.
@NullMarked
package kith.node.account;

import org.jspecify.annotations.NullMarked;
