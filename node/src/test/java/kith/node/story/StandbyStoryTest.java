package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.platform.database.StandbyPair;
import kith.protocol.Visibility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The machine of the database dies, and its synchronous standby takes over.
@Tag("story")
@Order(StoryOrder.WAITING)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StandbyStoryTest {
  private static final int ACKS = 200;

  /// An event is committed on the primary, and its transaction waits for the standby.
  private static final String EVENT_WAITS =
      """
      SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE relation = 'event_journal'::regclass AND mode = 'RowExclusiveLock'
          AND wait_event = 'SyncRep')
      """;

  private static final String REPLAY_WAITS =
      """
      SELECT EXISTS (SELECT FROM pg_stat_activity
        WHERE wait_event = 'SyncRep' AND query LIKE '%pg_logical_emit_message%')
      """;

  private static final String CONTENTS =
      """
      SELECT (SELECT max(ordering) FROM event_journal) || ' ' || (SELECT max(seen) FROM cluster_node)
      """;

  private final Semaphore acks = new Semaphore(0);
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private final List<Thread> threads = new ArrayList<>();

  @Test
  void noAcknowledgedMessageIsLostWhenTheStandbyIsPromoted() throws Exception {
    try (var pair = StandbyPair.start("killed");
        var here = TestNode.on(pair.url());
        var there = here.another()) {
      var people = people(here);
      var rooms = rooms(people);
      var all = restless(people, List.of(here, there), rooms);

      awaitAcks();
      pair.a().kill();
      pair.b().promote();
      awaitAcks();

      // it does not know that it was replaced
      pair.a().start();
      var left = pair.a().read(CONTENTS);
      awaitAcks();
      there.restart();
      awaitAcks();
      assertThat(pair.a().read(CONTENTS)).isEqualTo(left);

      settle(all);
      Verdict.check(people.getFirst(), all, rooms);
      assertThat(pair.a().read(CONTENTS)).isEqualTo(left);
    }
  }

  /// Both servers report that they are the primary, and the nodes are connected to the former one.
  @Test
  void aPrimaryThatWasReplacedWhileItRunsAcknowledgesNothing() throws Exception {
    try (var pair = StandbyPair.start("split");
        var here = TestNode.on(pair.url());
        var there = here.another()) {
      var people = people(here);
      var rooms = rooms(people);
      var all = restless(people, List.of(here, there), rooms);

      awaitAcks();
      pair.b().promote();
      awaitAcks();

      settle(all);
      Verdict.check(people.getFirst(), all, rooms);
    }
  }

  /// PostgreSQL shows a commit that was interrupted by a restart while it waited for the standby.
  @Test
  void aMessageThatTheStandbyDoesNotHaveIsNotAcknowledgedAfterARestart() throws Exception {
    try (var pair = StandbyPair.start("restarted");
        var node = TestNode.on(pair.url())) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("lobby", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      ann.says(room, "all is well");
      pair.b().stop();
      var events = pair.a().read("SELECT count(*) FROM event_journal");

      var ack =
          CompletableFuture.supplyAsync(
              () -> ann.says(room, "does anybody copy?"), Thread::startVirtualThread);
      pair.a().await(EVENT_WAITS);
      pair.a().stop();
      pair.a().start();
      assertThat(pair.a().read("SELECT count(*) FROM event_journal")).isNotEqualTo(events);
      // the room has read the message, and waits for the standby to get it, too
      pair.a().await(REPLAY_WAITS);
      assertThat(ack).isNotDone();

      pair.b().start();
      assertThat(ack.get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS).room()).isEqualTo(room);
      ann.close();
    }
  }

  private static List<Person> people(TestNode node) {
    var people = new ArrayList<Person>();
    for (var i = 0; i < 4; i++) people.add(Person.signsUp(node.uri("/"), "restless" + i));
    return people;
  }

  private static List<String> rooms(List<Person> people) {
    var rooms = new ArrayList<String>();
    for (var i = 0; i < 3; i++) {
      var room = people.getFirst().makesRoom("room " + i, Visibility.PUBLIC);
      people.forEach(person -> person.joins(room));
      rooms.add(room);
    }
    return rooms;
  }

  private List<Restless> restless(List<Person> people, List<TestNode> nodes, List<String> rooms) {
    var uris = nodes.stream().map(node -> node.uri("/")).toList();
    var all = new ArrayList<Restless>();
    for (var person : people) {
      var one = new Restless(person, uris, rooms, all.size(), acks, goesOn::get);
      all.add(one);
      threads.add(Thread.ofPlatform().start(one));
    }
    return all;
  }

  private void awaitAcks() throws InterruptedException {
    acks.drainPermits();
    assertThat(acks.tryAcquire(ACKS, Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS))
        .as("acks: %s", acks)
        .isTrue();
  }

  private void settle(List<Restless> all) throws InterruptedException {
    goesOn.set(false);
    for (var thread : threads) thread.join();
    for (var one : all) assertThat(one.settles()).as(one::state).isTrue();
  }
}
