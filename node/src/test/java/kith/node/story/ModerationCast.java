package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest.Answer;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.json.Json;
import kith.protocol.rest.Joining.AskToJoin;
import kith.protocol.rest.RoomRequests.ChangeRole;
import kith.protocol.rest.RoomRequests.ChangeRoom;
import kith.protocol.rest.RoomRequests.Moderation;

/// Ann, who owns a room, Mo, who moderates it, Bob and Eve, its members. All have it open.
final class ModerationCast implements AutoCloseable {
  static final long TEN_MINUTES = 600_000;

  static final SharedNode NODE = new SharedNode();

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestNode node = NODE.node();
  private final int number = COUNT.incrementAndGet();
  private final Person ann = signsUp("ann");
  private final Person mo = signsUp("mo");
  private final Person bob = signsUp("bob");
  private final Person eve = signsUp("eve");
  private final String room = ann.makesRoom(title(), Visibility.PUBLIC);

  ModerationCast() {
    for (var person : List.of(mo, bob, eve)) person.joins(room);
    ann.rest().send("PUT", member(mo) + "/role", json(new ChangeRole(Role.MODERATOR)));
    for (var person : List.of(ann, mo, bob, eve)) {
      person.connects();
      person.opens(room, 0);
    }
  }

  Person ann() {
    return ann;
  }

  Person mo() {
    return mo;
  }

  Person bob() {
    return bob;
  }

  Person eve() {
    return eve;
  }

  /// The id of the room.
  String room() {
    return room;
  }

  /// The name of the room.
  String title() {
    return "room " + number;
  }

  /// Another user, who is not a member.
  Person signsUp(String name) {
    return Person.signsUp(node.uri("/"), name + number);
  }

  /// Another user, who owns the server.
  Person host() {
    var host = signsUp("host");
    new Operator(node).does("grant", host.name(), "owner");
    return host;
  }

  /// The path of a member.
  String member(Person user) {
    return "/v1/rooms/" + room + "/members/" + user.name();
  }

  Answer moderates(Person by, Moderation change) {
    return by.rest().send("PATCH", "/v1/rooms/" + room, json(changes(change)));
  }

  static ChangeRoom changes(Moderation change) {
    return new ChangeRoom(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(change));
  }

  static Moderation approval(boolean is) {
    return new Moderation(OptionalInt.empty(), Optional.empty(), Optional.of(is));
  }

  static AskToJoin asks(String text) {
    return new AskToJoin(Optional.of(text));
  }

  static void assertRefused(Answer answer, int status, Code code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().path("code").asText()).isEqualTo(code.wire());
  }

  static Optional<String> json(Record body) {
    return Optional.of(Json.restText(body));
  }

  @Override
  public void close() {
    for (var person : List.of(ann, mo, bob, eve)) person.close();
  }
}
