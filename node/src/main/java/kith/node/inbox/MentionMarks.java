package kith.node.inbox;

import java.util.TreeSet;
import kith.node.room.Mention;

/// Where in a room one member was mentioned and has not read yet: the newest hundred places. What
/// is heard twice, late or in any order gives the same.
public final class MentionMarks {
  public static final int MOST = 100;

  private final String user;
  private final TreeSet<Long> seqs = new TreeSet<>();
  private long read;

  public MentionMarks(String user) {
    this.user = user;
  }

  /// False if there is nothing new in it.
  public boolean add(Mention mention) {
    if (mention.seq() <= read || !mention.isOf(user) || mention.by().equals(user)) return false;
    var isNew = seqs.add(mention.seq());
    if (seqs.size() > MOST) seqs.removeFirst();
    return isNew;
  }

  public void readUpTo(long seq) {
    read = Math.max(read, seq);
    while (!seqs.isEmpty() && seqs.first() <= read) seqs.removeFirst();
  }

  public int count() {
    return seqs.size();
  }
}
