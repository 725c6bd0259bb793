package kith.node.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.SignInIntervals;

/// The keys of a cluster for its tokens: the signing key, earlier keys whose tokens are still
/// valid, and possibly the next signing key.
///
/// @param cluster the id of the cluster, for which the tokens are valid
/// @param all the newest first
record TokenKeys(String cluster, List<TokenKey> all) {

  TokenKeys {
    all = all.stream().sorted(Comparator.comparing(TokenKey::signsFrom).reversed()).toList();
  }

  /// True if the newest key has to be replaced, or is to be replaced soon.
  boolean needsAnother(Instant now, Duration rotateAfter) {
    return announced(now).isEmpty()
        && all.stream()
            .filter(key -> key.isValid(now))
            .noneMatch(key -> key.signsFrom().plus(rotateAfter).isAfter(now));
  }

  /// The key that all nodes read before it signs.
  Optional<TokenKey> announced(Instant now) {
    return all.stream().filter(key -> key.signsFrom().isAfter(now)).findFirst();
  }

  /// The key for tokens that are made at this time; the oldest one if this node's clock is behind.
  TokenKey signer(Instant at) {
    return all.stream()
        .filter(key -> !key.signsFrom().isAfter(at))
        .findFirst()
        .orElseGet(all::getLast);
  }

  /// A key that verifies tokens. An announced one does so already: another node's clock may be
  /// ahead.
  Optional<TokenKey> verifier(String id, Instant now) {
    return all.stream().filter(key -> key.id().equals(id) && key.isValid(now)).findFirst();
  }

  /// The keys whose tokens have all expired.
  ///
  /// @param longest the longest life of a token
  List<TokenKey> retired(Instant now, Duration longest) {
    var kept = longest.plus(SignInIntervals.TOKEN_KEY_ADOPTION);
    return all.stream()
        .filter(key ->
            !key.isValid(now)
                || all.stream()
                    .anyMatch(next ->
                        next.signsFrom().isAfter(key.signsFrom())
                            && !next.signsFrom().plus(kept).isAfter(now)))
        .toList();
  }

  boolean contain(String id) {
    return all.stream().anyMatch(key -> key.id().equals(id));
  }
}
