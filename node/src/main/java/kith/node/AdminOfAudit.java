package kith.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.LocalNode.Refused;
import kith.protocol.rest.Administration.AuditCheck;
import kith.protocol.rest.Administration.AuditPage;
import kith.protocol.rest.Administration.AuditRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The commands of `kith admin` about the audit log.
final class AdminOfAudit {
  private static final String AUDIT = "/v1/admin/audit";

  private AdminOfAudit() {}

  @Command(
      name = "audit",
      description = "Shows the audit log, the newest entries first.",
      mixinStandardHelpOptions = true,
      subcommands = AdminOfAudit.Verify.class)
  static final class AuditLog extends AdminList<AuditPage, AuditRecord> {
    @Option(
        names = "--account",
        paramLabel = "USER",
        description = "Only entries about this account or its acts.")
    private Optional<String> account = Optional.empty();

    @Option(names = "--room", paramLabel = "ROOM", description = "Only entries about this room.")
    private Optional<String> room = Optional.empty();

    @Option(
        names = "--act",
        paramLabel = "ACT",
        description = "Only entries of this act, such as log-in or room-ban.")
    private Optional<String> act = Optional.empty();

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Only entries from this time on, such as 2026-11-23T00:00:00Z.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Only entries before this time.")
    private Optional<String> until = Optional.empty();

    AuditLog() {
      super(AUDIT, "before", AuditPage.class);
    }

    @Override
    int defaultLimit() {
      return 100;
    }

    @Override
    List<String> filters() {
      return Stream.of(
              account.map(it -> filter("account", it)),
              room.map(it -> filter("room", it)),
              act.map(it -> filter("act", it)),
              since.map(it -> filter("since", it)),
              until.map(it -> filter("until", it)))
          .flatMap(Optional::stream)
          .toList();
    }

    @Override
    List<AuditRecord> records(AuditPage page) {
      return page.entries();
    }

    @Override
    Optional<String> next(AuditPage page) {
      return page.next().stream().mapToObj(Long::toString).findFirst();
    }

    @Override
    void print(AuditRecord entry) {
      out()
          .printf(
              "%8d  %s  %-20s %s%n",
              entry.number(),
              AdminCommand.seconds(entry.at()),
              entry.act(),
              Stream.of(
                      entry.by().map(it -> "by " + it),
                      entry.account().map(it -> "account " + it),
                      entry.room().map(it -> "room " + it),
                      entry.address().map(it -> "from " + it),
                      entry.detail())
                  .flatMap(Optional::stream)
                  .collect(Collectors.joining(", ")));
    }
  }

  @Command(
      name = "verify",
      description = "Checks the chain of hashes of the whole audit log.",
      mixinStandardHelpOptions = true)
  static final class Verify extends AdminCommand.Request {
    @Override
    void run() throws Refused, InterruptedException {
      try (var connection = node().connect()) {
        var found = connection.send("GET", AUDIT + "/check", null).as(AuditCheck.class);
        while (!found.whole() && found.fault().isEmpty())
          found =
              connection
                  .send(
                      "GET",
                      AUDIT + "/check?next=%d&hash=%s".formatted(found.next(), found.hash()),
                      null)
                  .as(AuditCheck.class);
        if (found.fault().isPresent()) throw new Refused(found.fault().get());
        out().printf("The audit log is whole. Entry %d: %s%n", found.next() - 1, found.hash());
      }
    }
  }
}
