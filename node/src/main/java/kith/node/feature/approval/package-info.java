/// Rooms whose moderators approve who joins: users ask, moderators accept or decline.
@NullMarked
package kith.node.feature.approval;

import org.jspecify.annotations.NullMarked;
