package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.person.Rest;
import kith.node.story.RouteTable.Ends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every request of the OpenAPI description, made in every role, has the answer that
/// `routes-and-roles.txt` states. A new route fails here until the table has the roles that may use
/// it.
@Tag("story")
@Order(StoryOrder.LONG)
class EveryRouteStoryTest {
  /// Higher than usual, so that no request is refused because of an earlier one.
  private static final List<String> BOUNDS =
      List.of(
          "accounts.devices-per-account",
          "accounts.throttle.per-account.burst",
          "bots.of-server",
          "bots.per-owner",
          "files.uploads",
          "moderation.join-requests.burst",
          "moderation.reports.burst",
          "push.per-account",
          "webhooks.per-account");

  /// The check of the log itself, and the requests that only the operator of the machine may make.
  private static final List<String> NOT_RECORDED =
      List.of("GET /v1/admin/audit/check", "GET /v1/admin/accounts/{user}/export");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static RoleCast cast;

  @SuppressWarnings("NullAway.Init")
  private static RouteTable table;

  @BeforeAll
  static void start() throws IOException {
    var settings = new HashMap<String, String>();
    for (var bound : BOUNDS) settings.put("kith." + bound, "1000");
    settings.put("kith.accounts.sign-up.first-is-owner", "true");
    settings.put("kith.couriers.private-networks", "127.0.0.0/8");
    settings.put("kith.http.requests.burst", "1000000");
    node = TestNode.start(settings);
    table = RouteTable.read("routes-and-roles.txt");
    cast = new RoleCast(node);
  }

  @AfterAll
  static void stop() {
    cast.close();
    node.close();
  }

  @BeforeEach
  void noStateOfAnotherTestIsLeft() {
    cast.beginsAgain();
  }

  @Test
  void theTableHasEveryRouteAndNoOther() {
    var described = new ArrayList<String>();
    cast.description()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method ->
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(table.routes().stream().map(RouteTable.Route::name))
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void everyRouteAnswersEveryRoleAsInTheTable() {
    var wrong = new ArrayList<String>();
    for (var route : table.routes()) {
      for (var role : table.roles()) {
        var answer = cast.asks(role, route.method(), route.path());
        var expected = table.expected(route, role);
        if (!shown(answer).equals(expected))
          wrong.add("%s as %s: %s, not %s".formatted(route.name(), role, shown(answer), expected));
        if (route.ends() == Ends.FOR_ALL && answer.status() < 300) cast.beginsAgain();
      }
      if (route.ends() == Ends.FOR_CALLER) cast.beginsAgain();
    }

    assertThat(wrong).isEmpty();
  }

  /// The code of a refusal, the status of everything else.
  private static String shown(Rest.Answer answer) {
    return answer.status() < 400 ? String.valueOf(answer.status()) : answer.field("code");
  }

  @Test
  void everyRouteOfAdministratorsIsInTheAuditLog() {
    var missing = new ArrayList<String>();
    for (var route : table.routes()) {
      if (!route.path().startsWith("/v1/admin/") || NOT_RECORDED.contains(route.name())) continue;
      var before = audited().getFirst().path("number").asLong();
      cast.asks("host", route.method(), route.path());
      // the first one is that of this reading of the log
      if (audited().stream()
          .skip(1)
          .noneMatch(it ->
              it.path("number").asLong() > before && it.path("act").asText().startsWith("admin-")))
        missing.add(route.name());
    }

    assertThat(missing).isEmpty();
  }

  /// The latest entries about acts of the host, the latest first.
  private static List<JsonNode> audited() {
    return cast.asks("host", "GET", "/v1/admin/audit?limit=5&account=host1").list("entries");
  }

  @Test
  void valuesThatTheDatabaseCannotStoreAreWrong() {
    var never = "+999999999-12-31T23:59:59Z";

    for (var request :
        Map.of(
                "/v1/admin/accounts", "{\"after\":\"a\\u0000\"}",
                "/v1/admin/bans", "{\"network\":\"203.0.113.1\",\"until\":\"" + never + "\"}",
                "/v1/admin/announcements", "{\"text\":\"Hello\",\"until\":\"" + never + "\"}")
            .entrySet())
      assertThat(cast.asks("host", "POST", request.getKey(), request.getValue()).refusal())
          .as(request.getKey())
          .isEqualTo("400 bad-field");
    assertThat(
            cast.asks("member", "POST", "/v1/rooms/{room}/calls", "{\"command\":\"a\\u0000\"}")
                .refusal())
        .isEqualTo("404 unknown-command");
  }

  @Test
  void aPathWithAControlCharacterIsRefused() {
    var wrong = new ArrayList<String>();
    for (var route : table.routes())
      for (var at = route.path().indexOf('{'); at >= 0; at = route.path().indexOf('{', at + 1)) {
        var path =
            route.path().substring(0, at)
                + "a%00b"
                + route.path().substring(route.path().indexOf('}', at) + 1);
        var answer = cast.asks("owner", route.method(), path);
        if (!shown(answer).equals("malformed-request")) wrong.add(route.name() + " " + answer);
      }

    assertThat(wrong).isEqualTo(List.of());
  }
}
