package kith.node.platform.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.X500;
import org.wildfly.security.x500.cert.AuthorityKeyIdentifierExtension;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.ExtendedKeyUsageExtension;
import org.wildfly.security.x500.cert.KeyUsage;
import org.wildfly.security.x500.cert.KeyUsageExtension;
import org.wildfly.security.x500.cert.SubjectKeyIdentifierExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;
import org.wildfly.security.x500.cert.util.KeyUtil;

/// Makes X.509 certificates (RFC 5280) with ECDSA keys on P-256.
final class Certificates {
  private static final int SERIAL_BITS = 127;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Certificates() {}

  /// The time in which a certificate is valid.
  record Validity(Instant from, Instant until) {}

  static KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /// An authority's certificate, signed by itself. It cannot have further authorities below it.
  static X509Certificate ofAuthority(X500Principal name, KeyPair keys, Validity validity)
      throws GeneralSecurityException {
    return body(name, name, keys.getPublic(), validity)
        .addExtension(new BasicConstraintsExtension(true, true, 0))
        .addExtension(new KeyUsageExtension(true, KeyUsage.keyCertSign))
        .setSigningKey(keys.getPrivate())
        .build();
  }

  /// A certificate for both sides of TLS, and for nothing else.
  static X509Certificate ofNode(
      X500Principal name, PublicKey key, Validity validity, X509Certificate by, PrivateKey byKey)
      throws GeneralSecurityException {
    var purposes = List.of(X500.OID_KP_SERVER_AUTH, X500.OID_KP_CLIENT_AUTH);
    var authority = KeyUtil.getKeyIdentifier(by.getPublicKey());
    return body(by.getSubjectX500Principal(), name, key, validity)
        .addExtension(new BasicConstraintsExtension(true, false, /* no path length */ -1))
        .addExtension(new KeyUsageExtension(true, KeyUsage.digitalSignature))
        .addExtension(new ExtendedKeyUsageExtension(false, purposes))
        .addExtension(new AuthorityKeyIdentifierExtension(authority, null, null))
        .setSigningKey(byKey)
        .build();
  }

  private static X509CertificateBuilder body(
      X500Principal issuer, X500Principal subject, PublicKey key, Validity validity) {
    return new X509CertificateBuilder()
        .setIssuerDn(issuer)
        .setSubjectDn(subject)
        // positive, as the standard demands
        .setSerialNumber(new BigInteger(SERIAL_BITS, RANDOM).setBit(0))
        .setNotValidBefore(validity.from().atZone(ZoneOffset.UTC))
        .setNotValidAfter(validity.until().atZone(ZoneOffset.UTC))
        .setPublicKey(key)
        .setSignatureAlgorithmName("SHA256withECDSA")
        .addExtension(new SubjectKeyIdentifierExtension(KeyUtil.getKeyIdentifier(key)));
  }

  static X509Certificate read(byte[] encoded) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  /// A hash that distinguishes keys.
  static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
  }
}
