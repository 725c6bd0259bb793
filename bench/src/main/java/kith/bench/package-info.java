/// A load driver for a Kith node: what it carries, how fast, and whether it kept its promises.
@NullMarked
package kith.bench;

import org.jspecify.annotations.NullMarked;
