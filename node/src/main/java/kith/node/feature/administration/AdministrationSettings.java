package kith.node.feature.administration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kith.node.platform.config.Section;

/// @param sockets the directory of the Unix domain sockets of administration
/// @param auditRetention the time for which entries of the audit log are kept
/// @param waitingAuditEntries entries of users that wait on a node
/// @param networkBans networks that may be banned
/// @param announcements announcements that are valid at a time
public record AdministrationSettings(
    Path sockets,
    Duration auditRetention,
    int waitingAuditEntries,
    int networkBans,
    int announcements,
    Filter filter) {
  /// @param data the directory of the node, in which the sockets are if no other is set
  public static AdministrationSettings read(Section in, Path data) {
    return new AdministrationSettings(
        in.optionalText("sockets").map(Path::of).orElseGet(() -> data.resolve("admin")),
        in.in("audit").time("retention"),
        in.in("audit").number("waiting", 100, 1_000_000),
        in.number("network-bans", 1, 10_000),
        in.number("announcements", 1, 100),
        Filter.read(in.in("filter")));
  }

  /// @param words that no message may have
  /// @param hosts to which no message may link
  /// @param dryRun such messages are counted, and not refused
  public record Filter(List<String> words, List<String> hosts, boolean dryRun) {
    public Filter {
      words = List.copyOf(words);
      hosts = List.copyOf(hosts);
    }

    private static Filter read(Section in) {
      var words = in.texts("words");
      for (var entry : words)
        if (!TextFilter.canMatch(entry))
          throw in.wrong(
              "words", "has an entry without a letter or a digit, which matches nothing");
      return new Filter(words, in.texts("hosts"), in.flag("dry-run"));
    }
  }
}
