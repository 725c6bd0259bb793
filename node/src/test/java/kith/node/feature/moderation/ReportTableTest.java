package kith.node.feature.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kith.node.person.Patience;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.rest.Moderating.Report;
import kith.protocol.rest.Moderating.ReportOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReportTableTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final ReportTable table = new ReportTable(DATABASE.jdbc(), 10, Duration.ofDays(90));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void onlyOldClosedReportsAreDeleted() throws Exception {
    for (var id : List.of("open", "fresh", "old")) done(table.add(report(id)));
    done(table.handle("fresh", new ReportOutcome(NOW.minus(Duration.ofDays(90)), "mo", "removed")));
    done(
        table.handle(
            "old", new ReportOutcome(NOW.minus(Duration.ofDays(90)).minusMillis(1), "mo", "no")));

    assertThat(done(table.forgetHandled(NOW))).isEqualTo(1);

    assertThat(done(table.find(Optional.empty(), "old", "host"))).isEmpty();
    assertThat(done(table.find(Optional.empty(), "open", "host"))).isPresent();
    assertThat(done(table.find(Optional.empty(), "fresh", "host"))).isPresent();
    assertThat(done(table.forgetHandled(NOW))).isZero();
  }

  private static Report report(String id) {
    return new Report(
        id,
        "r1",
        id.length(),
        "bob",
        "eve",
        "spam",
        NOW.minus(Duration.ofDays(200)),
        List.of(),
        Optional.empty());
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
  }
}
