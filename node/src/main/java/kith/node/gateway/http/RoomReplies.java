package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.UserName;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAction;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// Replies of rooms as HTTP responses.
public final class RoomReplies {

  private final Rooms rooms;

  public RoomReplies(Rooms rooms) {
    this.rooms = rooms;
  }

  /// Runs `inner` with the answer unless the room denies it.
  public <A extends RoomView.Answer> Route look(
      String room, RoomView.Question question, Class<A> answer, Function<A, Route> inner) {
    return onSuccess(
        rooms.look(room, question),
        said ->
            said instanceof RoomView.Denied(var code)
                ? Problems.route(code)
                : inner.apply(answer.cast(said)));
  }

  public Route perform(Access caller, String room, RoomAction act) {
    return done(
        rooms.perform(room, caller.user(), act),
        () -> complete(HttpResponse.create().withStatus(204)));
  }

  public static Route done(CompletionStage<Room.Outcome> outcome, Supplier<Route> inner) {
    return onSuccess(
        outcome,
        said ->
            switch (said) {
              case Room.Done _ -> inner.get();
              case Room.Denied(var code) -> Problems.route(code);
            });
  }

  /// The room as the caller sees it now.
  public Route described(Access caller, String room, int status) {
    return look(
        room,
        new RoomView.Description(caller.user()),
        RoomView.Described.class,
        seen -> complete(Bodies.json(status, room(seen))));
  }

  private static RoomAnswers.Room room(RoomView.Described seen) {
    return room(
        seen.room(),
        seen.role(),
        seen.with(),
        seen.wrongPasscodes()
            .map(wrong ->
                new RoomAnswers.WrongPasscodes(wrong.count(), wrong.latest(), wrong.users())));
  }

  public static RoomAnswers.Room room(
      RoomView.Summary room, Optional<Role> role, Optional<String> with) {
    return room(room, role, with, Optional.empty());
  }

  private static RoomAnswers.Room room(
      RoomView.Summary room,
      Optional<Role> role,
      Optional<String> with,
      Optional<RoomAnswers.WrongPasscodes> wrongPasscodes) {
    return new RoomAnswers.Room(
        room.room(),
        room.name(),
        room.topic(),
        room.visibility(),
        room.passcode(),
        room.capacity(),
        room.retention(),
        room.members(),
        room.created(),
        role,
        role.map(_ -> room.lastSeq()),
        with,
        wrongPasscodes,
        room.moderation());
  }

  /// Runs `inner` with the canonical user name of a path segment.
  public static Route user(String segment, Function<String, Route> inner) {
    return UserName.of(segment)
        .map(name -> inner.apply(name.text()))
        .orElseGet(() -> Problems.route(Code.BAD_USER_NAME));
  }

  /// Runs `inner` unless a field is wrong.
  public static Route checked(Optional<String> wrongField, Supplier<Route> inner) {
    return wrongField.map(WrongFields::route).orElseGet(inner);
  }
}
