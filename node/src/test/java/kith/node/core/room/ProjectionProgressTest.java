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
        .isEqualTo(new ProjectionProgress.Write(0, Portions.EVENTS, false, List.of()));
  }

  @Test
  void changesThatMayWaitAreGatheredUntilTheyAreDue() {
    var calm = calm();
    assertThat(calm.next()).isEqualTo(new ProjectionProgress.Gather());

    calm.due();

    assertThat(write(calm).isUrgent()).isFalse();
  }

  @Test
  void changesThatMayWaitAreWrittenAtOnceWhenTheRoomLeaves() {
    var calm = calm();

    calm.stopping();

    assertThat(write(calm).isUrgent()).isTrue();
  }

  @Test
  void delayedChangesAreWrittenAtOnceForAWaitingReader() {
    var calm = calm();

    calm.reaches(1);

    assertThat(write(calm).isUrgent()).isTrue();
  }

  @Test
  void manyChangesAreNotGathered() {
    var calm = calm();
    for (var i = 1; i < Portions.EVENTS; i++) commit(calm, said());

    assertThat(write(calm).isUrgent()).isTrue();
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

  /// One change that may wait for a second.
  private ProjectionProgress calm() {
    var calm =
        new ProjectionProgress(
            new TestProjection("calm") {
              @Override
              public Urgency urgency(RoomEvent event) {
                return Urgency.SOON;
              }
            },
            2 * Portions.EVENTS);
    calm.loaded(0, 0);
    commit(calm, said());
    return calm;
  }

  private static ProjectionProgress.Write write(ProjectionProgress progress) {
    return (ProjectionProgress.Write) progress.next();
  }

  private void commit(RoomEvent event) {
    commit(progress, event);
  }

  private void commit(ProjectionProgress to, RoomEvent event) {
    var after = room.with(event);
    to.follow(Commit.of("r1", room, after, List.of(event)));
    room = after;
  }

  private static RoomEvent said() {
    return RoomHistory.said("ann", "1", "hello");
  }

  private static List<Long> seqs(ProjectionProgress.Write write) {
    return write.events().stream().map(Projection.Numbered::seq).toList();
  }
}
