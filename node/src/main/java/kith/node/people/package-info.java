/// What accounts and sessions know of other people.
@NullMarked
package kith.node.people;

import org.jspecify.annotations.NullMarked;
