/// The lobby: a public room that new accounts join automatically, so that the first people of a
/// server find each other. The first account makes it and owns it.
@NullMarked
package kith.node.feature.lobby;

import org.jspecify.annotations.NullMarked;
