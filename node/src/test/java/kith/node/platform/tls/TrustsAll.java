package kith.node.platform.tls;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/// A stranger's program: it accepts every node.
public final class TrustsAll implements X509TrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
