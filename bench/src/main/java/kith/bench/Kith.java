package kith.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Kith: one node, or several on one database with the members of each room distributed over them.
final class Kith implements Contender {
  /// Rooms that an idle member has open.
  static final int ROOMS_OF_EACH = 5;

  private final BenchDatabase database;
  private final Optional<String> cores;
  private final List<NodeUnderTest> nodes;
  private final SetUp setUp;

  private Kith(BenchDatabase database, Optional<String> cores, List<NodeUnderTest> nodes) {
    this.database = database;
    this.cores = cores;
    this.nodes = nodes;
    this.setUp = new SetUp(nodes.getFirst().url());
  }

  static Kith start(BenchDatabase database, Optional<String> cores, int nodes) throws IOException {
    var url = Optional.of(database.fresh("kith"));
    var started = new ArrayList<NodeUnderTest>();
    for (int node = 0; node < nodes; node++) started.add(NodeUnderTest.start(cores, "", url));
    return new Kith(database, cores, started);
  }

  /// Kills the first node and restarts it on the same database.
  void restart() throws IOException {
    node().kill();
    nodes.set(0, NodeUnderTest.start(cores, "", Optional.of(database.url("kith"))));
  }

  NodeUnderTest node() {
    return nodes.getFirst();
  }

  SetUp setUp() {
    return setUp;
  }

  @Override
  public List<ClientConfig> clientConfigs(int rooms, int membersOfEach, String body) {
    return setUp.clientConfigs(urls(), rooms, membersOfEach, List.of(body));
  }

  private List<URI> urls() {
    return nodes.stream().map(NodeUnderTest::url).toList();
  }

  @Override
  public List<ClientConfig> idleClientConfigs(int count) {
    var members = setUp.members(count);
    var groups = new ArrayList<List<Member>>();
    for (int from = 0; from < count; from += MEMBERS_OF_IDLE_ROOM)
      for (int room = 0; room < ROOMS_OF_EACH; room++)
        groups.add(members.subList(from, Math.min(count, from + MEMBERS_OF_IDLE_ROOM)));
    var rooms = setUp.rooms(groups);
    var configs = new ArrayList<ClientConfig>();
    for (int i = 0; i < count; i++) {
      int first = i / MEMBERS_OF_IDLE_ROOM * ROOMS_OF_EACH;
      var own = rooms.subList(first, first + ROOMS_OF_EACH);
      configs.add(
          new ClientConfig(
              SetUp.target(node().url(), own.getFirst()).address(),
              first,
              new KithProtocol(members.get(i).token(), own, OptionalLong.empty()),
              KithProtocol.template(own.getFirst(), List.of(""))));
    }
    return configs;
  }

  @Override
  public ResourceUsage usage() {
    var all = nodes.stream().map(NodeUnderTest::server).flatMap(Optional::stream);
    return ResourceUsage.now(all.reduce(Processes.Usage::plus), database.usage());
  }

  @Override
  public void close() throws IOException {
    setUp.close();
    for (var node : nodes) node.close();
  }
}
