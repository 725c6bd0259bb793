package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Posts that are sent again when many others were committed since.
@Tag("story")
class RetriedPostsStoryTest {
  private static final int POSTS = 40;
  private static final int MOST = 80;

  /// Rooms keep only the latest ten posts in full, and forget posts in portions of ten.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "kith.rooms.idempotency.posts", Integer.toString(POSTS),
          "kith.rooms.idempotency.most", Integer.toString(MOST),
          "kith.rooms.snapshot-every", "20");

  @Test
  void aRetryAfterManyPostsAndARestartGetsTheSameSeq() {
    try (var node = TestNode.start(SETTINGS)) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("lobby", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      var first = ann.says(room, "first", "hello");
      says(ann, room, "later", MOST - 1);

      var again = ann.onAnotherDevice();
      again.connects();
      again.opens(room);
      assertThat(again.says(room, "first", "hello").seq()).isEqualTo(first.seq());
      again.says(new ClientFrame.Edit("first", room, first.seq(), "bye"));
      assertThat(again.isRefused("first").code()).isEqualTo("id-reused");

      node.restart();
      var afterwards = ann.logsInAt(node.uri("/"));
      afterwards.connects();
      afterwards.opens(room);
      assertThat(afterwards.says(room, "first", "hello").seq()).isEqualTo(first.seq());
      assertThat(bodies(afterwards, room, "hello")).isEqualTo(1);
    }
  }

  @Test
  void beyondTheBoundARetryIsANewMessage() {
    try (var node = TestNode.start(SETTINGS)) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("lobby", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      var first = ann.says(room, "first", "hello");
      says(ann, room, "later", 2 * MOST);

      var again = ann.onAnotherDevice();
      again.connects();
      again.opens(room);
      assertThat(again.says(room, "first", "hello").seq()).isGreaterThan(first.seq());
      assertThat(bodies(again, room, "hello")).isEqualTo(2);
    }
  }

  private static void says(Person person, String room, String prefix, int posts) {
    IntStream.range(0, posts)
        .forEach(i ->
            person.says(
                new ClientFrame.Send(prefix + "-" + i, room, "more", OptionalLong.empty())));
    person.isAcked(prefix + "-" + (posts - 1));
  }

  private static long bodies(Person person, String room, String body) {
    return person.history(room).stream()
        .filter(entry -> entry instanceof Entry.Message it && it.body().equals(Optional.of(body)))
        .count();
  }
}
