package kith.node.platform.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.platform.config.Intervals;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// The cluster as this node sees it: its members, their own reports, and the location of the rooms.
/// Reports that do not arrive in time are left out.
public final class ClusterView {
  /// @param address the address for other nodes
  /// @param http the URL for clients
  /// @param status Pekko's name of the status: `joining`, `up`, `leaving`, `exiting`, `down`
  /// @param reachable whether it answers
  public record Node(
      String address,
      String status,
      boolean reachable,
      Optional<String> http,
      Optional<String> version,
      OptionalInt rooms,
      OptionalInt sockets) {}

  /// @param seenBy the address of the answering node
  public record Nodes(String seenBy, List<Node> nodes) {
    public Nodes {
      nodes = List.copyOf(nodes);
    }
  }

  private record Row(String address, String http, String version, int sockets) {}

  private final ActorSystem<?> system;
  private final Jdbc jdbc;
  private final EntityTypeKey<?> rooms;

  public ClusterView(ActorSystem<?> system, Jdbc jdbc, EntityTypeKey<?> rooms) {
    this.system = system;
    this.jdbc = jdbc;
    this.rooms = rooms;
  }

  public CompletionStage<Nodes> look() {
    return rows().thenCombine(rooms(), this::nodes);
  }

  private CompletionStage<Map<String, Row>> rows() {
    return jdbc.query(
            "SELECT address, http, version, sockets FROM cluster_node",
            row -> new Row(row.getString(1), row.getString(2), row.getString(3), row.getInt(4)))
        .toCompletableFuture()
        .copy()
        .orTimeout(Intervals.REPORT_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            found -> found.stream().collect(Collectors.toMap(Row::address, Function.identity())))
        .exceptionally(_ -> Map.of());
  }

  private CompletionStage<Map<String, Integer>> rooms() {
    return AskPattern.<ClusterShardingQuery, ClusterShardingStats>ask(
            ClusterSharding.get(system).shardState(),
            this::question,
            Intervals.REPORT_ANSWER,
            system.scheduler())
        .thenApply(this::roomsByAddress)
        .exceptionally(_ -> Map.of());
  }

  private GetClusterShardingStats question(ActorRef<ClusterShardingStats> replyTo) {
    return new GetClusterShardingStats(rooms, Intervals.REPORT_ANSWER.dividedBy(2), replyTo);
  }

  private Map<String, Integer> roomsByAddress(ClusterShardingStats stats) {
    var rooms = new HashMap<String, Integer>();
    stats
        .getRegions()
        .forEach((address, region) ->
            rooms.put(
                hostPort(address),
                region.getStats().values().stream().mapToInt(count -> (Integer) count).sum()));
    return rooms;
  }

  private Nodes nodes(Map<String, Row> rows, Map<String, Integer> rooms) {
    var cluster = Cluster.get(system);
    var nodes = new ArrayList<Node>();
    for (Member member : cluster.state().getMembers()) {
      var address = hostPort(member.address());
      var row = Optional.ofNullable(rows.get(address));
      var count = rooms.get(address);
      nodes.add(
          new Node(
              address,
              member.status().toString().toLowerCase(Locale.ROOT),
              !cluster.state().getUnreachable().contains(member),
              row.map(Row::http).filter(http -> !http.isEmpty()),
              row.map(Row::version),
              count == null ? OptionalInt.empty() : OptionalInt.of(count),
              row.map(it -> OptionalInt.of(it.sockets())).orElse(OptionalInt.empty())));
    }
    return new Nodes(hostPort(cluster.selfAddress()), nodes);
  }

  /// A region on this node has an address without a host.
  private String hostPort(Address address) {
    var full = address.hasLocalScope() ? Cluster.get(system).selfAddress() : address;
    return full.getHost().orElse("") + ":" + full.getPort().orElse(0);
  }
}
