package kith.node.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import kith.node.LocalActors;
import kith.node.person.Patience;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeNewsTest {
  private static final ServiceKey<FromNode> EVERY_NODE =
      ServiceKey.create(FromNode.class, "changes");

  private sealed interface Command {}

  private record Changed(String change) implements Command {}

  private record FromNode(List<String> changes) implements Command {}

  private record Signalled(NodeNews.Signal<FromNode> signal) implements Command {}

  /// The messages to an actor: changes, or a warning that some may be lost.
  private sealed interface Told {}

  private record Changes(List<String> all) implements Told {}

  private record Lost() implements Told {}

  /// Of one test: the actors of one system are those of several nodes.
  private final ActorTestKit kit = LocalActors.create(ManualTime.config());

  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<Told> toldAnn = kit.createTestProbe();
  private final ActorRef<Command> ann = kit.spawn(node(toldAnn.getRef()));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static Behavior<Command> node(ActorRef<Told> told) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          var news =
              new NodeNews<Command, String, FromNode>(
                  context, timers, EVERY_NODE, FromNode::new, Signalled::new);
          return Behaviors.receiveMessage(command -> {
            switch (command) {
              case Changed(var change) -> news.add(change);
              case FromNode(var changes) -> told.tell(new Changes(changes));
              case Signalled(var signal) -> {
                if (news.on(signal)) told.tell(new Lost());
              }
            }
            return Behaviors.same();
          });
        }));
  }

  private void changes(String... all) {
    for (var change : all) ann.tell(new Changed(change));
  }

  /// Messages to ann are handled in their order, so its timer runs when this returns.
  private void flushIsDue() {
    ann.tell(new FromNode(List.of("mark")));
    assertThat(next(toldAnn)).isEqualTo(new Changes(List.of("mark")));
    time.timePasses(Intervals.LIVE);
  }

  private static Told next(TestProbe<Told> told) {
    return told.receiveMessage(Patience.LONGEST);
  }

  /// Another node, of which ann knows.
  private ActorRef<Command> joins(TestProbe<Told> told) {
    var other = kit.spawn(node(told.getRef()));
    assertThat(next(toldAnn)).isEqualTo(new Lost());
    assertThat(next(told)).isEqualTo(new Lost());
    return other;
  }

  @Test
  void changesWithinAShortTimeAreOneMessageToAllNodes() {
    var toldBob = kit.<Told>createTestProbe();
    joins(toldBob);

    changes("a", "b", "a");
    flushIsDue();

    var expected = new Changes(List.of("a", "b"));
    assertThat(next(toldAnn)).isEqualTo(expected);
    assertThat(next(toldBob)).isEqualTo(expected);
    changes("c");
    flushIsDue();
    assertThat(next(toldAnn)).isEqualTo(new Changes(List.of("c")));
  }

  @Test
  void aFullMessageDoesNotWait() {
    var all = IntStream.range(0, Portions.NEWS).mapToObj(String::valueOf).toList();

    changes(all.toArray(String[]::new));

    assertThat(next(toldAnn)).isEqualTo(new Changes(all));
    time.expectNoMessageFor(Intervals.LIVE, toldAnn);
  }

  @Test
  void changesMayBeLostWithANode() {
    var other = joins(kit.createTestProbe());

    kit.stop(other);

    assertThat(next(toldAnn)).isEqualTo(new Lost());
  }
}
