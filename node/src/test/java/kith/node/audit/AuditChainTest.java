package kith.node.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.node.audit.AuditChain.Place;
import kith.node.audit.AuditChain.Row;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static List<Row> log(String... users) {
    var rows = new ArrayList<Row>();
    var hash = AuditChain.BEGINNING;
    for (var user : users) {
      var event = AuditChain.recorded(hash, AuditEntry.of(NOON, AuditAct.LOG_IN, user));
      rows.add(new Row(rows.size() + 1, event));
      hash = event.hash();
    }
    return rows;
  }

  private static Optional<String> fault(List<Row> rows) {
    return AuditChain.check(Place.BEGINNING, rows).fault();
  }

  @Test
  void aLogIsWholeFromPageToPage() {
    var log = log("ann", "bob", "carol");

    var first = AuditChain.check(Place.BEGINNING, log.subList(0, 2));
    var second = AuditChain.check(first.place(), log.subList(2, 3));

    assertThat(first.fault()).isEmpty();
    assertThat(second.fault()).isEmpty();
    assertThat(second.place()).isEqualTo(new Place(4, log.getLast().event().hash()));
  }

  @Test
  void aRemovedEntryIsDetected() {
    var log = log("ann", "bob", "carol");
    log.remove(1);

    assertThat(fault(log)).hasValue("Entry 2 is missing.");
  }

  @Test
  void aChangedEntryIsDetected() {
    var log = log("ann", "bob", "carol");
    var bob = (AuditEvent.Recorded) log.get(1).event();
    log.set(1, new Row(2, new AuditEvent.Recorded(bob.entry().about("eve"), bob.hash())));

    assertThat(fault(log)).hasValue("Entry 2, or the one before it, was changed.");
  }

  @Test
  void anEntryOfAnotherLogIsDetected() {
    var log = log("ann", "bob", "carol");
    log.set(1, log("ann", "eve").get(1));

    assertThat(fault(log)).hasValue("Entry 3, or the one before it, was changed.");
  }

  @Test
  void swappedFieldsChangeTheHash() {
    var entry = AuditEntry.of(NOON, AuditAct.ROOM_KICK, "ann");

    assertThat(AuditChain.recorded("", entry.about("x")).hash())
        .isNotEqualTo(AuditChain.recorded("", entry.in("x")).hash());
    assertThat(AuditChain.recorded("", entry.about("ab").in("c")).hash())
        .isNotEqualTo(AuditChain.recorded("", entry.about("a").in("bc")).hash());
  }

  @Test
  void theChainContinuesAfterASealedBeginning() {
    var log = log("ann", "bob", "carol");
    var last = log.getLast().event().hash();
    var seal = AuditChain.sealed(last, 2, log.get(1).event().hash(), NOON);
    log.add(new Row(4, seal));

    var left = log.subList(2, 4);

    assertThat(AuditChain.check(new Place(3, seal.throughHash()), left).fault()).isEmpty();
    assertThat(AuditChain.check(new Place(3, "another hash"), left).fault()).isPresent();
  }
}
