package kith.node.platform.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import kith.node.platform.config.Tls;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for tests, trusted or not.
public final class TestAuthority {
  /// A certificate with its key, and the chain from it to the authority.
  public record Issued(List<X509Certificate> chain, PrivateKey key) {}

  private static long serial;

  private final String name;
  private final KeyPair keys;
  private final List<X509Certificate> chain;
  private final X509Certificate root;

  private TestAuthority(
      String name, KeyPair keys, List<X509Certificate> chain, X509Certificate root) {
    this.name = name;
    this.keys = keys;
    this.chain = chain;
    this.root = root;
  }

  public static TestAuthority create(String name) {
    var keys = ec();
    var certificate = signed(name, keys, name, keys, true);
    return new TestAuthority(name, keys, List.of(), certificate);
  }

  /// An authority that this one has signed.
  public TestAuthority intermediate(String called) {
    var theirs = ec();
    var certificate = signed(name, keys, called, theirs, true);
    var whole = new ArrayList<>(List.of(certificate));
    whole.addAll(chain);
    return new TestAuthority(called, theirs, whole, root);
  }

  public Issued issueEc() {
    return issue(ec());
  }

  public Issued issueRsa() {
    return issue(rsa());
  }

  private Issued issue(KeyPair theirs) {
    var whole = new ArrayList<>(List.of(signed(name, keys, "node", theirs, false)));
    whole.addAll(chain);
    return new Issued(whole, theirs.getPrivate());
  }

  /// The files of an operator, for one side of TLS.
  public Tls files(Path directory, Issued issued) {
    var files =
        new Tls(
            directory.resolve("certificate.pem"),
            directory.resolve("key.pem"),
            Optional.of(directory.resolve("authority.pem")));
    write(files.certificate(), "CERTIFICATE", encoded(issued.chain()));
    write(files.key(), "PRIVATE KEY", List.of(issued.key().getEncoded()));
    write(files.authority().orElseThrow(), "CERTIFICATE", encoded(List.of(root)));
    return files;
  }

  /// As above, but without requiring a certificate of the other side.
  public Tls serverFiles(Path directory, Issued issued) {
    var files = files(directory, issued);
    return new Tls(files.certificate(), files.key(), Optional.empty());
  }

  static List<byte[]> encoded(List<X509Certificate> certificates) {
    try {
      var encoded = new ArrayList<byte[]>();
      for (var certificate : certificates) encoded.add(certificate.getEncoded());
      return encoded;
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  static void write(Path file, String kind, List<byte[]> blocks) {
    var text = new StringBuilder("Made for a test.\n");
    for (var block : blocks)
      text.append("-----BEGIN ")
          .append(kind)
          .append("-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(block))
          .append("\n-----END ")
          .append(kind)
          .append("-----\n");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  /// A client that trusts only this authority.
  public SSLContext trusted() {
    return context(Optional.empty());
  }

  /// A client that trusts only this authority, and shows a certificate.
  public SSLContext trusted(Issued own) {
    return context(Optional.of(own));
  }

  private SSLContext context(Optional<Issued> own) {
    try {
      var store = emptyStore();
      store.setCertificateEntry("authority", root);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      var ownStore = emptyStore();
      if (own.isPresent())
        ownStore.setKeyEntry(
            "own", own.get().key(), new char[0], own.get().chain().toArray(X509Certificate[]::new));
      keys.init(ownStore, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    return store;
  }

  static KeyPair ec() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  static KeyPair rsa() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  private static synchronized X509Certificate signed(
      String by, KeyPair signer, String subject, KeyPair keys, boolean isAuthority) {
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + by),
            BigInteger.valueOf(++serial),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            new X500Name("CN=" + subject),
            keys.getPublic());
    var names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            });
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (!isAuthority) builder.addExtension(Extension.subjectAlternativeName, false, names);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException | CertIOException fault) {
      throw new AssertionError(fault);
    }
  }
}
