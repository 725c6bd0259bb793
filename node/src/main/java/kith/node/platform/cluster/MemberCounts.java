package kith.node.platform.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/// The number of cluster nodes, as this node sees it.
public final class MemberCounts {
  private final Cluster cluster;

  public MemberCounts(Cluster cluster) {
    this.cluster = cluster;
  }

  /// The counts of all states, including states without nodes.
  public Map<String, Integer> byState() {
    var counts = new TreeMap<String, Integer>();
    for (var state :
        new MemberStatus[] {
          MemberStatus.joining(),
          MemberStatus.weaklyUp(),
          MemberStatus.up(),
          MemberStatus.leaving(),
          MemberStatus.exiting(),
          MemberStatus.down()
        }) counts.put(word(state), 0);
    for (var member : cluster.state().getMembers())
      counts.merge(word(member.status()), 1, Integer::sum);
    return counts;
  }

  public int unreachable() {
    return cluster.state().getUnreachable().size();
  }

  private static String word(MemberStatus state) {
    return state.toString().toLowerCase(Locale.ROOT);
  }
}
