package kith.terminal.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.layout.Markup;
import kith.terminal.model.Room;
import kith.terminal.net.RoomCalls;
import kith.terminal.plain.Line;
import kith.terminal.plain.RoomLines;
import kith.terminal.plain.Safe;
import kith.terminal.profile.Access;
import kith.terminal.profile.ReadMarks;
import kith.terminal.update.Input;

/// The commands that the REST side carries out, one after the other; each may block.
///
/// @param hasCounted what was unread at the start was counted
record Calls(
    Access access,
    RoomCalls rooms,
    ReadMarks marks,
    AtomicBoolean hasCounted,
    Consumer<Input> inputs) {
  private static final int MOST_COUNTED = 200;

  static Calls of(Access access, ReadMarks marks, Consumer<Input> inputs) {
    return new Calls(access, RoomCalls.of(access.rest()), marks, new AtomicBoolean(), inputs);
  }

  void loadRooms() {
    var known =
        rooms.finder().mine().stream()
            .map(room -> new Input.Known(room, marks.of(room.room(), room.lastSeq().orElse(0L))))
            .toList();
    inputs.accept(new Input.MyRooms(known));
    if (hasCounted.compareAndSet(false, true)) known.forEach(this::count);
  }

  /// How much of what came since is of people. One page tells; more than that is many anyway.
  private void count(Input.Known known) {
    var room = known.room();
    long end = room.lastSeq().orElse(0L);
    if (end <= known.read() || end - known.read() > MOST_COUNTED) return;
    var page =
        access
            .rest()
            .entries(
                room.room(),
                OptionalLong.empty(),
                OptionalLong.of(known.read()),
                OptionalInt.of(MOST_COUNTED));
    if (page.more()) return;
    var messages =
        page.entries().stream()
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast)
            .filter(it -> it.seq() <= end && !it.by().equals(access.user()))
            .toList();
    int mentions =
        (int)
            messages.stream()
                .filter(it -> Markup.mentions(it.body().orElse(""), access.user()))
                .count();
    inputs.accept(new Input.Counted(room.room(), known.read(), end, messages.size(), mentions));
  }

  void loadMembers(String room) {
    inputs.accept(new Input.Members(room, members(room)));
  }

  private List<RoomAnswers.Member> members(String room) {
    var all = new ArrayList<RoomAnswers.Member>();
    var next = Optional.<String>empty();
    do {
      var page = access.rest().members(room, next);
      all.addAll(page.members());
      next = page.next();
    } while (next.isPresent() && all.size() < Room.MOST_MEMBERS);
    return all;
  }

  void carryOut(Line line, String room) {
    var rest = access.rest();
    switch (line) {
      case Line.Rooms() -> say(roomLines());
      case Line.Create(var name, var hidden) ->
          inputs.accept(new Input.Entered(rooms.create(name, hidden)));
      case Line.Join(var what, var passcode) ->
          inputs.accept(new Input.Entered(rooms.join(what, passcode)));
      case Line.Message(var user, var text) ->
          inputs.accept(new Input.Talking(rest.conversation(user), text));
      case Line.ChooseStatus(var status) -> rest.chooseStatus(status);
      case Line.Leave() -> {
        rest.leave(room);
        inputs.accept(new Input.Left(room));
      }
      case Line.Who() -> say(members(room).stream().map(RoomLines::member).toList());
      case Line.Topic(var topic) -> rooms.changeTopic(room, topic);
      case Line.Invite() -> {
        var made = rooms.invite(room);
        say(
            List.of(
                "Others come in with:",
                "/join " + made.token().orElse(""),
                "until " + made.expires()));
      }
      case Line.ChangeRole(var user, var role) -> rest.changeRole(room, user, role);
      case Line.Kick(var user) -> rest.kick(room, user);
      case Line.Ban(var user, var reason) -> rest.ban(room, user, reason);
      case Line.Unban(var user) -> rest.unban(room, user);
      case Line.Devices() -> say(deviceLines());
      case Line.LogOut() -> {
        access.logOut();
        inputs.accept(new Input.Hangup());
      }
      case Line.Nothing _,
          Line.Wrong _,
          Line.Say _,
          Line.Reply _,
          Line.Edit _,
          Line.Redact _,
          Line.Help _,
          Line.Switch _,
          Line.History _,
          Line.Quit _ ->
          throw new IllegalStateException("not for the server: " + line);
    }
  }

  private void say(List<String> lines) {
    inputs.accept(new Input.Said(lines, false));
  }

  private List<String> roomLines() {
    var mine = rooms.finder().mine();
    var lines = new ArrayList<>(mine.stream().map(RoomLines::own).toList());
    rooms.publicRooms().rooms().stream()
        .filter(room -> mine.stream().noneMatch(it -> it.room().equals(room.room())))
        .map(RoomLines::other)
        .forEach(lines::add);
    return lines.isEmpty() ? List.of("There is no room yet: /create NAME makes one.") : lines;
  }

  private List<String> deviceLines() {
    return access.rest().devices().devices().stream()
        .map(device ->
            (device.current() ? "* " : "  ")
                + Safe.line(device.name())
                + ", last used "
                + device.lastUsed())
        .toList();
  }
}
