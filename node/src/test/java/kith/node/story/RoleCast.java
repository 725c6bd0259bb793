package kith.node.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Visibility;

/// A user in every role, and things of each kind that the owner of a room has, which requests of
/// the others must not reach.
final class RoleCast implements AutoCloseable {
  private static final byte[] CONTENT = "1".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger count = new AtomicInteger();
  private final URI node;
  private final JsonNode description;
  private final Map<String, Person> people = new HashMap<>();

  /// The values that replace placeholders in paths and examples.
  private final Map<String, String> things = new HashMap<>();

  private String den = "";
  private String hall = "";
  private String bot = "";

  RoleCast(TestNode node) {
    this.node = node.uri("/");
    description = nobody().get("/openapi.json").json();
    for (var role :
        List.of(
            "host",
            "admin",
            "owner",
            "moderator",
            "muted",
            "member",
            "guest",
            "banned",
            "stranger",
            "passer-by",
            "disabled",
            "deleted")) people.put(role, Person.signsUp(this.node, nameOf(role)));
    hosts("PUT", "/v1/admin/accounts/" + nameOf("admin") + "/role", "{\"role\":\"administrator\"}");
    hosts("PUT", "/v1/admin/accounts/" + nameOf("guest") + "/role", "{\"role\":\"guest\"}");
    beginsAgain();
    hosts("PUT", "/v1/admin/accounts/" + nameOf("disabled") + "/disabled", "");
    person("deleted").deletesAccount();
  }

  JsonNode description() {
    return description;
  }

  /// Names of roles are reserved.
  private static String nameOf(String role) {
    return role.replace("-", "") + "1";
  }

  private Person person(String role) {
    return Optional.ofNullable(people.get(role)).orElseThrow();
  }

  private Rest nobody() {
    return new Rest(node, Optional.empty());
  }

  private Rest as(String role) {
    return switch (role) {
      case "nobody" -> nobody();
      case "reader", "writer", "elsewhere" -> new Rest(node, Optional.of(thing(role)));
      default -> person(role).rest();
    };
  }

  private String thing(String name) {
    return Optional.ofNullable(things.get(name)).orElseThrow();
  }

  private Rest.Answer hosts(String method, String path, String body) {
    return does("host", method, path, body);
  }

  private Rest.Answer does(String role, String method, String path, String body) {
    var answer = as(role).send(method, path, Optional.of(body).filter(it -> !it.isEmpty()));
    if (answer.status() >= 300) throw new AssertionError(role + " " + path + " " + answer);
    return answer;
  }

  /// Makes rooms and all things in them anew, and logs those in again whose devices have ended.
  void beginsAgain() {
    var number = count.incrementAndGet();
    people.replaceAll((role, person) ->
        List.of("disabled", "deleted").contains(role)
                || person.rest().get("/v1/account").status() != 401
            ? person
            : person.onAnotherDevice());
    var target = Person.signsUp(node, "target" + number);
    things.put("user", target.name());
    makesTheDen(target, number);
    makesBots(number);
    hall = person("owner").makesRoom("hall " + number, Visibility.PUBLIC);
    owns("PUT", "/v1/rooms/" + hall + "/bans/" + nameOf("banned"), "");
    things.put(
        "device",
        person("owner").onAnotherDevice().rest().get("/v1/devices").list("devices").stream()
            .filter(it -> it.path("current").asBoolean())
            .findFirst()
            .orElseThrow()
            .path("device")
            .asText());
    var receiver = "{\"url\":\"http://127.0.0.1:9/" + number + "\"}";
    things.put("hook-token", "");
    things.put(
        "room-webhook", owns("POST", "/v1/rooms/" + den + "/webhooks", receiver).field("webhook"));
    things.put("account-webhook", owns("POST", "/v1/account/webhooks", receiver).field("webhook"));
    var hook = owns("POST", "/v1/rooms/" + den + "/inbound", "{\"name\":\"grafana\"}");
    things.put("hook", hook.field("hook"));
    things.put("hook-token", hook.field("token"));
    things.put(
        "push",
        owns(
                "POST",
                "/v1/account/push",
                "{\"kind\":\"ntfy\",\"url\":\"http://127.0.0.1:9/push" + number + "\"}")
            .field("push"));
  }

  private Rest.Answer owns(String method, String path, String body) {
    return does("owner", method, path, body);
  }

  private void makesTheDen(Person target, int number) {
    var owner = person("owner");
    den = owner.makesRoom("den " + number, Visibility.PRIVATE);
    var path = "/v1/rooms/" + den;
    var invitation = owns("POST", path + "/invitations", "{}");
    things.put("invitation", invitation.field("invitation"));
    things.put("invitation-token", invitation.field("token"));
    var token = "{\"invitation\":\"" + invitation.field("token") + "\"}";
    for (var role : List.of("moderator", "muted", "member", "guest"))
      does(role, "POST", path + "/join", token);
    target.rest().send("POST", path + "/join", Optional.of(token));
    owns("PUT", path + "/members/" + nameOf("moderator") + "/role", "{\"role\":\"moderator\"}");
    owns("PUT", path + "/mutes/" + nameOf("muted"), "{\"forMillis\":86400000}");
    owner.connects();
    owner.opens(den, 0);
    var file = owner.files().uploads("a.txt", ("a" + number).getBytes(StandardCharsets.UTF_8));
    things.put("sent-file", file);
    things.put("seq", String.valueOf(owner.files().sends(den, "a word", file).seq()));
    owner.close();
    things.put("file", owner.files().creates("b.txt", CONTENT).file());
    does("member", "POST", path + "/reports", "{\"seq\":" + thing("seq") + ",\"reason\":\"spam\"}");
    things.put(
        "report",
        does("moderator", "GET", path + "/reports", "").list("reports", "report").getFirst());
  }

  private void makesBots(int number) {
    bot = "bot" + number;
    owns("POST", "/v1/bots", "{\"name\":\"" + bot + "\"}");
    owns("PUT", "/v1/bots/" + bot + "/rooms/" + den, "");
    things.put("reader", token("\"write\":false").field("token"));
    things.put("writer", token("\"write\":true").field("token"));
    things.put("elsewhere", token("\"write\":true,\"rooms\":[\"elsewhere\"]").field("token"));
    things.put("token", token("\"write\":false").field("id"));
    things.put("bot", bot);
    things.put("server-bot", "server-" + bot);
    hosts("POST", "/v1/admin/bots", "{\"name\":\"server-" + bot + "\"}");
  }

  private Rest.Answer token(String rights) {
    return owns("POST", "/v1/bots/" + bot + "/tokens", "{\"name\":\"a\"," + rights + "}");
  }

  /// Makes a request with another body than that of the description.
  Rest.Answer asks(String role, String method, String path, String body) {
    return as(role).send(method, filled(path, den), Optional.of(body));
  }

  /// Makes the request of the description, about things that exist.
  Rest.Answer asks(String role, String method, String path) {
    var room = List.of("passer-by", "banned").contains(role) ? hall : den;
    return as(role).send(method, filled(path, room) + query(path), body(method, path, room));
  }

  private String filled(String path, String room) {
    var kinds = path.startsWith("/v1/account/webhooks") ? "account-webhook" : "room-webhook";
    return path.replace("{room}", room)
        .replace("{webhook}", thing(kinds))
        .replace("{courier}", thing("room-webhook"))
        .replace("{bot}", thing(path.startsWith("/v1/admin") ? "server-bot" : "bot"))
        .replace("{file}", thing(path.startsWith("/v1/files") ? "file" : "sent-file"))
        .replace("{token}", thing(path.startsWith("/v1/hooks") ? "hook-token" : "token"))
        .replace("{user}", thing("user"))
        .replace("{seq}", thing("seq"))
        .replace("{device}", thing("device"))
        .replace("{hook}", thing("hook"))
        .replace("{push}", thing("push"))
        .replace("{report}", thing("report"))
        .replace("{invitation}", thing("invitation"))
        .replaceAll("\\{[a-z]+}", "1");
  }

  private static String query(String path) {
    return switch (path) {
      case "/v1/files/{file}/content" -> "?offset=0";
      case "/v1/admin/bans" -> "?network=203.0.113.0/24";
      case "/v1/search" -> "?q=word";
      case "/v1/rooms/{room}/threads" -> "?from=1&to=9";
      default -> "";
    };
  }

  private Optional<String> body(String method, String path, String room) {
    if (path.equals("/v1/files/{file}/content")) return Optional.of("1");
    var example =
        description
            .path("paths")
            .path(path)
            .path(method.toLowerCase(Locale.ROOT))
            .at("/requestBody/content/application~1json/example");
    if (example.isMissingNode()) return Optional.empty();
    var number = count.incrementAndGet();
    return Optional.of(
        example
            .toString()
            .replace("q3kfz7m2xw9pahd5tbnc.x", thing("invitation-token"))
            .replace("q3kfz7m2xw9pahd5tbnc", room)
            .replace("\"seq\":17", "\"seq\":" + thing("seq"))
            .replace("\"bob\"", "\"" + thing("user") + "\"")
            .replace("\"user\":\"ann\"", "\"user\":\"new" + number + "\"")
            .replace("\"weather\"", "\"weather" + number + "\"")
            .replace("\"lobby\"", "\"lobby " + number + "\"")
            .replace("2026-11-24T09:00:00Z", Instant.now().plus(1, ChronoUnit.HOURS).toString())
            .replaceAll("https://[a-z.]+/", "http://127.0.0.1:9/" + number));
  }

  @Override
  public void close() {
    people.values().forEach(Person::close);
  }
}
