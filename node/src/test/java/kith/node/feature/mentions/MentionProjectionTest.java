package kith.node.feature.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MentionProjectionTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final JdbcMentions mentions = new JdbcMentions(DATABASE.jdbc());
  private final List<Mention> announced = new ArrayList<>();
  private final MentionProjection projection =
      new MentionProjection((_, _, some) -> announced.addAll(some));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aMemberFindsItsMentionsAndThoseOfEveryoneAfterItsPosition() {
    add("a", mention(2, "ann"), mention(3, "bob", "ann"), mention(5, "@room"));
    add("b", mention(9, "bob"));

    assertThat(of("ann", Map.of("a", 2L, "b", 0L)))
        .containsOnlyKeys("a")
        .hasEntrySatisfying("a", some -> assertThat(seqs(some)).containsExactlyInAnyOrder(3L, 5L));
    assertThat(of("bob", Map.of("a", 5L, "b", 8L))).containsOnlyKeys("b");
  }

  @Test
  void aMentionAppliedTwiceIsStoredOnce() {
    add("c", mention(2, "ann"), mention(3, "ann"));
    add("c", mention(3, "ann"), mention(4, "ann"));

    assertThat(seqs(of("ann", Map.of("c", 0L)).getOrDefault("c", List.of())))
        .containsExactlyInAnyOrder(2L, 3L, 4L);
  }

  @Test
  void onlyTheNewestMentionsAreFound() {
    add(
        "d",
        LongStream.rangeClosed(1, 10).mapToObj(it -> mention(it, "ann")).toArray(Mention[]::new));

    var found = now(mentions.of("ann", Map.of("d", 0L), Set.of(), 3)).getOrDefault("d", List.of());

    assertThat(seqs(found)).containsExactlyInAnyOrder(8L, 9L, 10L);
  }

  @Test
  void mentionsAreAnnouncedWhenTheyAreWritten() {
    add("g", mention(2, "ann"), mention(5, "ann", "bob"));

    assertThat(announced).containsExactly(mention(2, "ann"), mention(5, "ann", "bob"));
  }

  @Test
  void ignoredAuthorsDoNotUseUpTheLimit() {
    add("f", mention(1, "ann"));
    for (var seq = 2; seq <= 9; seq++) add("f", new Mention(seq, "eve", List.of("ann")));

    var found = now(mentions.of("ann", Map.of("f", 0L), Set.of("eve", "max"), 3));

    assertThat(seqs(found.getOrDefault("f", List.of()))).containsExactly(1L);
  }

  @Test
  void aDeletedRoomHasNoMentions() {
    add("e", mention(1, "ann"));

    apply("e", List.of(new Projection.Numbered(2, RoomHistory.deleted("ann"))));

    assertThat(of("ann", Map.of("e", 0L))).isEmpty();
  }

  private static Mention mention(long seq, String... names) {
    return new Mention(seq, "cem", List.of(names));
  }

  private void add(String room, Mention... some) {
    apply(
        room,
        Stream.of(some)
            .map(it ->
                new Projection.Numbered(
                    it.seq(),
                    ((RoomEvent.Posted) RoomHistory.said(it.by(), "id" + it.seq(), "hello"))
                        .mentioning(it.names())))
            .toList());
  }

  private void apply(String room, List<Projection.Numbered> events) {
    var change =
        new Projection.Change(room, RoomHistory.after(RoomHistory.publicRoomOf("ann")), events);
    now(
        DATABASE
            .jdbc()
            .inTransaction(connection -> {
              projection.apply(connection, change);
              return room;
            }));
    projection.applied(change);
  }

  private Map<String, List<Mention>> of(String user, Map<String, Long> seqByRoom) {
    return now(mentions.of(user, seqByRoom, Set.of(), 100));
  }

  private static List<Long> seqs(List<Mention> some) {
    return some.stream().map(Mention::seq).toList();
  }

  private static <T> T now(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }
}
