package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.JoinState;
import kith.protocol.rest.Joining.JoinRequest;
import kith.protocol.rest.Joining.OwnJoinRequest;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomCalls;

/// Requests to join rooms as lines of text.
public final class JoinLines {
  private JoinLines() {}

  public static List<String> run(Rest rest, InputLine.AboutJoins asked) {
    var rooms = RoomCalls.of(rest);
    return switch (asked) {
      case InputLine.AskToJoin(var what, var text) -> {
        var room = rooms.find(what);
        rest.askToJoin(room.room(), text);
        yield asked(room.name());
      }
      case InputLine.WithdrawJoin(var what) -> {
        var own = rest.ownJoinRequests().requests().stream().filter(it -> is(it, what)).findFirst();
        rest.withdrawJoin(own.map(OwnJoinRequest::room).orElseGet(() -> rooms.find(what).room()));
        yield List.of("You have no request to join " + Sanitizer.line(what) + ".");
      }
      case InputLine.OwnJoins() -> {
        var own = rest.ownJoinRequests().requests();
        yield own.isEmpty()
            ? List.of("You have no requests to join rooms.")
            : own.stream().map(JoinLines::text).toList();
      }
    };
  }

  private static boolean is(OwnJoinRequest request, String what) {
    return request.room().equals(what) || request.name().equalsIgnoreCase(what);
  }

  /// The answer to a request that was sent.
  public static List<String> asked(String room) {
    var name = Sanitizer.line(room);
    return List.of(
        "The moderators of "
            + name
            + " decide who joins. They have your request, and you will be notified.",
        "/ask " + quoted(name) + " TEXT adds a text, /unask " + quoted(name) + " withdraws it.");
  }

  private static String quoted(String name) {
    return name.contains(" ") ? '"' + name + '"' : name;
  }

  /// One of the user's own requests.
  public static String text(OwnJoinRequest request) {
    var words = Sanitizer.line(request.name()) + "  " + state(request);
    return request.text().map(text -> words + "  " + Sanitizer.line(text)).orElse(words);
  }

  private static String state(OwnJoinRequest request) {
    return switch (request.state()) {
      case WAITING -> "waits for a moderator until " + LocalTime.text(request.expires());
      case ACCEPTED -> "accepted: join it again";
      case DECLINED ->
          "declined"
              + ModerationLines.reason(request.reason())
              + "; you can ask again after "
              + LocalTime.text(request.expires());
    };
  }

  /// A request in the list of a room, without the name of the user.
  public static String detail(JoinRequest request) {
    var when = "since " + LocalTime.text(request.at());
    return request.text().map(text -> Sanitizer.line(text) + "  (" + when + ")").orElse(when);
  }

  static List<String> lines(List<JoinRequest> requests) {
    return requests.isEmpty()
        ? List.of("Nobody asks to join this room.")
        : requests.stream().map(it -> Sanitizer.line(it.user()) + "  " + detail(it)).toList();
  }

  /// The sentence for a moderator about the number of requests.
  public static Optional<String> news(String room, int before, int now) {
    return now > before
        ? Optional.of(
            (now == 1 ? "A user asks" : now + " users ask")
                + " to join "
                + Sanitizer.line(room)
                + ": /joins")
        : Optional.empty();
  }

  /// The sentence for the user about a change of their own requests.
  public static List<String> news(
      List<OwnJoinRequest> before, List<OwnJoinRequest> now, Optional<String> joined) {
    var lines = new ArrayList<String>();
    joined.ifPresent(name ->
        lines.add(
            "You are now a member of "
                + Sanitizer.line(name)
                + ": a moderator accepted your request."));
    for (var request : now)
      if (request.state() == JoinState.DECLINED && before.stream().noneMatch(request::equals))
        lines.add(
            Sanitizer.line(request.name())
                + ": your request to join was declined"
                + ModerationLines.reason(request.reason())
                + ".");
    return lines;
  }
}
