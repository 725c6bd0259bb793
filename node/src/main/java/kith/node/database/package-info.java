/// PostgreSQL: the node's own or the operator's, its schema, and blocking work on it.
@NullMarked
package kith.node.database;

import org.jspecify.annotations.NullMarked;
