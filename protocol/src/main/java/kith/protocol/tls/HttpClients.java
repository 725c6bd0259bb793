package kith.protocol.tls;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// Builders of HTTP clients.
///
/// An `HttpClient` loads TLS when it is built, with the authorities of the Java runtime. That takes
/// a tenth of a second, which a command to a server without TLS need not wait for.
public final class HttpClients {
  private HttpClients() {}

  /// A builder of a client for addresses with the scheme of this one: `http` or `https`. A client
  /// for `http` cannot connect to others, and does not follow redirects to them.
  public static HttpClient.Builder forSchemeOf(URI address) {
    return isSecure(address)
        ? HttpClient.newBuilder()
        : HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(new NoTls())
            .sslParameters(new SSLParameters());
  }

  /// True if connections to this address use TLS.
  public static boolean isSecure(URI address) {
    return "https".equalsIgnoreCase(address.getScheme());
  }

  private static final class NoTls extends SSLContext {
    NoTls() {
      super(new Nothing(), null, "none");
    }
  }

  private static final class Nothing extends SSLContextSpi {
    private static IllegalStateException unexpected() {
      return new IllegalStateException("This client is for addresses without TLS.");
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
      throw unexpected();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw unexpected();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw unexpected();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw unexpected();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw unexpected();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw unexpected();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw unexpected();
    }
  }
}
