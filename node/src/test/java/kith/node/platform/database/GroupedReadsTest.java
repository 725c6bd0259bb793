package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupedReadsTest {
  private record Read(List<String> keys, CompletableFuture<Map<String, Integer>> found) {
    /// Each value is the length of its key.
    void succeed() {
      found.complete(keys.stream().collect(Collectors.toMap(it -> it, String::length)));
    }
  }

  private final List<Read> reads = new ArrayList<>();
  private final GroupedReads<String, Integer> grouped = new GroupedReads<>(3, 0, this::begin);

  private CompletableFuture<Map<String, Integer>> begin(List<String> keys) {
    var read = new Read(keys, new CompletableFuture<>());
    reads.add(read);
    return read.found();
  }

  private CompletableFuture<Integer> of(String key) {
    return grouped.of(key).toCompletableFuture();
  }

  private List<List<String>> keys() {
    return reads.stream().map(Read::keys).toList();
  }

  @Test
  void aSingleKeyIsReadAtOnce() {
    var value = of("one");

    assertThat(keys()).containsExactly(List.of("one"));
    reads.getFirst().succeed();
    assertThat(value).isCompletedWithValue(3);
  }

  @Test
  void keysThatAreAskedForWhileTwoReadsRunAreReadTogether() {
    var values = Stream.of("a", "bb", "ccc", "dddd").map(this::of).toList();
    assertThat(keys()).containsExactly(List.of("a"), List.of("bb"));

    reads.getFirst().succeed();
    assertThat(keys()).last().isEqualTo(List.of("ccc", "dddd"));
    for (var read : List.copyOf(reads)) read.succeed();

    assertThat(values.stream().map(CompletableFuture::join)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aKeyIsReadAgainIfItsReadHadBegunBefore() {
    var _ = of("other");
    var _ = of("a");
    var later = of("a");
    reads.get(1).succeed();

    assertThat(later).isNotDone();
    reads.getLast().found().complete(Map.of("a", 7));
    assertThat(later).isCompletedWithValue(7);
  }

  @Test
  void aReadHasNoMoreKeysThanAllowed() {
    List.of("a", "b", "c", "d", "e", "f").forEach(grouped::of);
    reads.get(0).succeed();
    reads.get(1).succeed();

    assertThat(keys())
        .containsExactly(List.of("a"), List.of("b"), List.of("c", "d", "e"), List.of("f"));
  }

  @Test
  void aHeavyKeyIsReadAlone() {
    var byLength = new GroupedReads<String, Integer>(5, String::length, 0, this::begin);
    List.of("a", "b", "too heavy", "bb", "ccc", "d").forEach(byLength::of);
    for (var i = 0; i < 3; i++) reads.get(i).succeed();

    assertThat(keys().subList(2, keys().size()))
        .containsExactly(List.of("too heavy"), List.of("bb", "ccc"), List.of("d"));
  }

  @Test
  void aMissingKeyHasTheDefaultValue() {
    var value = of("a");
    reads.getFirst().found().complete(Map.of());

    assertThat(value).isCompletedWithValue(0);
  }

  @Test
  void aFailureConcernsOneReadOnly() {
    var first = of("a");
    var second = of("b");
    reads.getFirst().found().completeExceptionally(new IllegalStateException("no database"));
    reads.getLast().succeed();

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedWithValue(1);
  }

  @Test
  void aKeyThatCannotBeReadFailsAlone() {
    Stream.of("first", "second").forEach(grouped::of);
    var bad = of("bad");
    var good = of("good");
    var alsoGood = of("well");
    reads.getFirst().succeed();

    for (var i = 2; i < reads.size(); i++) {
      var read = reads.get(i);
      if (read.keys().contains("bad"))
        read.found().completeExceptionally(new IllegalStateException("a value of no known kind"));
      else read.succeed();
    }

    assertThat(bad).isCompletedExceptionally();
    assertThat(good).isCompletedWithValue(4);
    assertThat(alsoGood).isCompletedWithValue(4);
  }

  @Test
  void anUnreachableDatabaseIsNotAskedForEachKey() {
    Stream.of("first", "second").forEach(grouped::of);
    var values = Stream.of("a", "b", "c").map(this::of).toList();
    reads.getFirst().succeed();
    reads
        .getLast()
        .found()
        .completeExceptionally(
            new CompletionException(new DatabaseFailure(new SQLException("gone", "08006"))));

    assertThat(reads).hasSize(3);
    assertThat(values).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void readsThatFailAtOnceNeedNoDeeperStack() {
    var block = new CompletableFuture<Map<String, Integer>>();
    var failing =
        new GroupedReads<String, Integer>(
            1,
            0,
            keys ->
                keys.contains("blocked")
                    ? block
                    : CompletableFuture.failedFuture(new IllegalStateException("full")));
    Stream.of("blocked", "blocked").forEach(failing::of);
    var values =
        IntStream.range(0, 20_000)
            .mapToObj(key -> failing.of("key " + key).toCompletableFuture())
            .toList();
    block.complete(Map.of());

    assertThat(values).allMatch(CompletableFuture::isCompletedExceptionally);
  }
}
