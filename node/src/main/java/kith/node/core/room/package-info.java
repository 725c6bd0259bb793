/// A chat room: state, rules, events and log. It knows no feature.
@NullMarked
package kith.node.core.room;

import org.jspecify.annotations.NullMarked;
