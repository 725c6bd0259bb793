package kith.node.feature.mentions;

import java.util.Set;
import java.util.TreeMap;
import kith.node.platform.config.Portions;

/// The unread mentions of one member in a room: the newest hundred. Mentions and positions that
/// arrive twice, late or in any order give the same result.
public final class MentionMarks {
  private final String user;
  private final TreeMap<Long, String> authorsBySeq = new TreeMap<>();
  private Set<String> ignored = Set.of();
  private long read;

  public MentionMarks(String user) {
    this.user = user;
  }

  /// False if the mention is not new or does not count.
  public boolean add(Mention mention) {
    var by = mention.by();
    if (mention.seq() <= read || !mention.isOf(user) || by.equals(user) || ignored.contains(by))
      return false;
    var isNew = authorsBySeq.put(mention.seq(), by) == null;
    if (authorsBySeq.size() > Portions.COUNTED_MENTIONS) authorsBySeq.pollFirstEntry();
    return isNew;
  }

  public void readUpTo(long seq) {
    read = Math.max(read, seq);
    authorsBySeq.headMap(read, true).clear();
  }

  /// Sets the users whose mentions do not count, and take no place from others. Mentions that were
  /// dropped before are not restored: the caller has to look them up.
  ///
  /// @return false if no mention was removed
  public boolean ignore(Set<String> users) {
    ignored = users;
    return authorsBySeq.values().removeIf(users::contains);
  }

  public int count() {
    return authorsBySeq.size();
  }
}
