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
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import javax.security.auth.x500.X500Principal;

/// Makes X.509 certificates (RFC 5280) with ECDSA keys on P-256.
///
/// Java reads certificates but has no public way to make them. A library for it would be 10 MB and
/// take 0.2 s of each start.
final class Certificates {
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final byte[] VERSION_3 = Der.field(0, Der.integer(BigInteger.TWO));

  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SUBJECT_KEY_ID = "2.5.29.14";
  private static final String AUTHORITY_KEY_ID = "2.5.29.35";
  private static final byte[] TLS_SERVER = Der.oid("1.3.6.1.5.5.7.3.1");
  private static final byte[] TLS_CLIENT = Der.oid("1.3.6.1.5.5.7.3.2");

  private static final int DIGITAL_SIGNATURE = 0;
  private static final int CERTIFICATE_SIGNATURE = 5;
  private static final int KEY_ID_BYTES = 20;
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
    var extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
            critical(KEY_USAGE, Der.flag(CERTIFICATE_SIGNATURE)),
            extension(SUBJECT_KEY_ID, Der.octets(keyId(keys.getPublic()))));
    return signed(body(name, name, keys.getPublic(), validity, extensions), keys.getPrivate());
  }

  /// A certificate for both sides of TLS, and for nothing else.
  static X509Certificate ofNode(
      X500Principal name, PublicKey key, Validity validity, X509Certificate by, PrivateKey byKey)
      throws GeneralSecurityException {
    var extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, Der.sequence()),
            critical(KEY_USAGE, Der.flag(DIGITAL_SIGNATURE)),
            extension(EXTENDED_KEY_USAGE, Der.sequence(TLS_SERVER, TLS_CLIENT)),
            extension(SUBJECT_KEY_ID, Der.octets(keyId(key))),
            extension(AUTHORITY_KEY_ID, Der.sequence(Der.plainField(0, keyId(by.getPublicKey())))));
    return signed(body(by.getSubjectX500Principal(), name, key, validity, extensions), byKey);
  }

  private static byte[] body(
      X500Principal issuer,
      X500Principal subject,
      PublicKey key,
      Validity validity,
      byte[] extensions) {
    // positive, as the standard demands
    var serial = new BigInteger(SERIAL_BITS, RANDOM).setBit(0);
    return Der.sequence(
        VERSION_3,
        Der.integer(serial),
        ECDSA_WITH_SHA256,
        issuer.getEncoded(),
        Der.sequence(Der.time(validity.from()), Der.time(validity.until())),
        subject.getEncoded(),
        key.getEncoded(),
        Der.field(3, extensions));
  }

  private static X509Certificate signed(byte[] body, PrivateKey key)
      throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(body);
    return read(Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign())));
  }

  static X509Certificate read(byte[] encoded) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] critical(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value));
  }

  /// A short hash that tells keys apart (RFC 7093).
  static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    var hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    return Arrays.copyOf(hash, KEY_ID_BYTES);
  }
}
