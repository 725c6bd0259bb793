package kith.node.platform.database;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Decides which of several PostgreSQL servers is the primary, by their answers.
///
/// A former primary that came back, or was never stopped, also reports that it is one. Each
/// promotion begins a new timeline, so the server with the highest timeline is the primary, and a
/// server with a lower timeline than one seen before is not.
final class PrimaryChoice {
  private PrimaryChoice() {}

  sealed interface Answer {
    String host();
  }

  /// A server that accepts writes.
  ///
  /// @param system the same for a primary and its standbys
  /// @param started the time at which it was started, which distinguishes two servers
  record Writable(String host, long system, int timeline, String started) implements Answer {}

  record Standby(String host) implements Answer {}

  record Failed(String host, SQLException fault) implements Answer {}

  sealed interface Decision {}

  record Use(Writable primary) implements Decision {}

  /// Another answer may change the decision.
  record Wait() implements Decision {}

  /// @param reason the clause after a colon
  record None(String reason) implements Decision {}

  /// @param known the primary with the highest timeline that this process has seen
  /// @param open the number of servers that have not answered yet
  static Decision decide(Optional<Writable> known, List<Answer> answers, int open) {
    var highest =
        primaries(known, answers).stream().max(Comparator.comparingInt(Writable::timeline));
    if (highest.isPresent() && known.isPresent() && isClear(known.get(), highest.get()))
      return new Use(highest.get());
    if (open > 0) return new Wait();
    if (highest.isEmpty()) return new None(reason(known, answers));
    var equals =
        primaries(known, answers).stream()
            .filter(it -> it.timeline() == highest.get().timeline())
            .toList();
    return isOneServer(equals) ? new Use(highest.get()) : new None(conflict(equals));
  }

  /// A promotion since the last check, or the same server as before.
  private static boolean isClear(Writable known, Writable found) {
    return found.timeline() > known.timeline() || found.host().equals(known.host());
  }

  private static List<Writable> primaries(Optional<Writable> known, List<Answer> answers) {
    return answers.stream()
        .filter(Writable.class::isInstance)
        .map(Writable.class::cast)
        .filter(it -> known.isEmpty() || isCurrent(known.get(), it))
        .toList();
  }

  /// False for a former primary, and for a server with the data of another one.
  static boolean isCurrent(Writable known, Writable found) {
    return found.system() == known.system() && found.timeline() >= known.timeline();
  }

  /// Whether these are several names of one server.
  private static boolean isOneServer(List<Writable> servers) {
    return servers.stream().map(it -> it.system() + " " + it.started()).distinct().count() == 1;
  }

  private static String conflict(List<Writable> servers) {
    return servers.stream().map(Writable::host).collect(Collectors.joining(" and "))
        + " each report that they are the primary; stop the wrong one";
  }

  private static String reason(Optional<Writable> known, List<Answer> answers) {
    return answers.stream()
        .map(answer -> answer.host() + " " + state(known, answer))
        .collect(Collectors.joining(", "));
  }

  private static String state(Optional<Writable> known, Answer answer) {
    return switch (answer) {
      case Standby _ -> "is a standby";
      case Failed(var _, var fault) -> Database.complaint(fault);
      case Writable found when known.isPresent() && found.system() != known.get().system() ->
          "has the data of another server";
      case Writable _ -> "is a former primary";
    };
  }
}
