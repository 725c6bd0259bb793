/// The write side of the journal: one statement for all logs of the node that wait, and the replay
/// of one log. Pekko Persistence JDBC owns the tables; this package replaces its data access
/// object.
@NullMarked
package kith.node.platform.journal;

import org.jspecify.annotations.NullMarked;
