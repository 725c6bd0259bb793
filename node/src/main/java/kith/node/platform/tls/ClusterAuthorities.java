package kith.node.platform.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import kith.node.platform.config.ClusterIntervals;

/// All authorities of the cluster: usually one, and two while one replaces the other.
///
/// @param all the newest first
record ClusterAuthorities(List<Authority> all) {

  ClusterAuthorities {
    all = all.stream().sorted(Comparator.comparing(Authority::created).reversed()).toList();
  }

  boolean needsAnother(Instant now) {
    return all.stream()
        .noneMatch(one -> one.ends().minus(ClusterIntervals.AUTHORITY_SUCCESSION).isAfter(now));
  }

  /// The authorities whose certificates are accepted.
  List<X509Certificate> trusted(Instant now) {
    return all.stream().filter(one -> one.ends().isAfter(now)).map(Authority::certificate).toList();
  }

  /// The newest one that all nodes have read; the oldest if there is none.
  Authority issuer(Instant now) {
    return all.stream()
        .filter(one -> !one.created().plus(ClusterIntervals.AUTHORITY_ADOPTION).isAfter(now))
        .findFirst()
        .orElseGet(all::getLast);
  }

  List<String> ids() {
    return all.stream().map(Authority::id).toList();
  }
}
