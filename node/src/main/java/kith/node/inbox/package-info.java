/// Lists of rooms: what is new in each, and how far their members have read.
@NullMarked
package kith.node.inbox;

import org.jspecify.annotations.NullMarked;
