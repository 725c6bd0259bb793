package kith.node.feature.receipts;

import kith.node.feature.inbox.Progress;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;

/// The progress of one member in a room on all its devices, and the privacy settings that decide
/// who may see it.
public record Receipt(String user, Progress progress, PrivacyPolicy policy)
    implements CborSerializable {

  public Receipt(String user, long delivered, long read, PrivacyPolicy policy) {
    this(user, new Progress(delivered, read), policy);
  }

  public long delivered() {
    return progress.delivered();
  }

  public long read() {
    return progress.read();
  }

  public Receipt merge(Receipt other) {
    return new Receipt(user, progress.merge(other.progress), policy.merge(other.policy));
  }

  Receipt upTo(long last) {
    return new Receipt(user, progress.upTo(last), policy);
  }

  Receipt with(PrivacyPolicy now) {
    return new Receipt(user, progress, now);
  }

  /// Its size in user names: about four, and one for each blocked user.
  public int weight() {
    return 4 + policy.blocked().size();
  }
}
