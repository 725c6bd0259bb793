/// The positions up to which each member has received and read a room.
@NullMarked
package kith.node.feature.receipts;

import org.jspecify.annotations.NullMarked;
