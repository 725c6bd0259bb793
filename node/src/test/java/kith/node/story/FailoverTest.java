package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.database.TestPostgres;
import kith.protocol.Visibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Three nodes, one chat, and nothing acknowledged is lost, doubled or reordered while each of them
/// is killed and stopped in turn.
///
/// `-Dkith.seed=…` repeats a run's choices; `-Dkith.nodes`, `-Dkith.clients`, `-Dkith.rooms` and
/// `-Dkith.acks` change its size.
class FailoverTest {
  private final long seed = Long.getLong("kith.seed", System.nanoTime());
  private final int nodeCount = Integer.getInteger("kith.nodes", 3);
  private final int clients = Integer.getInteger("kith.clients", 6);
  private final int roomCount = Integer.getInteger("kith.rooms", 9);
  private final int acksBetweenDeaths = Integer.getInteger("kith.acks", 200);

  private final Semaphore acks = new Semaphore(0);
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<Restless> all = new ArrayList<>();

  private interface Harm {
    void to(NodeProcess node) throws IOException, InterruptedException;
  }

  @Test
  @Timeout(300)
  void eachNodeMayDieAndNobodyMissesAnything() throws Exception {
    System.out.println("failover seed=" + seed);
    var directory = Path.of("target", "failover-" + Long.toHexString(seed)).toAbsolutePath();
    var database = TestPostgres.freshDatabase();
    try {
      // all in the same instant: they have to agree who forms the cluster
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
            new Restless(people.get(i), addresses, rooms, seed + i, acks, goesOn::get).calmly(4));
      var threads = all.stream().map(one -> Thread.ofPlatform().start(one)).toList();
      awaitMoreAcks("start");

      for (var node : nodes) harm("kill", node, NodeProcess::kill);
      for (var node : nodes) harm("stop", node, NodeProcess::stop);

      goesOn.set(false);
      for (var thread : threads) thread.join();
      for (var one : all) assertThat(one.settles(Duration.ofSeconds(60))).as(one::state).isTrue();
      Verdict.check(people.getFirst(), all, rooms);
    } finally {
      nodes.forEach(NodeProcess::close);
    }
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

  private void harm(String name, NodeProcess node, Harm harm)
      throws IOException, InterruptedException {
    all.forEach(Restless::longestSilence);
    harm.to(node);
    awaitMoreAcks(name);
    node.startAgain();
    awaitMoreAcks("back");
  }

  private void awaitMoreAcks(String after) throws InterruptedException {
    acks.drainPermits();
    var enough = acks.tryAcquire(acksBetweenDeaths, 60, TimeUnit.SECONDS);
    assertThat(enough).as("acks after %s, seed %s", after, seed).isTrue();
    var silences = all.stream().map(Restless::longestSilence).map(Duration::toMillis).sorted();
    System.out.println("after=" + after + " longest-silences-ms=" + silences.toList());
  }
}
