package kith.node.platform.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import kith.node.platform.config.ClusterIntervals;

/// The cluster's own certificate authority. Every holder of its key can issue certificates of
/// nodes.
///
/// @param created by the database's clock
record Authority(String id, Instant created, X509Certificate certificate, PrivateKey key) {
  private static final X500Principal NODE = new X500Principal("CN=Kith node");
  private static final int ID_BYTES = 8;

  static Authority create(Instant now) {
    try {
      var keys = Certificates.keys();
      var id = HexFormat.of().formatHex(Certificates.keyId(keys.getPublic()), 0, ID_BYTES);
      var certificate =
          Certificates.ofAuthority(
              new X500Principal("CN=Kith cluster authority " + id),
              keys,
              new Certificates.Validity(
                  now.minus(ClusterIntervals.CLOCK_SKEW), now.plus(ClusterIntervals.AUTHORITY)));
      return new Authority(id, now, certificate, keys.getPrivate());
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot make a certificate", fault);
    }
  }

  /// Reads a stored authority.
  static Authority read(String id, Instant created, byte[] certificate, byte[] key)
      throws GeneralSecurityException {
    return new Authority(
        id,
        created,
        Certificates.read(certificate),
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
  }

  /// A certificate for a node, with a new key.
  NodeCertificate issue(Instant now) {
    try {
      var keys = Certificates.keys();
      var validity =
          new Certificates.Validity(
              now.minus(ClusterIntervals.CLOCK_SKEW), now.plus(ClusterIntervals.NODE_CERTIFICATE));
      var issued = Certificates.ofNode(NODE, keys.getPublic(), validity, certificate, key);
      return new NodeCertificate(issued, keys.getPrivate(), now);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot make a certificate", fault);
    }
  }

  Instant ends() {
    return certificate.getNotAfter().toInstant();
  }

  @Override
  public String toString() {
    return "authority " + id;
  }
}
