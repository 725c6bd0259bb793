package kith.node.core.room;

import static kith.node.core.room.RoomHistory.BOUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kith.node.platform.config.Portions;
import org.junit.jupiter.api.Test;

class ProjectionProgressTest {
  private static final int MOST_WAITING = 10;

  private final ProjectionProgress progress =
      new ProjectionProgress(new TestProjection("test"), MOST_WAITING);
  private RoomState room = RoomState.absent(BOUNDS);

  @Test
  void nothingIsWrittenBeforeThePositionIsKnown() {
    commit(said());

    assertThat(progress.next()).isEqualTo(new ProjectionProgress.Rest());
  }

  @Test
  void onlyOneWriteIsUnderWay() {
    progress.loaded(0, 0);
    commit(said());
    assertThat(progress.next()).isInstanceOf(ProjectionProgress.Write.class);

    commit(said());

    assertThat(progress.next()).isEqualTo(new ProjectionProgress.Rest());
    progress.written(1);
    assertThat(seqs((ProjectionProgress.Write) progress.next())).containsExactly(2L);
  }

  @Test
  void thePositionFollowsEntriesThatDoNotConcernTheProjection() {
    progress.loaded(0, 0);
    for (var i = 1; i < Portions.EVENTS; i++) commit(RoomHistory.joined("u" + i));
    assertThat(progress.next()).isEqualTo(new ProjectionProgress.Rest());

    commit(RoomHistory.joined("last"));

    assertThat(progress.next())
        .isEqualTo(new ProjectionProgress.Write(0, Portions.EVENTS, List.of()));
  }

  @Test
  void eventsBeyondTheMemoryLimitAreReadFromTheLog() {
    progress.loaded(0, 0);
    commit(said());
    assertThat(progress.next()).isInstanceOf(ProjectionProgress.Write.class);
    for (var i = 0; i <= MOST_WAITING; i++) commit(said());

    progress.written(1);

    assertThat(progress.next()).isEqualTo(new ProjectionProgress.Read(1));
  }

  @Test
  void aPageOfTheLogIsAppliedUpToItsEnd() {
    progress.loaded(0, 5);
    assertThat(progress.next()).isEqualTo(new ProjectionProgress.Read(0));

    var write =
        progress.read(
            new RoomLog.Events(
                List.of(
                    new Projection.Numbered(1, RoomHistory.joined("bob")),
                    new Projection.Numbered(2, said()),
                    new Projection.Numbered(3, RoomHistory.joined("cem")))));

    assertThat(write.to()).isEqualTo(3);
    assertThat(seqs(write)).containsExactly(2L);
    progress.written(3);
    assertThat(progress.next()).isEqualTo(new ProjectionProgress.Read(3));
  }

  @Test
  void aReplyWaitsForTheFirstAttemptOnly() {
    progress.loaded(0, 0);
    commit(said());
    var _ = progress.next();
    var reply = progress.reaches(1).toCompletableFuture();
    assertThat(reply).isNotDone();

    progress.failed();

    assertThat(reply).isCompleted();
  }

  private void commit(RoomEvent event) {
    var after = room.with(event);
    progress.follow(Commit.of("r1", room, after, List.of(event)));
    room = after;
  }

  private static RoomEvent said() {
    return RoomHistory.said("ann", "1", "hello");
  }

  private static List<Long> seqs(ProjectionProgress.Write write) {
    return write.events().stream().map(Projection.Numbered::seq).toList();
  }
}
