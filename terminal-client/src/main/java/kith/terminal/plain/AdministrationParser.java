package kith.terminal.plain;

import static kith.terminal.plain.Arguments.seq;
import static kith.terminal.plain.Arguments.userName;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Parses `/admin`, whose parts have the names of the commands of `./kith admin`.
final class AdministrationParser {
  private AdministrationParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "admin",
            "[accounts TEXT | show|disable|enable|end-devices|reset-password USER | rooms TEXT |"
                + " take-over ROOM-ID USER | archive-room|unarchive-room ROOM-ID | delete-room"
                + " ROOM-ID NAME | bans | ban NETWORK [REASON] | unban NETWORK | announcements |"
                + " announce TEXT | withdraw NUMBER | maintenance on|off [TEXT]]",
            "administer the server",
            rest -> parse(rest).map(it -> it)));
  }

  static Optional<InputLine.AboutServer> parse(String text) {
    var words = text.strip().split("\\s+", 2);
    var rest = words.length < 2 ? "" : words[1].strip();
    var name = words[0].toLowerCase(Locale.ROOT);
    return switch (name) {
      case "" -> Optional.of(new InputLine.ShowMaintenance());
      case "accounts" -> Optional.of(new InputLine.ListAccounts(rest));
      case "rooms" -> Optional.of(new InputLine.ListAllRooms(rest));
      case "bans", "announcements" ->
          rest.isEmpty()
              ? Optional.of(
                  name.equals("bans")
                      ? new InputLine.ListNetworkBans()
                      : new InputLine.ListAnnouncements())
              : Optional.empty();
      case "announce" ->
          rest.isEmpty() ? Optional.empty() : Optional.of(new InputLine.Announce(rest));
      case "withdraw" -> seq(rest).map(InputLine.Withdraw::new);
      case "maintenance" -> maintenance(rest);
      case "ban" -> ban(rest);
      case "take-over", "delete-room" -> ofRoom(name, rest);
      default -> ofOne(name, rest);
    };
  }

  private static Optional<InputLine.AboutServer> maintenance(String rest) {
    var parts = rest.split("\\s+", 2);
    var on = parts[0].toLowerCase(Locale.ROOT);
    if (rest.isEmpty()) return Optional.of(new InputLine.ShowMaintenance());
    return on.equals("on") || on.equals("off")
        ? Optional.of(new InputLine.Maintain(on.equals("on"), Arguments.second(parts)))
        : Optional.empty();
  }

  private static Optional<InputLine.AboutServer> ban(String rest) {
    var parts = rest.split("\\s+", 2);
    return rest.isEmpty()
        ? Optional.empty()
        : Optional.of(new InputLine.BanNetwork(parts[0], Arguments.second(parts)));
  }

  private static Optional<InputLine.AboutServer> ofRoom(String name, String rest) {
    var parts = rest.split("\\s+", 2);
    if (rest.isEmpty()) return Optional.empty();
    if (name.equals("delete-room"))
      return Optional.of(
          new InputLine.DeleteAnyRoom(
              parts[0], Arguments.second(parts).map(Arguments::unquoted).orElse("")));
    return parts.length == 2 && !parts[1].contains(" ")
        ? Optional.of(new InputLine.TakeOver(parts[0], userName(parts[1])))
        : Optional.empty();
  }

  private static Optional<InputLine.AboutServer> ofOne(String name, String rest) {
    if (rest.isEmpty() || rest.contains(" ")) return Optional.empty();
    return switch (name) {
      case "show" -> Optional.of(new InputLine.ShowAccount(userName(rest)));
      case "disable" -> Optional.of(new InputLine.DisableAccount(userName(rest), true));
      case "enable" -> Optional.of(new InputLine.DisableAccount(userName(rest), false));
      case "end-devices" -> Optional.of(new InputLine.EndDevicesOf(userName(rest)));
      case "reset-password" -> Optional.of(new InputLine.ResetPasswordOf(userName(rest)));
      case "archive-room" -> Optional.of(new InputLine.ArchiveRoom(rest, rest, true));
      case "unarchive-room" -> Optional.of(new InputLine.ArchiveRoom(rest, rest, false));
      case "unban" -> Optional.of(new InputLine.UnbanNetwork(rest));
      default -> Optional.empty();
    };
  }
}
