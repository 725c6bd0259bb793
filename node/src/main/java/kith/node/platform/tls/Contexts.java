package kith.node.platform.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Turns certificates and keys into Java's `SSLContext`.
final class Contexts {
  private static final char[] NO_PASSWORD = {};

  private Contexts() {}

  /// @param chain the node's own certificate first
  /// @param trust the authorities accepted for the other side's certificate
  static SSLContext of(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> trust)
      throws GeneralSecurityException, IOException {
    var own = emptyStore();
    own.setEntry(
        "own", new KeyStore.PrivateKeyEntry(key, chain.toArray(Certificate[]::new)), unprotected());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), managers(trust), null);
    return context;
  }

  /// The store never leaves this process. By default, its empty password is hashed 10,000 times,
  /// which takes a tenth of a second in a node that starts.
  private static KeyStore.PasswordProtection unprotected() {
    return new KeyStore.PasswordProtection(
        NO_PASSWORD, "PBEWithHmacSHA256AndAES_128", new PBEParameterSpec(new byte[16], 1));
  }

  private static TrustManager[] managers(List<X509Certificate> trust)
      throws GeneralSecurityException, IOException {
    if (trust.isEmpty()) return new TrustManager[0];
    var store = emptyStore();
    for (var certificate : trust)
      store.setCertificateEntry("authority-" + store.size(), certificate);
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
