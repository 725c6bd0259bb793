package kith.node.platform.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/// A certificate that this node has issued to itself, and its key, which exists only in memory.
///
/// @param issued by this node's clock
record NodeCertificate(X509Certificate certificate, PrivateKey key, Instant issued) {

  /// Whether it should be replaced: after two thirds of its life, or when the clock was set back to
  /// a time before it is valid.
  boolean isDue(Instant now) {
    var life = Duration.between(issued, certificate.getNotAfter().toInstant());
    var renewal = issued.plus(life.multipliedBy(2).dividedBy(3));
    return !now.isBefore(renewal) || now.isBefore(certificate.getNotBefore().toInstant());
  }

  @Override
  public String toString() {
    return "certificate " + certificate.getSerialNumber().toString(16);
  }
}
