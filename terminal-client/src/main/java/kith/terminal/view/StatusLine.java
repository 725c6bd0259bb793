package kith.terminal.view;

import java.util.ArrayList;
import java.util.Optional;
import kith.protocol.Status;
import kith.terminal.keys.Action;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.net.ConnectionState;
import kith.terminal.plain.Sanitizer;

/// The state of the connection, the unsent messages and the unread rooms.
final class StatusLine {
  private StatusLine() {}

  static void draw(Brush brush, Model model, Panes panes) {
    int columns = panes.columns();
    var left = " " + left(model);
    var right = right(model);
    int width = Graphemes.columns(right);
    // on a narrow screen the node's name yields to the keys
    if (Graphemes.columns(left) + width + 2 > columns) left = " " + state(model);
    if (Graphemes.columns(left) + width + 2 > columns) right = rooms(model);
    width = Graphemes.columns(right);
    brush.bar(0, panes.statusRow(), columns, left, Tone.BAR);
    if (Graphemes.columns(left) + width + 1 <= columns) {
      brush.text(columns - width - 1, panes.statusRow(), width + 1, right, Tone.BAR);
    }
  }

  private static String left(Model model) {
    return (state(model) + "  " + detail(model)).strip();
  }

  private static String state(Model model) {
    var parts = new ArrayList<String>();
    parts.add(connection(model));
    if (model.waiting() > 0) parts.add("… " + model.waiting() + " waiting");
    if (model.failed() > 0) parts.add("✗ " + model.failed() + " not sent");
    if (model.settings().preferences().isQuiet()) parts.add("notifications off");
    return String.join("  ", parts).strip();
  }

  private static String connection(Model model) {
    return switch (model.connection()) {
      case ConnectionState.Connecting() -> "◌ connecting";
      case ConnectionState.Online _ -> online(model);
      case ConnectionState.Waiting _ -> "○ offline, trying again";
      case ConnectionState.Ended _ -> "✗ disconnected";
    };
  }

  private static String online(Model model) {
    var user = Sanitizer.line(model.user());
    if (model.presence().is(model.user(), Status.DND)) return "⊖ " + user + " (do not disturb)";
    if (model.presence().is(model.user(), Status.INVISIBLE)) return "◌ " + user + " (invisible)";
    return "● " + user;
  }

  private static String detail(Model model) {
    return switch (model.connection()) {
      case ConnectionState.Connecting() -> "";
      case ConnectionState.Online(var welcome) ->
          "on " + Sanitizer.line(welcome.node()) + roundTrip(model);
      case ConnectionState.Waiting(_, var why) -> Sanitizer.line(why);
      case ConnectionState.Ended(_, var message) -> Sanitizer.line(message);
    };
  }

  private static String roundTrip(Model model) {
    var millis = model.latency().millis();
    return millis.isEmpty() ? "" : " " + millis.getAsLong() + " ms";
  }

  /// While the rooms are hidden, the key that shows them.
  private static String rooms(Model model) {
    boolean isHidden = Panes.of(model).rooms() == 0 && model.rooms().size() > 1;
    return isHidden ? model.settings().keys().hint(Action.ROOMS_PANE) + " rooms  " : "";
  }

  private static String right(Model model) {
    long rooms =
        model.rooms().stream()
            .filter(
                room -> room.needsAttention() && !model.current().equals(Optional.of(room.id())))
            .count();
    var keys = model.settings().keys();
    var unread = rooms + " unread: " + keys.hint(Action.NEXT_UNREAD) + "  ";
    long asked = model.contacts().requests();
    var requests =
        asked == 0
            ? ""
            : asked
                + (asked == 1 ? " request: " : " requests: ")
                + keys.hint(Action.CONTACTS)
                + "  ";
    return rooms(model) + requests + (rooms == 0 ? "" : unread) + keys.hint(Action.HELP) + " help ";
  }
}
