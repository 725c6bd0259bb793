package kith.node.feature.mentions;

import java.util.Set;
import java.util.TreeMap;

/// Where in a room one member was mentioned and has not read yet: the newest hundred places. What
/// is heard twice, late or in any order gives the same.
public final class MentionMarks {
  public static final int MOST = 100;

  private final String user;
  private final TreeMap<Long, String> authorsBySeq = new TreeMap<>();
  private Set<String> ignored = Set.of();
  private long read;

  public MentionMarks(String user) {
    this.user = user;
  }

  /// False if there is nothing new in it.
  public boolean add(Mention mention) {
    var by = mention.by();
    if (mention.seq() <= read || !mention.isOf(user) || by.equals(user) || ignored.contains(by))
      return false;
    var isNew = authorsBySeq.put(mention.seq(), by) == null;
    if (authorsBySeq.size() > MOST) authorsBySeq.pollFirstEntry();
    return isNew;
  }

  public void readUpTo(long seq) {
    read = Math.max(read, seq);
    authorsBySeq.headMap(read, true).clear();
  }

  /// Whose mentions do not count, and take no place from others. The places of those who counted
  /// otherwise have to be looked up.
  ///
  /// @return false if nothing changes by it here
  public boolean ignore(Set<String> users) {
    ignored = users;
    return authorsBySeq.values().removeIf(users::contains);
  }

  public int count() {
    return authorsBySeq.size();
  }
}
