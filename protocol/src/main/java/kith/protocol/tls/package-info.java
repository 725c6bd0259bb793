/// The certificate authorities that clients trust.
@NullMarked
package kith.protocol.tls;

import org.jspecify.annotations.NullMarked;
