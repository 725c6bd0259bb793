package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import kith.terminal.net.Unreachable;

/// The servers among which line mode switches: their names, and the choice of one by its name.
final class ServerLines {
  private ServerLines() {}

  /// A login.
  record Login(String address, String user, String profile) {
    String account() {
      return user + "@" + address;
    }
  }

  /// @param current the profile that is open
  static List<String> of(List<Login> logins, String current) {
    var lines = new ArrayList<String>();
    for (var it : logins)
      lines.add(
          Sanitizer.line(it.address())
              + ", as "
              + Sanitizer.line(it.user())
              + (it.profile().equals(current) ? ", open now" : ""));
    return lines;
  }

  /// The one with this address, account or profile, or else the only one that begins so.
  static Login named(List<Login> logins, String name) {
    var asked = name.toLowerCase(Locale.ROOT);
    var exact = matching(logins, asked::equals);
    var found = exact.isEmpty() ? matching(logins, it -> it.startsWith(asked)) : exact;
    if (found.isEmpty())
      throw new Unreachable("There is no login at " + name + ": /server add " + name);
    if (found.size() > 1)
      throw new Unreachable(
          name
              + " may be any of "
              + String.join(", ", found.stream().map(Login::account).toList())
              + ".");
    return found.getFirst();
  }

  private static List<Login> matching(List<Login> logins, Predicate<String> is) {
    return logins.stream()
        .filter(it ->
            List.of(it.address(), it.account(), it.profile()).stream()
                .anyMatch(name -> is.test(name.toLowerCase(Locale.ROOT))))
        .toList();
  }
}
