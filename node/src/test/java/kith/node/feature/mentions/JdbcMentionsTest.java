package kith.node.feature.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JdbcMentionsTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final JdbcMentions mentions = new JdbcMentions(DATABASE.jdbc());

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void eachMemberIsToldOfItsOwnAndOfEveryonesAfterWhatWasRead() {
    add("a", mention(2, "ann"), mention(3, "bob", "ann"), mention(5, "@room"));
    add("b", mention(9, "bob"));

    assertThat(of("ann", Map.of("a", 2L, "b", 0L)))
        .containsOnlyKeys("a")
        .hasEntrySatisfying("a", some -> assertThat(seqs(some)).containsExactlyInAnyOrder(3L, 5L));
    assertThat(of("bob", Map.of("a", 5L, "b", 8L))).containsOnlyKeys("b");
  }

  @Test
  void whatIsWrittenAgainIsThereOnce() {
    add("c", mention(2, "ann"), mention(3, "ann"));
    add("c", mention(3, "ann"), mention(4, "ann"));

    assertThat(seqs(of("ann", Map.of("c", 0L)).getOrDefault("c", List.of())))
        .containsExactlyInAnyOrder(2L, 3L, 4L);
  }

  @Test
  void theNewestAreFoundWhereThereAreMore() {
    add(
        "d",
        LongStream.rangeClosed(1, 10).mapToObj(it -> mention(it, "ann")).toArray(Mention[]::new));

    var found = now(mentions.of("ann", Map.of("d", 0L), Set.of(), 3)).getOrDefault("d", List.of());

    assertThat(seqs(found)).containsExactlyInAnyOrder(8L, 9L, 10L);
  }

  @Test
  void theNewestOfARoomComeWithAllTheirNames() {
    assertThat(now(mentions.newest("g", 2))).isEmpty();
    add("g", mention(2, "ann"), mention(5, "ann", "bob", "eve"), mention(9, "ann"));

    var found = now(mentions.newest("g", 2));

    assertThat(seqs(found)).containsExactly(5L, 9L);
    assertThat(found.getFirst().names()).containsExactlyInAnyOrder("ann", "bob", "eve");
    assertThat(seqs(now(mentions.newest("g", 50)))).containsExactly(2L, 5L, 9L);
  }

  @Test
  void whoIsIgnoredTakesNoPlaceOfOthers() {
    add("f", mention(1, "ann"));
    for (var seq = 2; seq <= 9; seq++) add("f", new Mention(seq, "eve", List.of("ann")));

    var found = now(mentions.of("ann", Map.of("f", 0L), Set.of("eve", "max"), 3));

    assertThat(seqs(found.getOrDefault("f", List.of()))).containsExactly(1L);
  }

  @Test
  void aRoomThatIsGoneMentionsNobody() {
    add("e", mention(1, "ann"));

    now(mentions.forget("e"));

    assertThat(of("ann", Map.of("e", 0L))).isEmpty();
  }

  private static Mention mention(long seq, String... names) {
    return new Mention(seq, "cem", List.of(names));
  }

  private void add(String room, Mention... some) {
    now(mentions.add(room, List.of(some)));
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
