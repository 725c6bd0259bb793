package kith.node.platform.tls;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.StartFailure;
import kith.node.platform.config.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS from PEM files that are read again when they are replaced, so that certificates are renewed
/// without a restart. Open connections keep their certificates.
///
/// Files that do not match, such as after only the first has been replaced, are ignored: the last
/// valid ones stay in use until they match.
public final class Renewed implements Engines {
  private static final Logger log = LoggerFactory.getLogger(Renewed.class);

  private final Tls settings;
  private final PemFiles files;
  private final LongSupplier nanoClock;
  private List<String> stamps;
  private SSLContext context;
  private long lookedAt;

  Renewed(Tls settings, LongSupplier nanoClock) throws BadPem {
    this.settings = settings;
    this.files = new PemFiles(settings);
    this.nanoClock = nanoClock;
    this.stamps = files.stamps();
    this.context = files.context();
    this.lookedAt = nanoClock.getAsLong();
  }

  /// @param path the path of the settings, for error messages
  public static Renewed of(String path, Tls settings) {
    try {
      return new Renewed(settings, System::nanoTime);
    } catch (BadPem fault) {
      throw new StartFailure(path + ": " + fault.sentence(), fault);
    }
  }

  @Override
  public SSLEngine server() {
    var engine = context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(settings.authority().isPresent());
    engine.setEnabledCipherSuites(authenticated(engine.getEnabledCipherSuites()));
    return engine;
  }

  /// Without the suites of TLS 1.2 that encrypt with CBC and HMAC, or without forward secrecy. Java
  /// enables some of them by default.
  private static String[] authenticated(String[] suites) {
    return Arrays.stream(suites)
        .filter(suite -> suite.contains("_GCM_") || suite.contains("_CHACHA20_"))
        .filter(suite -> !suite.startsWith("TLS_RSA_"))
        .toArray(String[]::new);
  }

  @Override
  public SSLEngine client(String host, int port) {
    var engine = context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    return engine;
  }

  private synchronized SSLContext context() {
    var now = nanoClock.getAsLong();
    if (now - lookedAt >= Intervals.CERTIFICATE_CHECK.toNanos()) {
      lookedAt = now;
      var latest = files.stamps();
      if (!latest.equals(stamps)) renew(latest);
    }
    return context;
  }

  private void renew(List<String> latest) {
    stamps = latest;
    try {
      context = files.context();
      log.info("tls=renewed certificate={}", settings.certificate());
    } catch (BadPem fault) {
      log.error("tls=not-renewed reason=\"{}\"", fault.sentence());
    }
  }
}
