package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kith.protocol.Program;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Accounts.ChangeProfile;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;

/// The user's account as lines of text, and its changes.
public final class AccountLines {
  private AccountLines() {}

  public static List<String> run(Rest rest, InputLine.AboutAccount line) {
    return switch (line) {
      case InputLine.Account(var change) ->
          change.map(it -> lines(rest.changeProfile(it))).orElseGet(() -> account(rest));
      case InputLine.Privacy(var change) -> PrivacyLines.run(rest, change);
      case InputLine.SecondFactor() -> SecondFactorLines.lines(rest.secondFactor());
      case InputLine.Profile(var user) -> lines(rest.user(user));
      case InputLine.ProfilePicture(var user) ->
          List.of("Only the screen shows pictures. To save it: " + saving(user));
      case InputLine.Blocked() -> {
        var users = rest.blocked().users();
        yield users.isEmpty()
            ? List.of("You have blocked nobody.")
            : users.stream().map(it -> Sanitizer.line(it)).toList();
      }
      case InputLine.Devices() ->
          rest.devices().devices().stream().map(AccountLines::line).toList();
      case InputLine.EndDevice(var device) -> {
        if (device.isPresent()) rest.logOut(device.get());
        else endOthers(rest);
        yield List.of(
            device.isPresent() ? "The device is logged out." : "All other devices are logged out.");
      }
    };
  }

  /// Empty if there is no such part.
  public static Optional<ChangeProfile> change(String part, String value) {
    var removable = Optional.of(value.equals(RoomSettings.NONE) ? "" : value);
    var none = Optional.<String>empty();
    return switch (part.toLowerCase(Locale.ROOT)) {
      case "name" -> Optional.of(new ChangeProfile(removable, none, none, Optional.empty()));
      case "picture" -> Optional.of(new ChangeProfile(none, removable, none, Optional.empty()));
      case "email" -> Optional.of(new ChangeProfile(none, none, removable, Optional.empty()));
      default -> Optional.empty();
    };
  }

  /// True if a new picture of the profile is a file, not a URL.
  public static boolean isFile(String picture) {
    return !picture.equals(RoomSettings.NONE) && !picture.matches("(?i)https?://.*");
  }

  /// The server's call for all devices would end this one, too.
  private static void endOthers(Rest rest) {
    rest.devices().devices().stream()
        .filter(device -> !device.current())
        .forEach(device -> rest.logOut(device.device()));
  }

  private static List<String> account(Rest rest) {
    var lines = lines(rest.account());
    try {
      lines.add("files    " + FileLines.used(rest.fileQuota()));
    } catch (Refused refused) {
      // a server without files
      if (refused.status() != 404) throw refused;
    }
    return lines;
  }

  private static List<String> lines(Accounts.Account account) {
    var lines = new ArrayList<String>();
    lines.add("user     " + Sanitizer.line(account.user()));
    lines.add("name     " + orNone(account.displayName()));
    lines.add("picture  " + picture(account.user(), account.picture()));
    lines.add("email    " + orNone(account.email()));
    lines.add("rooms    " + account.rooms().size());
    lines.add("created  " + LocalTime.text(account.created()));
    return lines;
  }

  private static List<String> lines(Accounts.Profile profile) {
    var lines = new ArrayList<String>();
    lines.add("user     " + Sanitizer.line(profile.user()));
    lines.add("name     " + orNone(profile.displayName()));
    lines.add("picture  " + picture(profile.user(), profile.picture()));
    profile.botOf().ifPresent(owner -> lines.add("⚙        a bot of " + Sanitizer.line(owner)));
    return lines;
  }

  /// A path is an uploaded picture.
  private static String picture(String user, Optional<String> address) {
    return address.filter(it -> it.startsWith("/")).isPresent()
        ? "uploaded: /picture " + Sanitizer.line(user) + ", or " + saving(user)
        : orNone(address);
  }

  private static String saving(String user) {
    return Program.NAME + " whois " + Sanitizer.line(user) + " --picture FILE";
  }

  private static String orNone(Optional<String> value) {
    return value.map(it -> Sanitizer.line(it)).orElse(RoomSettings.NONE);
  }

  private static String line(Accounts.Device device) {
    return (device.current() ? "* " : "  ") + device.device() + "  " + text(device);
  }

  /// The name of a device and its last use, without its id.
  public static String text(Accounts.Device device) {
    return Sanitizer.line(device.name()) + ", last used " + LocalTime.text(device.lastUsed());
  }
}
