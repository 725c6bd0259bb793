package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.StoryOrder;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.protocol.Visibility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No acknowledged message is lost, duplicated or reordered when processes die.
///
/// The seed is printed; `-Dkith.seed=…` repeats a run's choices, though not its threads' timing.
/// `-Dkith.clients`, `-Dkith.rooms` and `-Dkith.acks` (acks between two kills) make it longer.
@Tag("story")
@Order(StoryOrder.LONG)
class SurvivalTest {
  private final long seed = Long.getLong("kith.seed", System.nanoTime());
  private final int clients = Integer.getInteger("kith.clients", 8);
  private final int roomCount = Integer.getInteger("kith.rooms", 3);
  private final int acksBetweenDeaths = Integer.getInteger("kith.acks", 400);

  private final Semaphore acks = new Semaphore(0);
  private final AtomicBoolean goesOn = new AtomicBoolean(true);

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void noAcknowledgedMessageIsLostDuplicatedOrReordered() throws Exception {
    System.out.println("survival seed=" + seed);
    var data = Path.of("target", "survival-" + Long.toHexString(seed)).toAbsolutePath();
    try (var node = NodeProcess.start(data)) {
      var people = new ArrayList<Person>();
      for (var i = 0; i < clients; i++) people.add(Person.signsUp(node.uri(), "restless" + i));
      var rooms = makeRooms(people);
      var all = new ArrayList<Restless>();
      for (var i = 0; i < clients; i++)
        all.add(
            new Restless(people.get(i), List.of(node.uri()), rooms, seed + i, acks, goesOn::get));
      var threads = all.stream().map(one -> Thread.ofPlatform().start(one)).toList();

      killEverythingInTurn(node);

      goesOn.set(false);
      for (var thread : threads) thread.join();
      for (var one : all) assertThat(one.settles()).as(one::state).isTrue();
      Verdict.check(people.getFirst(), all, rooms);
    }
  }

  private List<String> makeRooms(List<Person> people) {
    var rooms = new ArrayList<String>();
    for (var i = 0; i < roomCount; i++) {
      var room = people.getFirst().makesRoom("survival " + i, Visibility.PUBLIC);
      people.forEach(person -> person.joins(room));
      rooms.add(room);
    }
    return rooms;
  }

  private void killEverythingInTurn(NodeProcess node) throws IOException, InterruptedException {
    awaitMoreAcks();
    node.kill();
    node.startAgain();
    awaitMoreAcks();
    node.killDatabase();
    awaitMoreAcks();
    node.killDatabase();
    node.kill();
    node.startAgain();
    awaitMoreAcks();
  }

  private void awaitMoreAcks() throws InterruptedException {
    acks.drainPermits();
    assertThat(
            acks.tryAcquire(acksBetweenDeaths, Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS))
        .as("acks after a death: %s", acks)
        .isTrue();
  }
}
