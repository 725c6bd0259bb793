package kith.node.story;

import static kith.node.story.AdministrationCast.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.ServerRole;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each role of the server permits: every route of administrators, and the limits of guests.
@Tag("story")
class ServerRoleStoryTest extends AdministrationStory {
  private static Optional<Person> examples = Optional.empty();

  /// Every route of administrators, as OpenAPI lists them.
  private static List<String> routes() throws IOException {
    var paths = description().path("paths");
    var routes = new ArrayList<String>();
    paths
        .properties()
        .forEach(path -> {
          if (path.getKey().startsWith("/v1/admin/"))
            path.getValue()
                .fieldNames()
                .forEachRemaining(
                    method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        });
    return routes;
  }

  private static JsonNode description() throws IOException {
    return new ObjectMapper()
        .readTree(cast.nobody().send("GET", "/openapi.json", Optional.empty()).text());
  }

  private static Optional<String> body(String route) throws IOException {
    var words = route.split(" ", 2);
    var body =
        description()
            .path("paths")
            .path(words[1])
            .path(words[0].toLowerCase(Locale.ROOT))
            .at("/requestBody/content/application~1json/example");
    return body.isMissingNode() ? Optional.empty() : Optional.of(body.toString());
  }

  private static Rest.Answer tries(Person person, String route, String whom) throws IOException {
    var words = route.split(" ", 2);
    var path =
        words[1]
            .replace("{user}", whom)
            .replace("{room}", aRoom())
            // a number, or the name of something that does not exist
            .replaceAll("\\{[a-z]+}", "1");
    var query = route.equals("DELETE /v1/admin/bans") ? "?network=203.0.113.0/24" : "";
    var body = body(route).map(it -> it.replace("\"bob\"", "\"example\""));
    return person.rest().send(words[0], path + query, body);
  }

  /// A room of which the user in the examples of OpenAPI is a member.
  private static String aRoom() {
    if (examples.isEmpty()) examples = Optional.of(Person.signsUp(cast.node().uri("/"), "example"));
    return examples.get().makesRoom("example " + AdministrationCast.number(), Visibility.PUBLIC);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerRole.class,
      names = {"GUEST", "MEMBER"})
  void onlyAdministratorsMayUseTheirRoutes(ServerRole role) throws IOException {
    var person = cast.withRole("eve", role);
    var victim = cast.signsUp("vic");

    assertThat(routes()).hasSizeGreaterThan(8);
    for (var route : routes())
      assertThat(tries(person, route, victim.name()).refusal())
          .as(route)
          .isEqualTo("403 not-allowed");
  }

  @Test
  void administratorsMayDoNothingToOwnersAndAdministrators() throws IOException {
    var administrator = cast.withRole("adam", ServerRole.ADMINISTRATOR);
    var other = cast.withRole("alma", ServerRole.ADMINISTRATOR);

    for (var route : routes())
      if (route.contains("{user}") && !route.startsWith("GET"))
        for (var whom : List.of(owner, other))
          assertThat(tries(administrator, route, whom.name()).refusal())
              .as(route)
              .isEqualTo("403 not-allowed");
    assertThat(
            put(administrator, cast.signsUp("mo").name() + "/role", "{\"role\":\"owner\"}")
                .refusal())
        .isEqualTo("403 not-allowed");
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerRole.class,
      names = {"ADMINISTRATOR", "OWNER"})
  void administratorsMayDoEverythingToMembers(ServerRole role) throws IOException {
    var person = cast.withRole("ada", role);

    for (var route : routes())
      // an export is only for the operator of the machine, and there is no courier to restart, no
      // report to close, no bot of this name and no invitation to revoke
      if (!route.endsWith("/export")
          && Stream.of("{courier}", "{report}", "{bot}", "{invitation}").noneMatch(route::contains))
        assertThat(tries(person, route, cast.signsUp("mia").name()).status())
            .as(route)
            .isLessThan(300);
  }

  @Test
  void aRoleThatIsTakenAwayPermitsNothingAtOnce() {
    var administrator = cast.withRole("ari", ServerRole.ADMINISTRATOR);
    assertThat(administrator.rest().get("/v1/admin/accounts").status()).isEqualTo(200);

    put(owner, administrator.name() + "/role", "{\"role\":\"member\"}");

    assertThat(administrator.rest().get("/v1/admin/accounts").refusal())
        .isEqualTo("403 not-allowed");
  }

  @Test
  void administratorsDoNotLockThemselvesOut() {
    for (var path : List.of("/disabled", "/role"))
      assertThat(put(owner, owner.name() + path, "{\"role\":\"guest\"}").refusal())
          .isEqualTo("400 bad-field");
    assertThat(cast.run("ban", "300.1.1.1").err()).contains("an address such as 203.0.113.7");
    assertThat(delete(owner, owner.name()).refusal()).isEqualTo("400 bad-field");
  }

  private static Rest.Answer delete(Person by, String path) {
    return by.rest().send("DELETE", "/v1/admin/accounts/" + path, Optional.empty());
  }

  @Test
  void aGuestOnlyTakesPartWhereItIsInvited() {
    var guest = cast.withRole("gus", ServerRole.GUEST);
    var room = owner.makesRoom("open " + guest.name(), Visibility.PUBLIC);

    assertThat(joins(guest, room, Optional.empty()).refusal()).isEqualTo("403 not-allowed");
    assertThat(guest.rest().get("/v1/rooms").refusal()).isEqualTo("403 not-allowed");
    assertThat(
            guest
                .rest()
                .send("POST", "/v1/rooms", Optional.of("{\"name\":\"of a guest\"}"))
                .refusal())
        .isEqualTo("403 not-allowed");
    assertThat(
            guest
                .rest()
                .send("PUT", "/v1/users/" + owner.name() + "/conversation", Optional.empty())
                .refusal())
        .isEqualTo("403 not-allowed");
    // others may begin a conversation with a guest
    var conversation = owner.talksTo(guest.name());
    assertThat(guest.rest().get("/v1/rooms/" + conversation).status()).isEqualTo(200);

    var token =
        owner
            .rest()
            .post(
                "/v1/rooms/" + room + "/invitations",
                new RoomRequests.Invite(
                    OptionalLong.empty(), OptionalInt.empty(), Optional.empty()))
            .as(RoomAnswers.Invitation.class)
            .token();
    assertThat(joins(guest, room, token).status()).isEqualTo(200);
  }

  private static Rest.Answer joins(Person person, String room, Optional<String> token) {
    return person
        .rest()
        .post("/v1/rooms/" + room + "/join", new RoomRequests.JoinRoom(Optional.empty(), token));
  }
}
