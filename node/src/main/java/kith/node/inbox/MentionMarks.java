package kith.node.inbox;

import java.util.Set;
import java.util.TreeMap;
import kith.node.room.Mention;

/// Where in a room one member was mentioned and has not read yet: the newest hundred places. What
/// is heard twice, late or in any order gives the same.
public final class MentionMarks {
  public static final int MOST = 100;

  private final String user;
  private final TreeMap<Long, String> authorsBySeq = new TreeMap<>();
  private long read;

  public MentionMarks(String user) {
    this.user = user;
  }

  /// False if there is nothing new in it.
  public boolean add(Mention mention) {
    if (mention.seq() <= read || !mention.isOf(user) || mention.by().equals(user)) return false;
    var isNew = authorsBySeq.put(mention.seq(), mention.by()) == null;
    if (authorsBySeq.size() > MOST) authorsBySeq.pollFirstEntry();
    return isNew;
  }

  public void readUpTo(long seq) {
    read = Math.max(read, seq);
    authorsBySeq.headMap(read, true).clear();
  }

  /// @param ignored whose mentions do not count
  public int count(Set<String> ignored) {
    if (ignored.isEmpty()) return authorsBySeq.size();
    return (int) authorsBySeq.values().stream().filter(by -> !ignored.contains(by)).count();
  }
}
