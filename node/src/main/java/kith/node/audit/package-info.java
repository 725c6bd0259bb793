/// The audit log: what happened to accounts, roles and rooms, by whom, in a chain of hashes.
@NullMarked
package kith.node.audit;

import org.jspecify.annotations.NullMarked;
