package kith.node.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import kith.node.audit.AuditChain.Place;
import kith.node.audit.AuditChain.Row;
import kith.node.core.account.AccountFixture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private static final ActorTestKit KIT = AccountFixture.kit();
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final Rows rows = new Rows();
  private final EventSourcedBehaviorTestKit<AuditLog.Command, AuditEvent, AuditState> log =
      EventSourcedBehaviorTestKit.create(
          KIT.system(),
          AuditLog.create(rows, Duration.ofDays(365), Clock.fixed(NOON, ZoneOffset.UTC)),
          EventSourcedBehaviorTestKit.enabledSerializationSettings()
              .withVerifyCommands(false)
              .withVerifyEquality(true));

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  /// The rows of the log, as the database has them.
  private static final class Rows implements AuditRows {
    final List<Row> all = new CopyOnWriteArrayList<>();
    volatile Optional<Row> old = Optional.empty();

    @Override
    public CompletionStage<List<Row>> from(long number, int limit) {
      return CompletableFuture.completedFuture(
          all.stream().filter(row -> row.number() >= number).limit(limit).toList());
    }

    @Override
    public CompletionStage<List<Row>> before(long number, int limit) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<List<Row>> seals() {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Optional<Row>> lastBefore(Instant time) {
      assertThat(time).isEqualTo(NOON.minus(Duration.ofDays(365)));
      return CompletableFuture.completedFuture(old);
    }

    @Override
    public CompletionStage<Integer> delete(long through) {
      all.removeIf(row -> row.number() <= through);
      return CompletableFuture.completedFuture(0);
    }
  }

  private void appends(String... users) {
    var entries =
        List.of(users).stream().map(user -> AuditEntry.of(NOON, AuditAct.LOG_IN, user)).toList();
    var result =
        log.<AuditLog.Appended>runCommand(replyTo -> new AuditLog.Append(entries, replyTo));
    stored(result.events());
  }

  private void stored(List<AuditEvent> events) {
    for (var event : events) rows.all.add(new Row(rows.all.size() + 1, event));
  }

  @Test
  void entriesAreChainedAcrossCommandsAndRestarts() {
    appends("ann", "bob");
    log.restart();
    appends("carol");

    var found = AuditChain.check(Place.BEGINNING, rows.all);
    assertThat(found.fault()).isEmpty();
    assertThat(found.place()).isEqualTo(new Place(4, log.getState().hash()));
  }

  @Test
  void aBeginningThatIsTooOldIsSealedBeforeItIsDeleted() {
    appends("ann", "bob", "carol");
    var bob = rows.all.get(1);
    rows.old = Optional.of(bob);

    log.runCommand(new AuditLog.Prune());

    KIT.createTestProbe()
        .awaitAssert(() -> {
          assertThat(log.getState().sealedThrough()).isEqualTo(2);
          assertThat(rows.all).extracting(Row::number).containsExactly(3L);
          return true;
        });
    // the chain continues from the hash that the seal keeps
    assertThat(AuditChain.check(new Place(3, bob.event().hash()), rows.all).fault()).isEmpty();

    // the same rows are not sealed twice
    var end = log.getState();
    log.runCommand(new AuditLog.Prune());
    log.<AuditLog.End>runCommand(AuditLog.LookUp::new);
    assertThat(log.getState()).isEqualTo(end);
  }
}
