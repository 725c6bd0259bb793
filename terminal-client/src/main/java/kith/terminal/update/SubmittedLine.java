package kith.terminal.update;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.terminal.config.Conf;
import kith.terminal.keys.Action;
import kith.terminal.model.Editor;
import kith.terminal.model.Form;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker.Kind;
import kith.terminal.model.Pins;
import kith.terminal.model.Restrictions;
import kith.terminal.model.Room;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.LineParser;

/// Handles Enter in the editor: the line is a message or a slash command.
public final class SubmittedLine {
  private static final int MAX_RECALLED = 100;

  private SubmittedLine() {}

  /// All slash commands with their usage. Some are also bound to keys.
  public static Map<String, String> usages() {
    var usages = new LinkedHashMap<>(LineParser.usages());
    usages.put("retry", "/retry  connect now, or retry a refused message");
    usages.put("theme", "/theme NAME  " + String.join(", ", Conf.THEMES));
    usages.put("dnd", "/dnd  turn notifications off or on");
    usages.put("mouse", "/mouse  turn mouse support on or off");
    usages.putAll(ScreenCommands.USAGES);
    return usages;
  }

  static void submit(StepBuilder step) {
    var text = step.editor.text();
    if (text.isBlank()) return;
    step.notice = Notice.NONE;
    var editor = step.editor;
    // the edited message may begin with a slash
    boolean isPlainText = editor.purpose() instanceof Editor.Edit;
    var line = isPlainText ? new InputLine.Say(text) : LineParser.read(text);
    // a command may switch to another room, which restores that room's draft
    step.editor = Editor.empty();
    if (!run(step, line, editor)) {
      step.editor = editor;
      return;
    }
    addToHistory(step, text);
    step.recalled = -1;
  }

  /// Runs a command without arguments; the text in the editor stays.
  static void run(StepBuilder step, String command) {
    step.notice = Notice.NONE;
    var typed = step.editor;
    run(step, LineParser.read(command), typed.with(command));
  }

  /// Makes the text the latest of the input history.
  static void addToHistory(StepBuilder step, String text) {
    if (text.isBlank()) return;
    step.recalled = -1;
    step.sent.remove(text);
    step.sent.addFirst(text);
    if (step.sent.size() > MAX_RECALLED) step.sent.removeLast();
  }

  /// @return whether the editor can be cleared
  private static boolean run(StepBuilder step, InputLine line, Editor editor) {
    switch (line) {
      case InputLine.Nothing() -> {}
      case InputLine.Wrong(var sentence) -> {
        if (screenCommand(step, editor.text())) return true;
        if (!step.notice.isError()) step.error(sentence);
        return false;
      }
      case InputLine.Say(var text) -> {
        // copied lines end with a line break, which would be an empty row
        return inRoom(
            step, room -> OwnPosts.send(step, room, text.stripTrailing(), editor.purpose()));
      }
      case InputLine.Act act -> {
        return inRoom(
            step, room -> OwnPosts.send(step, room, act.body(step.user), editor.purpose()));
      }
      case InputLine.Reply(var seq, var text) -> {
        return inRoom(
            step,
            room ->
                OwnPosts.post(
                    step,
                    new ClientFrame.Send(step.moment.id(), room.id(), text, OptionalLong.of(seq))));
      }
      case InputLine.Edit(var seq, var text) -> {
        return inRoom(
            step,
            room ->
                OwnPosts.post(step, new ClientFrame.Edit(step.moment.id(), room.id(), seq, text)));
      }
      case InputLine.Redact(var seq, var reason) -> {
        return inRoom(
            step,
            room ->
                OwnPosts.post(
                    step, new ClientFrame.Redact(step.moment.id(), room.id(), seq, reason)));
      }
      case InputLine.React(var seq, var emoji) -> {
        var room = step.shownRoom();
        return room.isPresent()
            ? OwnPosts.react(step, room.get(), seq, emoji)
            : inRoom(step, _ -> {});
      }
      case InputLine.Pin(var seq, var is) -> {
        if (!OwnPosts.offers(step, "pins")) return false;
        return inRoom(
            step, room -> OwnPosts.post(step, Pins.post(step.moment.id(), room.id(), seq, is)));
      }
      case InputLine.Pins() -> {
        return inRoom(step, room -> Pickers.open(step, Kind.PINS, room.id()));
      }
      case InputLine.Thread(var seq) -> {
        return inRoom(step, _ -> ThreadActions.open(step, seq));
      }
      case InputLine.SendFile(var path) -> {
        return inRoom(step, room -> FileActions.find(step, room, path));
      }
      case InputLine.SaveFiles(var seq) -> {
        return inRoom(step, room -> FileActions.save(step, room, seq));
      }
      case InputLine.Threads() -> {
        if (!OwnPosts.offers(step, "threads")) return false;
        Pickers.open(step, Kind.THREADS, "");
      }
      case InputLine.Follow follow -> {
        if (step.currentRoom().isEmpty()) return inRoom(step, _ -> {});
        return ThreadActions.follow(step, step.currentRoom().get(), follow);
      }
      case InputLine.Reminders() -> {
        if (!OwnPosts.offers(step, "reminders")) return false;
        Pickers.open(step, Kind.REMINDERS, "");
      }
      case InputLine.Remind remind -> {
        if (!OwnPosts.offers(step, "reminders")) return false;
        if (remind.seq().isPresent())
          return inRoom(step, room -> step.request(new Request.Run(line, room.id())));
        step.request(new Request.Run(line, ""));
      }
      case InputLine.Bookmarks() -> Pickers.open(step, Kind.BOOKMARKS, "");
      case InputLine.Contacts(), InputLine.Requests() -> step.overlay = new Overlay.ContactList(0);
      case InputLine.Help() -> step.overlay = new Overlay.Help("", 0);
      case InputLine.Switch(var name) -> {
        var found = named(step, name);
        if (found.isEmpty()) step.error("You are not in '" + name + "'. /join it first.");
        else RoomNavigation.goTo(step, found.get().id());
        return found.isPresent();
      }
      case InputLine.Quit() -> step.isOver = true;
      case InputLine.History _ -> ChatActions.act(step, Action.PAGE_UP);
      case InputLine.Search(var query) -> ServerSearches.open(step, query);
      case InputLine.Bans() -> {
        return inRoom(step, room -> Pickers.open(step, Kind.BANS, room.id()));
      }
      case InputLine.Reports() -> {
        return Moderations.open(step, Kind.REPORTS, Restrictions::reports) || inRoom(step, _ -> {});
      }
      case InputLine.Joins() -> {
        return Moderations.open(step, Kind.JOINS, Restrictions::joins) || inRoom(step, _ -> {});
      }
      case InputLine.Mutes() -> {
        return inRoom(step, room -> Pickers.open(step, Kind.MUTES, room.id()));
      }
      case InputLine.Invitations() -> {
        return inRoom(step, room -> Pickers.open(step, Kind.INVITATIONS, room.id()));
      }
      case InputLine.DeleteRoom _ -> {
        return inRoom(step, room -> askToDelete(step, room));
      }
      case InputLine.Rooms() -> Pickers.open(step, Kind.ROOMS, "");
      case InputLine.Devices() -> Pickers.open(step, Kind.DEVICES, "");
      case InputLine.Blocked() -> Pickers.open(step, Kind.BLOCKED, "");
      case InputLine.ChangePassword() ->
          step.overlay = new Overlay.ChangePassword(Form.ofNewPassword(step.user));
      case InputLine.Call call -> {
        if (screenCommand(step, editor.text())) return true;
        if (step.notice.isError()) return false;
        return step.currentRoom().isPresent()
            ? BotCommands.call(step, step.currentRoom().get(), call)
            : inRoom(step, _ -> {});
      }
      case InputLine.PlaceRoom(var name, var place) -> {
        var room = named(step, name);
        if (room.isEmpty()) step.error("You are not in '" + name + "'.");
        else RoomOrder.place(step, room.get().id(), place);
        return room.isPresent();
      }
      case InputLine.InLines _ -> {
        if (screenCommand(step, editor.text())) return true;
        if (!step.notice.isError()) step.error(wrong(editor.text()));
        return false;
      }
      case InputLine.AboutServer asked -> AdministrationActions.command(step, asked);
      case InputLine.AboutRoom _ -> {
        return inRoom(step, room -> step.request(new Request.Run(line, room.id())));
      }
      case InputLine.Create _,
          InputLine.Join _,
          InputLine.AboutUser _,
          InputLine.AboutNotifications _,
          InputLine.Unremind _,
          InputLine.Postpone _,
          InputLine.LogOut _ ->
          step.request(new Request.Run(line, step.current.orElse("")));
    }
    return true;
  }

  private static String wrong(String text) {
    var name = text.strip().substring(1).split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    return "Usage: " + usages().getOrDefault(name, "/" + name);
  }

  private static void askToDelete(StepBuilder step, Room room) {
    Confirmations.ask(
        step,
        new Overlay.Question.Run(
            "Delete this room and its messages for all members, for good?",
            room.name(),
            new InputLine.DeleteRoom(Optional.of(room.name())),
            room.id(),
            Optional.empty()));
  }

  private interface Work {
    void in(Room room);
  }

  private static boolean inRoom(StepBuilder step, Work work) {
    if (step.currentRoom().isEmpty()) {
      step.notice = new Notice(List.of("You are not in a room: /join NAME or /create NAME."), true);
      return false;
    }
    var room = step.shownRoom().get();
    if (room.listing().isGone()) {
      step.error(room.name() + ": you are no longer a member.");
      return false;
    }
    work.in(room);
    return true;
  }

  static Optional<Room> named(StepBuilder step, String name) {
    return step.rooms.stream()
        .filter(room -> room.name().equalsIgnoreCase(name) || room.id().equals(name))
        .findFirst()
        .or(() -> numbered(step, name));
  }

  private static Optional<Room> numbered(StepBuilder step, String number) {
    return number.matches("[1-9]\\d{0,3}")
        ? step.numbers.room(Integer.parseInt(number)).flatMap(step::room)
        : Optional.empty();
  }

  private static boolean screenCommand(StepBuilder step, String text) {
    var parts = text.strip().split("\\s+", 2);
    var name = parts[0].toLowerCase(Locale.ROOT);
    switch (name) {
      case "/help" -> step.overlay = new Overlay.Help(parts.length < 2 ? "" : parts[1], 0);
      case "/retry" -> OwnPosts.retry(step);
      case "/drop" -> OwnPosts.drop(step);
      case "/mute" -> {
        if (parts.length > 1) return false;
        PreferenceActions.toggleMute(step);
      }
      case "/dnd" -> PreferenceActions.toggleNotifications(step);
      case "/mouse" -> PreferenceActions.toggleMouse(step);
      case "/order" -> RoomOrder.reset(step);
      case "/theme" -> {
        var theme = parts.length < 2 ? "" : parts[1].toLowerCase(Locale.ROOT);
        if (!Conf.THEMES.contains(theme)) return false;
        step.theme = theme;
      }
      default -> {
        return ScreenCommands.command(step, name, parts.length < 2 ? "" : parts[1]);
      }
    }
    return true;
  }
}
