package kith.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import kith.node.LocalActors;
import kith.node.database.FreshDatabase;
import kith.node.room.Counts;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PositionBatchTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final ActorTestKit KIT = LocalActors.create();

  private final Positions kept =
      JdbcPositions.through(KIT.<JdbcPositions.Command>createTestProbe().ref(), DATABASE.jdbc());

  @AfterAll
  static void shutdown() {
    DATABASE.close();
    KIT.shutdownTestKit();
  }

  @Test
  void whatIsWrittenLateTakesNothingBack() {
    write(keeping("ann", read(7)));
    write(keeping("ann", read(3)));

    assertThat(of("ann")).containsExactly(read(7));
  }

  @Test
  void theMarksWrittenLastCount() {
    write(keeping("bob", read(7).unread(5).muted(true)));
    assertThat(of("bob")).containsExactly(read(7).unread(5).muted(true));

    write(keeping("bob", read(7)));

    assertThat(of("bob")).containsExactly(read(7));
  }

  @Test
  void aBatchHasManyAccountsAndTheLatestOfEach() {
    var batch = keeping("cem", read(1));
    batch.keep("cem", read(9));
    batch.keep("dan", read(2));

    write(batch);

    assertThat(of("cem")).containsExactly(read(9));
    assertThat(of("dan")).containsExactly(read(2));
  }

  @Test
  void whoLeftHasNoPositionUntilComingBack() {
    write(keeping("eve", read(5)));
    var left = new PositionBatch();
    left.forget("eve", "r1");
    write(left);
    assertThat(of("eve")).isEmpty();

    left.keep("eve", read(8));
    write(left);

    assertThat(of("eve")).containsExactly(read(8));
  }

  @Test
  void whatCouldNotBeWrittenComesBelowWhatCameSince() {
    var failed = keeping("fay", read(6));
    failed.forget("gus", "r1");
    var since = keeping("fay", read(4).unread(2));
    since.keep("gus", read(1));

    since.addBelow(failed);
    write(since);

    assertThat(of("fay"))
        .containsExactly(new Position("r1", 6, new Counts(6), OptionalLong.of(2), false));
    assertThat(of("gus")).containsExactly(read(1));
  }

  private static PositionBatch keeping(String account, Position position) {
    var batch = new PositionBatch();
    batch.keep(account, position);
    return batch;
  }

  private static Position read(long seq) {
    return new Position("r1", seq, new Counts(seq), OptionalLong.empty(), false);
  }

  private static void write(PositionBatch batch) {
    DATABASE.jdbc().with(batch::write).toCompletableFuture().join();
  }

  private List<Position> of(String account) {
    return kept.of(account).toCompletableFuture().join();
  }
}
