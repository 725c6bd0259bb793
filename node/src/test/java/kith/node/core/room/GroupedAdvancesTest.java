package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import kith.node.core.room.ProjectionStore.Advance;
import kith.node.person.Patience;
import kith.node.platform.config.Portions;
import kith.node.platform.database.DatabaseFailure;
import org.junit.jupiter.api.Test;

class GroupedAdvancesTest {
  private static final Projection PROJECTION = new TestProjection("messages");

  private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());

  @Test
  void advancesOfManyRoomsAreOneWrite() {
    var grouped = new GroupedAdvances(this::write);
    var moved = grouped.add(of("a", 1));
    var further = List.of(grouped.add(of("b", 1)), grouped.add(of("c", 1)));

    assertThat(answer(moved)).isTrue();
    further.forEach(it -> assertThat(answer(it)).isTrue());
    assertThat(groups).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void advancesThatArriveDuringAWriteAreTheNextWrite() {
    var open = new CompletableFuture<List<Boolean>>();
    var begun = new CompletableFuture<Void>();
    var grouped =
        new GroupedAdvances(advances -> {
          write(advances);
          return begun.complete(null) ? open : write(advances);
        });
    var first = grouped.add(of("a", 1));
    answer(begun);
    var second = grouped.add(of("a", 1));
    assertThat(groups).containsExactly(List.of("a"));

    open.complete(List.of(true));

    assertThat(answer(first)).isTrue();
    assertThat(answer(second)).isTrue();
    assertThat(groups.get(1)).containsExactly("a");
  }

  @Test
  void aRoomWithAnotherPositionIsNotified() {
    var grouped =
        new GroupedAdvances(advances ->
            CompletableFuture.completedFuture(
                advances.stream().map(it -> it.change().room().equals("a")).toList()));
    var moved = grouped.add(of("a", 1));
    var notMoved = grouped.add(of("b", 1));

    assertThat(answer(moved)).isTrue();
    assertThat(answer(notMoved)).isFalse();
  }

  @Test
  void aChangeThatCannotBeAppliedFailsAlone() {
    var grouped = new GroupedAdvances(refusing(Set.of("c")::contains, "22021"));
    var all = List.of("a", "b", "c", "d", "e").stream().map(it -> grouped.add(of(it, 1))).toList();

    assertThatThrownBy(() -> answer(all.get(2))).hasRootCauseInstanceOf(SQLException.class);
    for (var i : List.of(0, 1, 3, 4)) assertThat(answer(all.get(i))).isTrue();
  }

  @Test
  void aServerThatIsNotReachedIsAskedOnce() {
    var grouped = new GroupedAdvances(refusing(_ -> true, "08006"));
    var all = List.of(grouped.add(of("a", 1)), grouped.add(of("b", 1)));

    all.forEach(
        it -> assertThatThrownBy(() -> answer(it)).hasRootCauseInstanceOf(SQLException.class));
    assertThat(groups).hasSize(1);
  }

  @Test
  void oneWriteHasALimitOfEvents() {
    var grouped = new GroupedAdvances(this::write);
    var half = Portions.GROUPED_EVENTS / 2 + 1;
    var all =
        List.of(
            grouped.add(of("a", half)), grouped.add(of("b", half)), grouped.add(of("c", 3 * half)));

    all.forEach(it -> assertThat(answer(it)).isTrue());

    assertThat(groups).containsExactly(List.of("a"), List.of("b"), List.of("c"));
  }

  private CompletionStage<List<Boolean>> write(List<Advance> advances) {
    groups.add(advances.stream().map(it -> it.change().room()).toList());
    return CompletableFuture.completedFuture(advances.stream().map(_ -> true).toList());
  }

  private Function<List<Advance>, CompletionStage<List<Boolean>>> refusing(
      Predicate<String> room, String state) {
    return advances -> {
      var written = write(advances);
      return advances.stream().anyMatch(it -> room.test(it.change().room()))
          ? CompletableFuture.failedFuture(
              new CompletionException(new DatabaseFailure(new SQLException("refused", state))))
          : written;
    };
  }

  private static Advance of(String room, int events) {
    var said = RoomHistory.said("ann", "id", "hello");
    var change =
        new Projection.Change(
            room,
            RoomHistory.after(RoomHistory.publicRoomOf("ann")),
            IntStream.range(0, events)
                .mapToObj(i -> new Projection.Numbered(i + 1, said))
                .toList());
    return new Advance(PROJECTION, 0, events, false, change);
  }

  private static <T> T answer(CompletionStage<T> answer) {
    return answer
        .toCompletableFuture()
        .orTimeout(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
