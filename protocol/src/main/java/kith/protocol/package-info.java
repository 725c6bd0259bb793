/// The words that a Kith client and a node share. `README.md` of this module is their contract.
@NullMarked
package kith.protocol;

import org.jspecify.annotations.NullMarked;
