package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.node.core.account.BotAccount.Grant;
import org.junit.jupiter.api.Test;

class BotRulesTest {
  private static final Grant ALL = new Grant(true, Optional.empty());
  private static final Grant READING = new Grant(false, Optional.empty());
  private static final Grant ONE_ROOM = new Grant(true, Optional.of(List.of("r1")));

  @Test
  void aBotTakesPartInRooms() {
    for (var request :
        List.of(
            "GET /v1/rooms",
            "GET /v1/rooms/r1/entries",
            "POST /v1/rooms/r1/leave",
            "PUT /v1/rooms/r1/bans/eve",
            "PUT /v1/rooms/r1/commands",
            "POST /v1/rooms/r1/calls/c1/answer",
            "GET /v1/users/ann",
            "GET /v1/account",
            "POST /v1/files",
            "PUT /v1/files/f1/content")) assertThat(isAllowed(request, ALL)).as(request).isTrue();
  }

  @Test
  void requestsForPeopleAreRefusedForBots() {
    for (var request :
        List.of(
            "POST /v1/rooms",
            "PATCH /v1/rooms/r1",
            "DELETE /v1/rooms/r1",
            "POST /v1/rooms/r1/calls",
            "POST /v1/rooms/r1/inbound",
            "GET /v1/rooms/r1/inbound",
            "POST /v1/rooms/r1/invitations",
            "POST /v1/invitations/accept",
            "GET /v1/bots",
            "POST /v1/bots/b/tokens",
            "GET /v1/devices",
            "DELETE /v1/devices",
            "PATCH /v1/account",
            "PUT /v1/account/password",
            "DELETE /v1/account",
            "PUT /v1/contacts/ann",
            "PUT /v1/users/ann/conversation",
            "GET /v1/admin/accounts",
            "GET /v1/search",
            "GET /v1/anything/new",
            "GET /metrics")) assertThat(isAllowed(request, ALL)).as(request).isFalse();
  }

  @Test
  void aTokenToReadChangesNothing() {
    assertThat(isAllowed("GET /v1/rooms/r1/entries", READING)).isTrue();
    assertThat(isAllowed("HEAD /v1/rooms/r1/entries/1/files/f", READING)).isTrue();
    assertThat(isAllowed("POST /v1/rooms/r1/join", READING)).isFalse();
    assertThat(isAllowed("POST /v1/files", READING)).isFalse();
  }

  @Test
  void aTokenForOneRoomSeesNoOther() {
    assertThat(isAllowed("GET /v1/rooms/r1", ONE_ROOM)).isTrue();
    assertThat(isAllowed("GET /v1/rooms/r2", ONE_ROOM)).isFalse();
    assertThat(isAllowed("GET /v1/rooms/r2/entries", ONE_ROOM)).isFalse();
    assertThat(isAllowed("GET /v1/rooms", ONE_ROOM)).isFalse();
  }

  private static boolean isAllowed(String request, Grant grant) {
    var parts = request.split(" ", 2);
    return BotRules.isAllowed(parts[0], List.of(parts[1].substring(1).split("/")), grant);
  }
}
