/// The audit log: changes of accounts, roles and rooms and the users who made them, in a chain of
/// hashes.
@NullMarked
package kith.node.audit;

import org.jspecify.annotations.NullMarked;
