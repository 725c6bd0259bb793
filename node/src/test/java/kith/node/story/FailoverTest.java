package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.DrainCommand;
import kith.node.StoryOrder;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.cluster.ClusterView;
import kith.node.platform.database.TestPostgres;
import kith.protocol.Visibility;
import kith.protocol.json.Json;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/// Three nodes are killed and drained in turn, as in a rolling upgrade. No acknowledged message is
/// lost, duplicated or reordered. It prints the times for which rooms were silent. They depend on
/// other load of the machine.
///
/// `-Dkith.seed=…` repeats a run's choices; `-Dkith.nodes`, `-Dkith.clients` and `-Dkith.rooms`
/// change its size.
@Tag("story")
@Order(StoryOrder.FIRST)
class FailoverTest {
  private static final int ACKS_BETWEEN_LOOKS = 10;

  private final long seed = Long.getLong("kith.seed", System.nanoTime());
  private final int nodeCount = Integer.getInteger("kith.nodes", 3);
  private final int clients = Integer.getInteger("kith.clients", 6);
  private final int roomCount = Integer.getInteger("kith.rooms", 9);

  private final Semaphore acks = new Semaphore(0);
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<Restless> all = new ArrayList<>();

  private interface Harm {
    void to(NodeProcess node) throws InterruptedException;
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void noMessageIsLostWhenAnyNodeDies() throws Exception {
    System.out.println("failover seed=" + seed);
    var directory = Path.of("target", "failover-" + Long.toHexString(seed)).toAbsolutePath();
    var database = TestPostgres.freshDatabase();
    try {
      // all at the same time: they have to agree which one forms the cluster
      for (var i = 0; i < nodeCount; i++)
        nodes.add(NodeProcess.startOn(database, directory.resolve("node" + i)));
      for (var node : nodes) node.awaitReady();
      var addresses = nodes.stream().map(NodeProcess::uri).toList();

      var people = new ArrayList<Person>();
      for (var i = 0; i < clients; i++)
        people.add(Person.signsUp(addresses.get(i % nodeCount), "restless" + i));
      var rooms = makeRooms(people);
      for (var i = 0; i < clients; i++)
        all.add(
            new Restless(people.get(i), addresses, rooms, seed + i, acks, goesOn::get).calmly(24));
      var threads = all.stream().map(one -> Thread.ofPlatform().start(one)).toList();
      awaitAllRooms("start");

      for (var node : nodes) harm("kill", node, NodeProcess::kill);
      var refused = refusedEarly();
      for (var node : nodes) harm("drain", node, FailoverTest::drain);
      assertThat(refusedEarly())
          .as("posts that failed while nodes were drained")
          .isEqualTo(refused);

      goesOn.set(false);
      for (var thread : threads) thread.join();
      for (var one : all) assertThat(one.settles()).as(one::state).isTrue();
      Verdict.check(people.getFirst(), all, rooms);
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  private int refusedEarly() {
    return all.stream().mapToInt(Restless::refusedEarly).sum();
  }

  private List<String> makeRooms(List<Person> people) {
    var rooms = new ArrayList<String>();
    for (var i = 0; i < roomCount; i++) {
      var room = people.getFirst().makesRoom("failover " + i, Visibility.PUBLIC);
      people.forEach(person -> person.joins(room));
      rooms.add(room);
    }
    return rooms;
  }

  private void harm(String name, NodeProcess node, Harm harm) throws Exception {
    all.forEach(Restless::longestSilence);
    harm.to(node);
    awaitAllRooms(name);
    awaitNodes(name, nodes.stream().filter(other -> other != node).toList());
    node.startAgain();
    awaitAllRooms("back");
    awaitNodes("back", nodes);
  }

  private static void drain(NodeProcess node) {
    node.mayEnd();
    var drain = new CommandLine(new DrainCommand());
    var port = String.valueOf(node.port());
    var patience = String.valueOf(Patience.LONGEST.toSeconds());
    assertThat(drain.execute("--port", port, "--patience", patience)).isZero();
  }

  /// Waits until every client has a new ack from every room.
  private void awaitAllRooms(String after) throws InterruptedException {
    var since = System.nanoTime();
    while (!all.stream().allMatch(one -> one.heardFromAllRoomsSince(since)))
      assertThat(acks.tryAcquire(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS))
          .as("an ack after %s, seed %s", after, seed)
          .isTrue();
    var silences = all.stream().map(Restless::longestSilence).map(Duration::toMillis).sorted();
    System.out.println("after=" + after + " longest-silences-ms=" + silences.toList());
  }

  /// Waits until each living node lists exactly these nodes as the cluster.
  private void awaitNodes(String after, List<NodeProcess> living) throws Exception {
    acks.drainPermits();
    var expected = living.stream().map(node -> node.uri().toString()).sorted().toList();
    for (var node : living)
      while (!upAccordingTo(node).equals(expected))
        assertThat(
                acks.tryAcquire(
                    ACKS_BETWEEN_LOOKS, Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS))
            .as("%s names %s after %s, seed %s", node.uri(), expected, after, seed)
            .isTrue();
  }

  private static List<String> upAccordingTo(NodeProcess node) throws Exception {
    var request = HttpRequest.newBuilder(node.uri().resolve("/cluster")).build();
    String answer;
    try {
      answer = Rest.CLIENT.send(request, BodyHandlers.ofString()).body();
    } catch (IOException restarting) {
      return List.of();
    }
    return Json.rest(answer, ClusterView.Nodes.class).nodes().stream()
        .filter(it -> it.status().equals("up") && it.reachable())
        .map(it -> it.http().orElse("?") + "/")
        .sorted()
        .toList();
  }
}
