package kith.protocol.tls;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate authorities that this process trusts as a client: those of the Java runtime, and
/// those in the PEM file that `KITH_CA` names.
public final class Authorities {
  public static final String VARIABLE = "KITH_CA";

  private Authorities() {}

  /// Sets the default `SSLContext` of the process; call it before the first connection.
  ///
  /// @throws IOException with a message for people, if the file cannot be used
  public static void trustThoseOfEnvironment() throws IOException {
    var file = Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isBlank());
    if (file.isPresent()) SSLContext.setDefault(trusting(Path.of(file.get())));
  }

  /// An `SSLContext` that also trusts the authorities in `pem`.
  public static SSLContext trusting(Path pem) throws IOException {
    var own = read(pem);
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, new char[0]);
      for (var known : javas()) store.setCertificateEntry("java-" + store.size(), known);
      for (var certificate : own) store.setCertificateEntry("own-" + store.size(), certificate);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(store).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException fault) {
      throw new IOException("The certificates in " + pem + " cannot be used.", fault);
    }
  }

  private static Collection<? extends Certificate> read(Path pem) throws IOException {
    try (var in = Files.newInputStream(pem)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty())
        throw new IOException("The file " + pem + " (" + VARIABLE + ") contains no certificate.");
      return certificates;
    } catch (CertificateException fault) {
      throw new IOException(
          "The file " + pem + " (" + VARIABLE + ") contains no certificate.", fault);
    } catch (FileSystemException fault) {
      throw new IOException("The file " + pem + " (" + VARIABLE + ") cannot be read.", fault);
    }
  }

  private static Certificate[] javas() throws GeneralSecurityException {
    for (var manager : managers(null).getTrustManagers())
      if (manager instanceof X509TrustManager known) return known.getAcceptedIssuers();
    return new Certificate[0];
  }

  private static TrustManagerFactory managers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers;
  }
}
