/// Certificates and keys in PEM files, and what is encrypted with them.
@NullMarked
package kith.node.platform.tls;

import org.jspecify.annotations.NullMarked;
