package kith.node.core.account;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import kith.node.privacy.PrivacySettings;
import kith.protocol.Code;

/// An account's blocked users and privacy settings.
///
/// @param version counts the changes
public record PrivacyChoices(Set<String> blocked, PrivacySettings settings, long version) {
  static final PrivacyChoices NONE = new PrivacyChoices(Set.of(), PrivacySettings.OPEN, 0);

  public PrivacyChoices {
    blocked = Set.copyOf(blocked);
  }

  Optional<Code> whyNotBlock(String user, int most) {
    return blocked.size() >= most && !blocked.contains(user)
        ? Optional.of(Code.TOO_MANY_BLOCKED)
        : Optional.empty();
  }

  PrivacyChoices blocking(String user) {
    var more = new HashSet<>(blocked);
    more.add(user);
    return new PrivacyChoices(more, settings, version + 1);
  }

  PrivacyChoices unblocking(String user) {
    var fewer = new HashSet<>(blocked);
    fewer.remove(user);
    return new PrivacyChoices(fewer, settings, version + 1);
  }

  PrivacyChoices with(PrivacySettings now) {
    return new PrivacyChoices(blocked, now, version + 1);
  }

  PrivacyChoices accountDeleted() {
    return blocked.isEmpty() ? this : new PrivacyChoices(Set.of(), settings, version + 1);
  }
}
