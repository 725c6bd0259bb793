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
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.plain.Line;
import kith.terminal.plain.Lines;

/// What a finished line does: said, or a command.
public final class Typed {
  private static final int MOST_RECALLED = 100;

  private Typed() {}

  /// All commands and how they are typed; keys have some of them too.
  public static Map<String, String> usages() {
    var usages = new LinkedHashMap<>(Lines.usages());
    usages.put("retry", "/retry  try again what was refused here");
    usages.put("drop", "/drop  drop what was refused here");
    usages.put("theme", "/theme NAME  " + String.join(", ", Conf.THEMES));
    usages.put("mute", "/mute  mute this room, or hear it again");
    usages.put("dnd", "/dnd  no notifications, or again");
    usages.put("mouse", "/mouse  give the mouse to Kith, or back to the terminal");
    usages.put("order", "/order  sort the rooms as before they were moved by hand");
    usages.putAll(Chosen.USAGES);
    return usages;
  }

  static void enter(Draft draft) {
    var text = draft.editor.text();
    if (text.isBlank()) return;
    draft.notice = Notice.NONE;
    var editor = draft.editor;
    boolean isSaid = !(editor.purpose() instanceof Editor.Say);
    var line = isSaid ? new Line.Say(text) : Lines.read(text);
    // a command may lead to another room, where another draft waits
    draft.editor = Editor.empty();
    if (!carryOut(draft, line, editor)) {
      draft.editor = editor;
      return;
    }
    remember(draft, text);
    draft.recalled = -1;
  }

  /// So that the keys for what was sent before find it.
  static void remember(Draft draft, String text) {
    if (text.isBlank() || draft.sent.contains(text)) return;
    draft.sent.addFirst(text);
    if (draft.sent.size() > MOST_RECALLED) draft.sent.removeLast();
  }

  /// @return whether the text is done with
  private static boolean carryOut(Draft draft, Line line, Editor editor) {
    switch (line) {
      case Line.Nothing() -> {}
      case Line.Wrong(var sentence) -> {
        if (ownCommand(draft, editor.text())) return true;
        if (!draft.notice.isError()) draft.complain(sentence);
        return false;
      }
      case Line.Say(var words) -> {
        return inRoom(draft, room -> Outgoing.say(draft, room, words, editor.purpose()));
      }
      case Line.Reply(var seq, var words) -> {
        return inRoom(
            draft,
            room ->
                Outgoing.post(
                    draft,
                    new ClientFrame.Send(
                        draft.moment.id(), room.id(), words, OptionalLong.of(seq))));
      }
      case Line.Edit(var seq, var words) -> {
        return inRoom(
            draft,
            room ->
                Outgoing.post(
                    draft, new ClientFrame.Edit(draft.moment.id(), room.id(), seq, words)));
      }
      case Line.Redact(var seq, var reason) -> {
        return inRoom(
            draft,
            room ->
                Outgoing.post(
                    draft, new ClientFrame.Redact(draft.moment.id(), room.id(), seq, reason)));
      }
      case Line.Contacts() -> draft.overlay = new Overlay.Acquaintances(0);
      case Line.Help() -> draft.overlay = new Overlay.Help(0);
      case Line.Switch(var name) -> {
        var found = named(draft, name);
        if (found.isEmpty()) draft.complain("You are not in '" + name + "'. /join it first.");
        else Rooms.goTo(draft, found.get().id());
        return found.isPresent();
      }
      case Line.Quit() -> draft.isOver = true;
      case Line.History _ -> Talk.act(draft, Action.PAGE_UP);
      case Line.Who(),
          Line.Leave(),
          Line.Topic _,
          Line.Invite(),
          Line.ChangeRole _,
          Line.Kick _,
          Line.Ban _,
          Line.Unban _ -> {
        return inRoom(draft, room -> draft.want(new Request.Run(line, room.id())));
      }
      case Line.Rooms(),
          Line.Create _,
          Line.Join _,
          Line.OfPeople _,
          Line.Devices(),
          Line.LogOut() ->
          draft.want(new Request.Run(line, draft.current.orElse("")));
    }
    return true;
  }

  private interface Work {
    void in(Room room);
  }

  private static boolean inRoom(Draft draft, Work work) {
    if (draft.here().isEmpty()) {
      draft.notice = new Notice(List.of("You are in no room: /join NAME or /create NAME."), true);
      return false;
    }
    work.in(draft.here().get());
    return true;
  }

  static Optional<Room> named(Draft draft, String name) {
    return draft.rooms.stream()
        .filter(room -> room.name().equalsIgnoreCase(name) || room.id().equals(name))
        .findFirst();
  }

  private static boolean ownCommand(Draft draft, String text) {
    var parts = text.strip().toLowerCase(Locale.ROOT).split("\\s+", 2);
    switch (parts[0]) {
      case "/retry" -> Outgoing.retry(draft);
      case "/drop" -> Outgoing.drop(draft);
      case "/mute" -> Desk.mute(draft);
      case "/dnd" -> Desk.quiet(draft);
      case "/mouse" -> Desk.mouse(draft);
      case "/order" -> Sorting.giveBack(draft);
      case "/theme" -> {
        if (parts.length < 2 || !Conf.THEMES.contains(parts[1])) return false;
        draft.theme = parts[1];
      }
      default -> {
        return Chosen.command(draft, parts[0], parts.length < 2 ? "" : parts[1]);
      }
    }
    return true;
  }
}
