package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.LocalActors;
import kith.node.core.room.Counts;
import kith.node.feature.receipts.JdbcReceipts;
import kith.node.feature.receipts.Receipt;
import kith.node.platform.database.FreshDatabase;
import kith.node.privacy.JdbcPrivacy;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PositionBatchTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final PrivacyPolicy STRICT =
      new PrivacyPolicy(
          Set.of("eve", "max"), new PrivacySettings(ShownTo.EVERYONE, ShownTo.CONTACTS, true), 2);
  private static final ActorTestKit KIT = LocalActors.create();

  private final Positions kept = JdbcPositions.start(KIT::spawn, DATABASE.jdbc(), 1_000);

  @AfterAll
  static void shutdown() {
    DATABASE.close();
    KIT.shutdownTestKit();
  }

  @Test
  void positionsBeyondTheBoundAreRefused() {
    var full = JdbcPositions.start(KIT::spawn, DATABASE.jdbc(), 0);

    assertThat(full.keep("gus", read(7))).isFalse();
    assertThat(full.forget("gus", "r1")).isFalse();
  }

  @Test
  void aLateWriteDoesNotMoveAPositionBack() {
    write(keeping("ann", read(7)));
    write(keeping("ann", read(3)));

    assertThat(of("ann")).containsExactly(read(7));
  }

  @Test
  void theMarksWithMoreChangesAreKept() {
    write(keeping("bob", read(7).unread(5).muted(true)));
    var marked = read(7).unread(5).muted(true);
    assertThat(of("bob")).containsExactly(marked);

    write(keeping("bob", marked.cleared().muted(false)));
    write(keeping("bob", marked));

    assertThat(of("bob")).containsExactly(marked.cleared().muted(false));
  }

  @Test
  void sharedProgressOnlyMovesForward() {
    write(keeping("hal", read(7).shown(9)));
    write(keeping("hal", read(5).shown(8)));

    assertThat(now(new JdbcReceipts(DATABASE.jdbc()).of("r1")))
        .contains(new Receipt("hal", 9, 7, PrivacyPolicy.OPEN));
  }

  @Test
  void receiptsAreReadWithThePrivacyPolicyOfTheAccount() {
    write(keeping("kim", read(7).shown(9)));
    var writer = JdbcPrivacy.start(KIT::spawn, DATABASE.jdbc(), 1_000);
    writer.keep("kim", STRICT);
    now(writer.flush());

    assertThat(now(new JdbcReceipts(DATABASE.jdbc()).of("r1")))
        .contains(new Receipt("kim", 9, 7, STRICT));
  }

  /// Each pair has its own room, since a batch holds one position per room.
  @Test
  void theDatabaseMergesAsJavaDoes() {
    var chance = new Random(20_261_122);
    var earlier = new PositionBatch();
    var later = new PositionBatch();
    var merged = new ArrayList<Position>();
    for (var i = 0; i < 500; i++) {
      var one = any("room" + i, chance);
      var other = any("room" + i, chance);
      earlier.keep("lea", one);
      later.keep("lea", other);
      merged.add(one.merge(other));
    }

    write(earlier);
    write(later);

    assertThat(of("lea")).containsExactlyInAnyOrderElementsOf(merged);
  }

  private static Position any(String room, Random chance) {
    var from = chance.nextLong(3);
    return new Position(
        room,
        chance.nextLong(4),
        new Counts(chance.nextLong(4)),
        from == 0 ? OptionalLong.empty() : OptionalLong.of(from),
        chance.nextBoolean(),
        chance.nextLong(3),
        new Progress(chance.nextLong(4), chance.nextLong(4)));
  }

  @Test
  void flushedPositionsAreWritten() {
    kept.keep("ivy", read(3));
    now(kept.flush());
    assertThat(of("ivy")).containsExactly(read(3));
    now(kept.flush());

    kept.forget("ivy", "r1");
    now(kept.flush());

    assertThat(of("ivy")).isEmpty();
  }

  private static <T> T now(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }

  @Test
  void aBatchHasTheLatestPositionsOfManyAccounts() {
    var batch = keeping("cem", read(1));
    batch.keep("cem", read(9));
    batch.keep("dan", read(2));

    write(batch);

    assertThat(of("cem")).containsExactly(read(9));
    assertThat(of("dan")).containsExactly(read(2));
  }

  @Test
  void aMemberWhoLeftHasNoPositionUntilComingBack() {
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
  void aBatchThatFailedIsMergedBelowTheNextOne() {
    var failed = keeping("fay", read(6));
    failed.forget("gus", "r1");
    var since = keeping("fay", read(4).unread(2));
    since.keep("gus", read(1));

    since.addBelow(failed);
    write(since);

    assertThat(of("fay")).containsExactly(read(6).unread(2));
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
