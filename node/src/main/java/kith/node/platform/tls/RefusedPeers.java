package kith.node.platform.tls;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import kith.node.platform.config.Intervals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports failed handshakes between nodes in the log: each reason at most once per minute, because
/// anybody who reaches the port can cause them.
final class RefusedPeers {
  private static final Logger log = LoggerFactory.getLogger(RefusedPeers.class);

  /// The reason why two nodes cannot connect, as a sentence about the other one.
  enum Reason {
    NO_TLS(
        "It does not use TLS: it has kith.cluster.tls.insecure-plain-remoting, an older release, or"
            + " is not a node of Kith."),
    NO_CERTIFICATE(
        "It has no certificate of this cluster's authority: its database or its kith.cluster.tls"
            + " files differ, or it is not a node of Kith."),
    FOREIGN_CERTIFICATE(
        "Its certificate is not of this cluster's authority: its database or its"
            + " kith.cluster.tls files differ."),
    OUTSIDE_VALIDITY(
        "Its certificate has expired or is not valid yet: compare the clocks, or renew its"
            + " kith.cluster.tls files."),
    OWN_REFUSED(
        "It does not accept this node's certificate: its database, its kith.cluster.tls files or"
            + " its clock differ."),
    FAILED_HANDSHAKE("The TLS handshake with it failed.");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /// Most failures of Java differ only in their messages.
    static Reason of(SSLException fault) {
      var causes =
          Stream.iterate((Throwable) fault, it -> it != null, Throwable::getCause).toList();
      var message = String.valueOf(fault.getMessage());
      if (causes.stream().anyMatch(Reason::isAboutTime)) return OUTSIDE_VALIDITY;
      if (causes.stream().anyMatch(CertificateException.class::isInstance))
        return FOREIGN_CERTIFICATE;
      if (message.contains("Empty client certificate chain")) return NO_CERTIFICATE;
      if (message.contains("plaintext connection?") || message.contains("unrecognized SSL message"))
        return NO_TLS;
      if (message.matches(".*Received fatal alert: .*(certificate|unknown_ca).*"))
        return OWN_REFUSED;
      return FAILED_HANDSHAKE;
    }

    private static boolean isAboutTime(Throwable cause) {
      return cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException;
    }
  }

  private static final class Unreported {
    private long since;
    private int count;
  }

  private final LongSupplier nanoClock;
  private final Map<Reason, Unreported> unreported = new EnumMap<>(Reason.class);

  RefusedPeers(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /// @param peer host and port of the node that this one connected to; empty if the other one
  ///   connected to this node
  void report(Optional<String> peer, SSLException fault) {
    var reason = Reason.of(fault);
    var count = due(reason);
    if (count == 0) return;
    log.warn(
        "remoting=refused peer={} times={} reason=\"{}\"",
        peer.orElse("unknown"),
        count,
        reason.sentence);
  }

  /// The number of refusals to report now: all since the last report, or 0 before a report is due.
  synchronized int due(Reason reason) {
    var now = nanoClock.getAsLong();
    var before = unreported.get(reason);
    if (before != null && now - before.since < Intervals.REFUSED_PEER_REPORT.toNanos()) {
      before.count++;
      return 0;
    }
    var latest = unreported.computeIfAbsent(reason, _ -> new Unreported());
    var count = latest.count + 1;
    latest.count = 0;
    latest.since = now;
    return count;
  }
}
