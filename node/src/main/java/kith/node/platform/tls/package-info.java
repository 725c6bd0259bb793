/// Certificates and keys in PEM files, and the TLS connections that use them.
@NullMarked
package kith.node.platform.tls;

import org.jspecify.annotations.NullMarked;
