package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.net.Features;
import kith.terminal.net.NotificationCalls;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;

/// The settings that have a meaning in lines, each with the command that changes it.
final class SettingLines {
  private SettingLines() {}

  /// @param room the current one; empty if there is none
  static List<String> of(Rest rest, String room, boolean isSortedByHand) {
    var lines = new ArrayList<String>();
    rest.inbox().rooms().stream()
        .filter(it -> it.room().equals(room))
        .map(SettingLines::mute)
        .forEach(lines::add);
    lines.add(
        isSortedByHand
            ? "rooms are sorted: by hand (/order sorts them automatically)"
            : "rooms are sorted: automatically (/order ROOM PLACE moves one)");
    lines.addAll(rules(rest, room));
    lines.add("more: /status, /privacy, /account, /password, /room");
    return lines;
  }

  private static String mute(InboxRoom row) {
    return "this room: " + (row.muted() ? "muted" : "not muted") + " (/mute changes it)";
  }

  /// A server without push has no rules.
  private static List<String> rules(Rest rest, String room) {
    try {
      return RuleSettings.of(new NotificationCalls(rest).rules(), room).stream()
          .map(SettingLines::line)
          .toList();
    } catch (Refused refused) {
      if (!refused.code().equals(Features.NOT_OFFERED)) throw refused;
      return List.of();
    }
  }

  private static String line(RuleSettings.Setting setting) {
    var command = setting.command().strip();
    return setting.label()
        + ": "
        + Sanitizer.line(setting.value())
        + " ("
        + (command.equals("/keywords") ? "/keywords WORD, WORD" : Sanitizer.line(command))
        + ")";
  }
}
