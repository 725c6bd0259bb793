package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import kith.node.gateway.http.ClientRequests.Claim;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.rest.RoomRequests.Invite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientRequestsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Invite ONCE =
      new Invite(OptionalLong.empty(), OptionalInt.of(1), Optional.empty());
  private static final Invite TWICE =
      new Invite(OptionalLong.empty(), OptionalInt.of(2), Optional.empty());

  private final FreshDatabase database = FreshDatabase.take();
  private final ClientRequests requests =
      new ClientRequests(database.jdbc(), new RoomSettings.Repeatable(DAY, 3));

  @AfterEach
  void close() {
    database.close();
  }

  private Claim claim(String user, String id, Invite body, String target, Instant now) {
    return requests
        .claim(user, id, "invitation to r1", body, target, now)
        .toCompletableFuture()
        .join();
  }

  private Claim.Granted granted(String user, String id, String target, Instant now) {
    return (Claim.Granted) claim(user, id, ONCE, target, now);
  }

  private int rows() {
    return database
        .jdbc()
        .query("SELECT key FROM client_request", row -> row.getBytes(1))
        .toCompletableFuture()
        .join()
        .size();
  }

  @Test
  void aRepeatedRequestGetsTheSameTargetTimeAndSecret() {
    var first = granted("ann", "id-1", "i1", NOON);

    var again = granted("ann", "id-1", "i2", NOON.plusSeconds(60));

    assertThat(again.target()).isEqualTo("i1");
    assertThat(again.at()).isEqualTo(NOON);
    assertThat(again.secret()).isEqualTo(first.secret()).hasSize(32);
    assertThat(again.isDone()).isFalse();
  }

  @Test
  void anAnsweredRequestIsDone() {
    requests.done(granted("ann", "id-1", "i1", NOON)).toCompletableFuture().join();

    assertThat(granted("ann", "id-1", "i2", NOON).isDone()).isTrue();
  }

  @Test
  void anotherRequestWithTheSameIdIsRefused() {
    granted("ann", "id-1", "i1", NOON);

    assertThat(claim("ann", "id-1", TWICE, "i2", NOON)).isEqualTo(new Claim.Reused());
    assertThat(
            requests
                .claim("ann", "id-1", "invitation to r2", ONCE, "i2", NOON)
                .toCompletableFuture()
                .join())
        .isEqualTo(new Claim.Reused());
  }

  @Test
  void idsOfOtherAccountsAreOtherIds() {
    var anns = granted("ann", "id-1", "i1", NOON);
    var bobs = granted("bob", "id-1", "i2", NOON);

    assertThat(bobs.target()).isEqualTo("i2");
    assertThat(bobs.secret()).isNotEqualTo(anns.secret());
  }

  @Test
  void concurrentRequestsGetOneTarget() {
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var claims =
          IntStream.range(0, 8)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> granted("ann", "id-1", "i" + i, NOON).target(), workers))
              .toList();

      assertThat(claims.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }
  }

  @Test
  void anOldRequestIsRemoved() {
    granted("ann", "id-1", "i1", NOON);

    granted("bob", "id-2", "i2", NOON.plus(DAY).plusMillis(1));

    assertThat(rows()).isOne();
    assertThat(granted("ann", "id-1", "i3", NOON.plus(DAY).plusMillis(2)).target()).isEqualTo("i3");
  }

  @Test
  void theOldestRequestsOfAnAccountAreForgottenBeyondTheBound() {
    for (int i = 0; i < 5; i++) granted("ann", "id-" + i, "i" + i, NOON.plusSeconds(i));
    granted("bob", "id-1", "b1", NOON);

    assertThat(rows()).isEqualTo(4);
    assertThat(granted("ann", "id-4", "new", NOON).target()).isEqualTo("i4");
    assertThat(granted("ann", "id-0", "new", NOON.plusSeconds(9)).target()).isEqualTo("new");
  }

  @Test
  void aNodeWhoseClockIsBehindStoresItsRequestToo() {
    for (int i = 0; i < 3; i++) granted("ann", "id-" + i, "i" + i, NOON.plusSeconds(i));

    granted("ann", "id-9", "i9", NOON.minusSeconds(60));

    assertThat(rows()).isEqualTo(3);
    assertThat(granted("ann", "id-9", "new", NOON).target()).isEqualTo("i9");
  }

  @Test
  void neitherTheIdNorTheSecretIsStored() throws SQLException {
    var claim = granted("ann", "a-very-special-id", "i1", NOON);

    var row =
        database
            .jdbc()
            .query(
                "SELECT client_request::text, position(? IN salt || digest || key) FROM client_request",
                it -> it.getString(1) + " " + it.getInt(2),
                claim.secret())
            .toCompletableFuture()
            .join()
            .getFirst();

    assertThat(row).doesNotContain("special").endsWith(" 0");
  }
}
