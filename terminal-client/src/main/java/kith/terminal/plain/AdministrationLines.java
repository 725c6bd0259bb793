package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.protocol.Program;
import kith.protocol.rest.Administration.AccountDetails;
import kith.protocol.rest.Administration.ListedAccount;
import kith.protocol.rest.Administration.ListedRoom;
import kith.protocol.rest.Administration.MadeAnnouncement;
import kith.protocol.rest.Administration.Maintenance;
import kith.protocol.rest.Administration.NetworkBan;
import kith.protocol.rest.Administration.PasswordReset;
import kith.terminal.net.AdministrationCalls;

/// The texts of the administration of a server.
public final class AdministrationLines {
  private AdministrationLines() {}

  /// Executes a command of an administrator.
  public static List<String> run(AdministrationCalls calls, InputLine.AboutServer asked) {
    return switch (asked) {
      case InputLine.ShowMaintenance() ->
          Stream.concat(
                  Stream.of("maintenance: " + summary(calls.maintenance())),
                  onTheCommandLine().stream())
              .toList();
      case InputLine.ListAccounts(var query) ->
          listed(
              calls.accounts(query).accounts().stream().map(it -> it.user() + ": " + summary(it)),
              "There is no such account.");
      case InputLine.ListAllRooms(var query) ->
          listed(
              calls.rooms(query).rooms().stream()
                  .map(it -> Sanitizer.line(it.name()) + ", " + it.room() + ": " + summary(it)),
              "There is no such room.");
      case InputLine.ListNetworkBans() ->
          listed(
              calls.bans().bans().stream().map(it -> it.network() + ": " + summary(it)),
              "No network is banned.");
      case InputLine.ListAnnouncements() ->
          listed(
              calls.announcements().announcements().stream()
                  .map(it ->
                      "%d: %s (%s)".formatted(it.number(), Sanitizer.line(it.text()), summary(it))),
              "There are no announcements.");
      case InputLine.ShowAccount(var user) -> lines(calls.account(user));
      case InputLine.DisableAccount(var user, var is) -> {
        calls.disable(user, is);
        yield List.of(user + (is ? " is disabled." : " is enabled again."));
      }
      case InputLine.EndDevicesOf(var user) -> {
        calls.endDevices(user);
        yield List.of("All devices of " + user + " are logged out.");
      }
      case InputLine.ResetPasswordOf(var user) -> lines(calls.resetPassword(user));
      case InputLine.TakeOver(var room, var user) -> {
        calls.appointOwner(room, user);
        yield List.of(user + " owns the room now.");
      }
      case InputLine.ArchiveRoom(var room, var name, var is) -> {
        calls.archiveRoom(room, is);
        yield List.of(name + (is ? " is archived." : " is open again."));
      }
      case InputLine.DeleteAnyRoom(var room, var name) -> {
        calls.deleteRoom(room);
        yield List.of(name + " is deleted.");
      }
      case InputLine.BanNetwork(var network, var reason) -> {
        calls.ban(network, reason);
        yield List.of(network + " is banned.");
      }
      case InputLine.UnbanNetwork(var network) -> {
        calls.unban(network);
        yield List.of(network + " is no longer banned.");
      }
      case InputLine.Announce(var text) -> {
        calls.announce(text);
        yield List.of("Everybody reads it for a week; /admin withdraws it.");
      }
      case InputLine.Withdraw(var number) -> {
        calls.withdraw(number);
        yield List.of("The announcement is withdrawn.");
      }
      case InputLine.Maintain(var on, var message) -> {
        calls.maintain(on, message);
        yield List.of(on ? "Maintenance: nobody can change anything." : "Maintenance is over.");
      }
    };
  }

  private static List<String> listed(Stream<String> lines, String none) {
    var all = lines.toList();
    return all.isEmpty() ? List.of(none) : all;
  }

  /// Deletes a room only if its name is repeated, because a line cannot be taken back.
  static List<String> confirmed(AdministrationCalls calls, InputLine.AboutServer asked) {
    if (!(asked instanceof InputLine.DeleteAnyRoom(var id, var typed))) return run(calls, asked);
    var name =
        calls.rooms(id).rooms().stream()
            .filter(it -> it.room().equals(id))
            .map(ListedRoom::name)
            .findFirst();
    if (name.isEmpty()) return List.of("There is no such room.");
    return name.get().equals(typed)
        ? run(calls, asked)
        : List.of(
            "This deletes the room and everything in it for all members, for good.",
            "To do it, type: /admin delete-room " + id + " " + Sanitizer.line(name.get()));
  }

  private static List<String> lines(PasswordReset reset) {
    return List.of(
        "Give " + reset.user() + " this code; it is valid until " + LocalTime.text(reset.expires()),
        reset.code(),
        "It sets a new password with: " + Program.NAME + " new-password");
  }

  private static List<String> lines(AccountDetails account) {
    var lines = new ArrayList<String>();
    lines.add(
        Sanitizer.line(
            account.user()
                + account.displayName().map(it -> " (" + it + ")").orElse("")
                + account.email().map(it -> " <" + it + ">").orElse("")));
    lines.add(summary(account));
    account.resetExpires().ifPresent(at -> lines.add("password code until " + LocalTime.text(at)));
    account.devices().stream()
        .map(it -> Sanitizer.line(it.name()) + ", last used " + LocalTime.text(it.lastUsed()))
        .forEach(lines::add);
    return lines;
  }

  /// An account in one line.
  public static String summary(AccountDetails account) {
    return joined(
        Stream.of(
            account.role().name().toLowerCase(Locale.ROOT),
            account.disabled() ? "disabled" : "",
            "since " + LocalTime.text(account.created()),
            count(account.rooms(), "room"),
            count(account.devices().size(), "device")));
  }

  public static String summary(ListedAccount account) {
    return joined(
        Stream.of(
            account.displayName().map(Sanitizer::line).orElse(""),
            account.email().map(Sanitizer::line).orElse(""),
            account.role().name().toLowerCase(Locale.ROOT),
            account.disabled() ? "disabled" : "",
            count(account.devices(), "device"),
            account.lastUsed().map(it -> "used " + it).orElse("")));
  }

  public static String summary(ListedRoom room) {
    return joined(
        Stream.of(
            room.visibility().name().toLowerCase(Locale.ROOT),
            count(room.members(), "member"),
            count(room.entries(), "entry", "entries"),
            FileLines.size(room.fileBytes()) + " of files",
            room.archived().orElse(false) ? "archived" : "",
            room.orphaned()
                ? "orphaned"
                : "owned by " + room.owners().stream().collect(Collectors.joining(", "))));
  }

  public static String summary(NetworkBan ban) {
    return joined(
        Stream.of(
            "by " + ban.by(),
            ban.until().map(it -> "until " + LocalTime.text(it)).orElse("without end"),
            ban.reason().map(Sanitizer::line).orElse("")));
  }

  public static String summary(MadeAnnouncement made) {
    return "by " + made.by() + ", until " + LocalTime.text(made.until());
  }

  public static String summary(Maintenance now) {
    if (!now.on()) return "off";
    return "on"
        + now.since().map(it -> " since " + LocalTime.text(it)).orElse("")
        + now.by().map(it -> ", by " + it).orElse("");
  }

  /// The acts that only the command line offers.
  public static List<String> onTheCommandLine() {
    return List.of(
        "These need the command line, on a node's machine or with --server:",
        Program.NAME + " admin grant, delete, export, reset-second-factor, rebuild",
        Program.NAME + " admin reports, audit, bot, filter, limits, quota, invite");
  }

  private static String count(long number, String one) {
    return count(number, one, one + "s");
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private static String joined(Stream<String> parts) {
    return parts.filter(it -> !it.isEmpty()).collect(Collectors.joining(" · "));
  }
}
