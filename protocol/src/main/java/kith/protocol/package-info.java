/// Types shared by node and client: frames, REST bodies, error codes. `README.md` of this module is
/// the wire contract.
@NullMarked
package kith.protocol;

import org.jspecify.annotations.NullMarked;
