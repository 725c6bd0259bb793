package kith.node.feature.courier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import kith.node.platform.config.StartFailure;

/// The certificates of receivers that this node accepts: of the authorities that Java knows, and of
/// the operator's own.
final class ReceiverTls {
  private static final String SETTING = "kith.couriers.authorities";

  private ReceiverTls() {}

  /// @param files with certificates of authorities, in PEM
  static Supplier<SSLSocketFactory> of(List<Path> files) {
    // loading the authorities of the Java runtime would delay the start of a node
    if (files.isEmpty()) return () -> (SSLSocketFactory) SSLSocketFactory.getDefault();
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var known : known()) add(store, known);
      for (var file : files) for (var own : read(file)) add(store, own);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context::getSocketFactory;
    } catch (GeneralSecurityException | IOException fault) {
      throw new StartFailure(
          "The authorities of receivers cannot be used: " + fault.getMessage(), fault);
    }
  }

  private static List<X509Certificate> known() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (var manager : factory.getTrustManagers())
      if (manager instanceof X509TrustManager x509) return List.of(x509.getAcceptedIssuers());
    return List.of();
  }

  private static List<Certificate> read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var all =
          List.<Certificate>copyOf(
              CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (all.isEmpty()) throw new StartFailure(SETTING + ": " + file + " has no certificate.");
      return all;
    } catch (IOException fault) {
      throw new StartFailure(SETTING + ": " + file + " cannot be read.", fault);
    } catch (GeneralSecurityException fault) {
      throw new StartFailure(SETTING + ": " + file + " has no certificates in PEM.", fault);
    }
  }

  private static void add(KeyStore store, Certificate certificate) throws GeneralSecurityException {
    store.setCertificateEntry("authority-" + store.size(), certificate);
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
