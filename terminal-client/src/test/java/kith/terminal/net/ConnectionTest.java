package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connection over real sockets, with nodes that fail.
class ConnectionTest {
  @TempDir private Path directory;
  private final LinkedBlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
  private final List<SessionEvent> seen = new ArrayList<>();
  private final List<FakeNode> nodes = new ArrayList<>();

  @BeforeEach
  void startANode() throws IOException {
    nodes.add(new FakeNode());
  }

  @AfterEach
  void stopTheNodes() throws IOException {
    for (var node : nodes) node.close();
  }

  private FakeNode node() {
    return nodes.getFirst();
  }

  private Connection connect(Outbox outbox, URI... addresses) {
    return Connection.start(
        List.of(addresses), _ -> new TokenSource.Token("token"), outbox, events::add);
  }

  private Connection connect() throws IOException {
    return connect(OutboxSlots.open(directory, "ann"), node().address());
  }

  private void await(Predicate<SessionEvent> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      var event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) throw new AssertionError("It did not come. What came: " + seen);
      seen.add(event);
      if (wanted.test(event)) return;
    }
  }

  private void awaitSent(String id) throws InterruptedException {
    await(event -> event instanceof SessionEvent.Sent(var post, _, _) && post.id().equals(id));
  }

  private List<Long> arrived() {
    return seen.stream()
        .filter(SessionEvent.Arrived.class::isInstance)
        .flatMap(event -> ((SessionEvent.Arrived) event).entries().stream())
        .map(Entry::seq)
        .toList();
  }

  @Test
  void aPostIsAcknowledgedAndArrivesAsAnEntry() throws Exception {
    try (var connection = connect()) {
      connection.submit(SessionCommand.Open.after("lobby", 0));
      connection.submit(new SessionCommand.Post(SessionDriver.send("a")));
      awaitSent("a");

      node().bobSays("b");
      await(SessionEvent.Arrived.class::isInstance);
    }
    assertThat(arrived()).containsExactly(1L, 2L);
  }

  @Test
  void aPostWithALostAckIsStoredOnce() throws Exception {
    try (var connection = connect()) {
      connection.submit(SessionCommand.Open.after("lobby", 0));
      await(SessionEvent.CaughtUp.class::isInstance);
      node().losesTheNextAnswer();
      connection.submit(new SessionCommand.Post(SessionDriver.send("a")));
      connection.submit(new SessionCommand.Post(SessionDriver.send("b")));
      awaitSent("b");
    }
    assertThat(node().log())
        .extracting(entry -> ((Entry.Message) entry).id())
        .containsExactly("a", "b");
    assertThat(arrived()).containsExactly(1L, 2L);
  }

  @Test
  void aCutConnectionNeitherLosesNorRepeatsEntries() throws Exception {
    try (var connection = connect()) {
      connection.submit(SessionCommand.Open.after("lobby", 0));
      await(SessionEvent.CaughtUp.class::isInstance);
      node().bobSays("1");
      await(SessionEvent.Arrived.class::isInstance);

      node().cutsAllSockets();
      await(event -> event instanceof SessionEvent.StateChanged(ConnectionState.Waiting _));
      node().bobSays("2");
      await(SessionEvent.Arrived.class::isInstance);
    }
    assertThat(arrived()).containsExactly(1L, 2L);
  }

  @Test
  void anUnreachableNodeIsReplacedByTheNext() throws Exception {
    var other = new FakeNode();
    nodes.add(other);
    var gone = node().address();
    node().close();

    try (var connection = connect(Outbox.none(), gone, other.address())) {
      connection.submit(new SessionCommand.Post(SessionDriver.send("a")));
      awaitSent("a");
    }
    assertThat(other.log()).hasSize(1);
  }

  @Test
  void unsentPostsAreSentByTheNextRun() throws Exception {
    var address = node().address();
    node().close();
    try (var connection = connect(OutboxSlots.open(directory, "ann"), address)) {
      connection.submit(new SessionCommand.Post(SessionDriver.send("a")));
      await(SessionEvent.Kept.class::isInstance);
    }
    nodes.add(new FakeNode());

    try (var _ = connect(OutboxSlots.open(directory, "ann"), nodes.getLast().address())) {
      awaitSent("a");
    }

    assertThat(nodes.getLast().received()).contains(SessionDriver.send("a"));
    try (var outbox = OutboxSlots.open(directory, "ann")) {
      assertThat(outbox.unanswered()).isEmpty();
    }
  }

  @Test
  void manyPostsKeepTheirOrderAcrossCuts() throws Exception {
    var expected = new ArrayList<String>();
    try (var connection = connect()) {
      connection.submit(SessionCommand.Open.after("lobby", 0));
      for (int i = 0; i < 300; i++) {
        expected.add("id" + i);
        connection.submit(new SessionCommand.Post(SessionDriver.send("id" + i)));
        if (i % 100 == 50) {
          awaitSent("id" + (i - 5));
          node().cutsAllSockets();
        }
      }
      awaitSent("id299");
    }
    assertThat(node().log())
        .extracting(entry -> ((Entry.Message) entry).id())
        .containsExactlyElementsOf(expected);
    assertThat(node().received())
        .hasOnlyElementsOfTypes(
            ClientFrame.Hello.class, ClientFrame.Open.class, ClientFrame.Send.class);
  }
}
