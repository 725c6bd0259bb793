package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kith.node.platform.database.PrimaryChoice.Answer;
import kith.node.platform.database.PrimaryChoice.Decision;
import kith.node.platform.database.PrimaryChoice.Failed;
import kith.node.platform.database.PrimaryChoice.None;
import kith.node.platform.database.PrimaryChoice.Standby;
import kith.node.platform.database.PrimaryChoice.Use;
import kith.node.platform.database.PrimaryChoice.Wait;
import kith.node.platform.database.PrimaryChoice.Writable;
import org.junit.jupiter.api.Test;

class PrimaryChoiceTest {
  private static final Writable FIRST = new Writable("a:5432", 7, 1, "monday");
  private static final Writable PROMOTED = new Writable("b:5432", 7, 2, "tuesday");
  private static final Answer GONE =
      new Failed("a:5432", new SQLException("connection refused", "08001"));

  @Test
  void aNewProcessWaitsForAllServersBeforeItChooses() {
    assertThat(decide(Optional.empty(), 1, FIRST)).isEqualTo(new Wait());
    assertThat(decide(Optional.empty(), 0, FIRST, PROMOTED)).isEqualTo(new Use(PROMOTED));
  }

  @Test
  void theKnownPrimaryAndAPromotedServerNeedNoOtherAnswer() {
    assertThat(decide(Optional.of(FIRST), 1, FIRST)).isEqualTo(new Use(FIRST));
    assertThat(decide(Optional.of(FIRST), 1, PROMOTED)).isEqualTo(new Use(PROMOTED));
  }

  @Test
  void aFormerPrimaryIsRefused() {
    assertThat(decide(Optional.of(PROMOTED), 0, FIRST, new Standby("b:5432")))
        .isEqualTo(new None("a:5432 is a former primary, b:5432 is a standby"));
  }

  @Test
  void theDataOfAnotherServerIsRefused() {
    var foreign = new Writable("a:5432", 8, 9, "monday");

    assertThat(decide(Optional.of(FIRST), 0, foreign))
        .isEqualTo(new None("a:5432 has the data of another server"));
  }

  @Test
  void twoPrimariesOfOneTimelineAreRefused() {
    var copy = new Writable("b:5432", 7, 1, "tuesday");

    assertThat(decide(Optional.empty(), 0, FIRST, copy))
        .isEqualTo(
            new None(
                "a:5432 and b:5432 each report that they are the primary; stop the wrong one"));
  }

  @Test
  void twoNamesOfOneServerAreAllowed() {
    var sameByAnotherName = new Writable("b:5432", 7, 1, "monday");

    assertThat(decide(Optional.empty(), 0, FIRST, sameByAnotherName)).isInstanceOf(Use.class);
  }

  @Test
  void theReasonNamesTheStateOfEachServer() {
    assertThat(decide(Optional.empty(), 0, GONE, new Standby("b:5432")))
        .isEqualTo(new None("a:5432 cannot be reached, b:5432 is a standby"));
  }

  private static Decision decide(Optional<Writable> known, int open, Answer... answers) {
    return PrimaryChoice.decide(known, List.of(answers), open);
  }
}
