package kith.terminal.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.model.Room;
import kith.terminal.net.RoomCalls;
import kith.terminal.plain.Contacted;
import kith.terminal.plain.Line;
import kith.terminal.plain.RoomLines;
import kith.terminal.plain.Safe;
import kith.terminal.profile.Access;
import kith.terminal.update.Input;
import kith.terminal.update.Request;

/// The commands that the REST side carries out, one after the other; each may block.
record Calls(Access access, RoomCalls rooms, Consumer<Input> inputs) {
  static Calls of(Access access, Consumer<Input> inputs) {
    return new Calls(access, RoomCalls.of(access.rest()), inputs);
  }

  void carryOut(Request.Rest call) {
    switch (call) {
      case Request.LoadRoom(var room) -> {
        inputs.accept(new Input.Described(access.rest().room(room)));
        loadMembers(room);
      }
      case Request.LoadMembers(var room) -> loadMembers(room);
      case Request.Mute(var room, var is) -> access.rest().mute(room, is);
      case Request.Run(var line, var room) -> carryOut(line, room);
    }
  }

  private void loadMembers(String room) {
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

  private void carryOut(Line line, String room) {
    var rest = access.rest();
    switch (line) {
      case Line.Rooms() -> say(roomLines());
      case Line.Create(var name, var hidden) ->
          inputs.accept(new Input.Entered(rooms.create(name, hidden)));
      case Line.Join(var what, var passcode) ->
          inputs.accept(new Input.Entered(rooms.join(what, passcode)));
      case Line.OfContacts asked -> say(Contacted.carryOut(rest, asked));
      case Line.Message(var user, var text) ->
          inputs.accept(new Input.Talking(rest.conversation(user), text));
      case Line.Block(var user, var is) -> {
        rest.block(user, is);
        say(
            List.of(
                is
                    ? "You see nothing of " + user + " any more, and " + user + " cannot tell."
                    : "You see " + user + " again. What was hidden shows when it is loaded anew."));
      }
      case Line.Blocked() -> {
        var users = rest.blocked().users();
        say(users.isEmpty() ? List.of("You have blocked nobody.") : users);
      }
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
