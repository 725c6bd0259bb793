package kith.node.feature.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kith.node.person.Patience;
import kith.node.platform.config.Throttle;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.JoinState;
import kith.protocol.rest.Joining.OwnJoinRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcRequestsTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant END = NOW.plusSeconds(600);

  private final JdbcRequests table =
      new JdbcRequests(
          DATABASE.jdbc(),
          new ApprovalSettings(
              2,
              3,
              Duration.ofDays(14),
              Duration.ofDays(7),
              new Throttle(1, Duration.ofMinutes(1))));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void empty() throws Exception {
    done(DATABASE.jdbc().update("DELETE FROM join_request"));
  }

  @Test
  void requestsPerRoomAndPerAccountAreLimited() throws Exception {
    assertThat(put("r1", "eve", NOW)).isTrue();
    assertThat(put("r1", "cem", NOW)).isTrue();
    assertThat(put("r1", "dan", NOW)).isFalse();
    assertThat(put("r1", "eve", NOW)).as("again").isTrue();
    assertThat(put("r2", "eve", NOW)).isTrue();
    assertThat(put("r3", "eve", NOW)).isTrue();
    assertThat(put("r4", "eve", NOW)).isFalse();

    assertThat(put("r4", "eve", END)).as("the others have ended").isTrue();
    assertThat(put("r1", "dan", END)).isTrue();
  }

  @Test
  void aRequestIsDecidedOnceAndItsAccountReadsIt() throws Exception {
    put("r1", "eve", NOW);
    var request = done(table.ofRoom("r1", NOW)).getFirst();
    assertThat(request.state()).isEqualTo(JoinState.WAITING);

    assertThat(done(table.decide("r1", request.declined(Optional.of("full"), END)))).isTrue();
    assertThat(done(table.decide("r1", request.accepted(END)))).isFalse();
    assertThat(done(table.decide("r2", request.accepted(END)))).isFalse();
    assertThat(put("r1", "eve", NOW)).as("a decided one is not replaced").isFalse();

    assertThat(done(table.ofAccount("eve", NOW)))
        .containsExactly(
            new OwnJoinRequest(
                "r1",
                "the garden",
                Optional.of("hi"),
                NOW,
                END,
                JoinState.DECLINED,
                Optional.of("full")));
    assertThat(done(table.ofAccount("eve", END))).isEmpty();
  }

  @Test
  void requestsAreRemovedOneByOneAndWithTheirRoom() throws Exception {
    put("r1", "eve", NOW);
    put("r1", "cem", NOW);
    put("r2", "eve", NOW);

    done(table.remove("r1", Set.of("eve", "dan")));

    assertThat(done(table.ofRoom("r1", NOW))).extracting(JoinRequest::user).containsExactly("cem");
    assertThat(done(table.removeAll("r1"))).isEqualTo(List.of("cem"));
    assertThat(done(table.ofRoom("r2", NOW))).hasSize(1);
  }

  private boolean put(String room, String user, Instant at) throws Exception {
    var request =
        new JoinRequest(
            user, Optional.of("hi"), at, at.plusSeconds(600), JoinState.WAITING, Optional.empty());
    return done(table.put(room, "the garden", request));
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
  }
}
