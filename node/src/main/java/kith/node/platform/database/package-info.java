/// PostgreSQL: the node's own or the operator's, its schema, and blocking work on it.
@NullMarked
package kith.node.platform.database;

import org.jspecify.annotations.NullMarked;
