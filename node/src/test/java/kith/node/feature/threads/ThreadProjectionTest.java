package kith.node.feature.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.LocalActors;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomState;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.rest.Threads.ThreadCount;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The tables of replies and of followed threads, as the events of a room leave them. The journal
/// is empty: nobody finds the author of a first message in it.
class ThreadProjectionTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final ActorTestKit KIT = LocalActors.create();
  private static final int MOST = 100;

  private static final RoomState ROOM =
      RoomHistory.after(
          RoomHistory.publicRoomOf("ann"),
          RoomHistory.joined("bob"),
          RoomHistory.joined("cem"),
          RoomHistory.joined("dan"));

  private final ThreadTable threads = new ThreadTable(DATABASE.jdbc());
  private final FollowTable follows = new FollowTable(DATABASE.jdbc(), MOST);
  private final Set<ThreadKey> changed = new LinkedHashSet<>();
  private final ThreadProjection projection =
      new ThreadProjection(SerializationExtension.get(KIT.system()), MOST, changed::addAll);

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
    DATABASE.close();
  }

  @Test
  void repliesAreCountedByThread() {
    apply("a", reply(4, 2, "bob"), reply(5, 3, "ann"), reply(6, 2, "ann"));
    apply("a", reply(9, 2, "bob"));

    assertThat(now(threads.counts("a", 1, 100)))
        .containsExactly(new ThreadCount(2, 3, 9), new ThreadCount(3, 1, 5));
    assertThat(now(threads.counts("a", 3, 3))).containsExactly(new ThreadCount(3, 1, 5));
    assertThat(now(threads.replies("a", 2, 9, 10))).containsExactly(6L, 4L);
    assertThat(changed).containsExactly(new ThreadKey("a", 2), new ThreadKey("a", 3));
  }

  @Test
  void writersAndMentionedMembersFollowTheThread() {
    apply("b", reply(4, 2, "bob", "cem", "stranger", "@room"), reply(5, 2, "cem"));
    apply("b", reply(6, 2, "bob"));

    assertThat(state("bob", "b", 2)).isEqualTo(following("bob", "b", 2, 3, 6, 6, 0));
    assertThat(state("cem", "b", 2)).isEqualTo(following("cem", "b", 2, 3, 6, 5, 1));
    assertThat(find("ann", "b", 2)).isEmpty();
    assertThat(find("stranger", "b", 2)).isEmpty();
  }

  @Test
  void aMentionIsUnreadAndEarlierRepliesAreNot() {
    apply("c", reply(4, 2, "bob"), reply(5, 2, "bob", "cem"), reply(6, 2, "bob"));

    assertThat(state("cem", "c", 2).unread()).isEqualTo(2);
    assertThat(now(follows.read("cem", key("c", 2), 5))).isTrue();
    assertThat(state("cem", "c", 2).unread()).isEqualTo(1);
    assertThat(now(follows.read("cem", key("c", 2), 4))).isFalse();
    assertThat(state("cem", "c", 2).read()).isEqualTo(5);
  }

  @Test
  void anUnfollowedThreadIsFollowedAgainOnlyByWriting() {
    apply("d", reply(4, 2, "bob"));
    assertThat(now(follows.unfollow("bob", key("d", 2)))).isTrue();
    apply("d", reply(5, 2, "cem", "bob"));
    assertThat(state("bob", "d", 2).isFollowed()).isFalse();

    apply("d", reply(6, 2, "bob"));

    assertThat(state("bob", "d", 2).isFollowed()).isTrue();
  }

  @Test
  void aMemberWhoLeavesFollowsNothingInTheRoom() {
    apply("e", reply(4, 2, "bob"), reply(5, 2, "cem"));

    apply("e", numbered(6, RoomHistory.left("bob")), numbered(7, RoomHistory.kicked("ann", "cem")));

    assertThat(find("bob", "e", 2)).isEmpty();
    assertThat(find("cem", "e", 2)).isEmpty();
  }

  @Test
  void aRebuildKeepsReadPositionsAndFollowsSinceTheLatestJoin() {
    var before = new Projection.Numbered[] {reply(4, 2, "bob"), reply(5, 2, "cem")};
    apply("f", before);
    apply("f", numbered(6, RoomHistory.left("bob")), numbered(7, RoomHistory.joined("bob")));
    now(follows.follow("bob", key("f", 2), 7));
    apply("f", reply(8, 2, "cem"));
    now(follows.read("bob", key("f", 2), 8));

    rebuild("f");
    apply("f", before);
    apply("f", numbered(6, RoomHistory.left("bob")), reply(8, 2, "cem"));

    assertThat(state("bob", "f", 2)).isEqualTo(following("bob", "f", 2, 3, 8, 8, 0));
  }

  @Test
  void anAccountFollowsALimitedNumberOfThreads() {
    var most = new FollowTable(DATABASE.jdbc(), 3);
    for (var root = 2; root <= 4; root++) now(most.follow("dan", key("g", root), 9));
    assertThat(now(most.follow("dan", key("g", 5), 9))).isFalse();
    // again is not one more
    assertThat(now(most.follow("dan", key("g", 2), 9))).isTrue();

    apply(
        new ThreadProjection(SerializationExtension.get(KIT.system()), 3, _ -> {}),
        "g",
        reply(10, 6, "dan"));

    assertThat(find("dan", "g", 3)).isEmpty();
    assertThat(now(most.list("dan", 100)))
        .extracting(it -> it.thread().root())
        .containsExactly(6L, 4L, 2L);
  }

  @Test
  void repliesThatAreNoLongerKeptAreNotCounted() {
    apply("h", reply(4, 2, "bob"), reply(5, 3, "bob"), reply(8, 2, "cem"));

    now(
        DATABASE
            .jdbc()
            .inTransaction(connection -> {
              projection.forget(connection, "h", 6);
              return true;
            }));

    assertThat(now(threads.counts("h", 1, 100))).containsExactly(new ThreadCount(2, 1, 8));
    assertThat(find("bob", "h", 3)).isEmpty();
    assertThat(state("bob", "h", 2).unread()).isEqualTo(1);
  }

  @Test
  void aDeletedRoomHasNoThreads() {
    apply("i", reply(4, 2, "bob"));

    apply("i", numbered(5, RoomHistory.deleted("ann")));

    assertThat(now(threads.counts("i", 1, 100))).isEmpty();
    assertThat(find("bob", "i", 2)).isEmpty();
  }

  private static ThreadKey key(String room, long root) {
    return new ThreadKey(room, root);
  }

  private static FollowTable.State following(
      String account, String room, long root, long replies, long last, long read, int unread) {
    return new FollowTable.State(
        account, key(room, root), replies, OptionalLong.of(last), read, true, unread);
  }

  private Optional<FollowTable.State> find(String account, String room, long root) {
    return now(follows.find(account, key(room, root)));
  }

  private FollowTable.State state(String account, String room, long root) {
    return find(account, room, root).orElseThrow();
  }

  private static Projection.Numbered reply(long seq, long root, String by, String... mentions) {
    var message =
        new RoomEvent.Posted(by, RoomHistory.NOW, "id" + seq, "hello", OptionalLong.of(root));
    return numbered(seq, mentions.length == 0 ? message : message.mentioning(List.of(mentions)));
  }

  private static Projection.Numbered numbered(long seq, RoomEvent event) {
    return new Projection.Numbered(seq, event);
  }

  private void apply(String room, Projection.Numbered... events) {
    apply(projection, room, events);
  }

  private static void apply(
      ThreadProjection projection, String room, Projection.Numbered... events) {
    var change = new Projection.Change(room, ROOM, new ArrayList<>(Arrays.asList(events)));
    now(
        DATABASE
            .jdbc()
            .inTransaction(connection -> {
              projection.apply(connection, change);
              return true;
            }));
    projection.applied(change);
  }

  private void rebuild(String room) {
    now(
        DATABASE
            .jdbc()
            .inTransaction(connection -> {
              projection.clear(connection, room);
              return true;
            }));
  }

  private static <T> T now(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }
}
