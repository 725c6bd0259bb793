package kith.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.LocalNode.Refused;
import kith.protocol.rest.Moderating.HandleReport;
import kith.protocol.rest.Moderating.Report;
import kith.protocol.rest.Moderating.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command of `kith admin` about reported messages.
final class AdminOfReports {
  private static final String REPORTS = "/v1/admin/reports";

  private AdminOfReports() {}

  @Command(
      name = "reports",
      description =
          "Lists the open reports of messages in all rooms, the newest first, or closes one. The audit"
              + " log records both.",
      mixinStandardHelpOptions = true)
  static final class ListReports extends AdminList<ReportPage, Report> {
    @Option(names = "--handled", description = "The handled reports instead.")
    private boolean handled;

    @Option(
        names = "--room",
        paramLabel = "ROOM",
        description = "Only reports of messages in the room with this id.")
    private Optional<String> room = Optional.empty();

    @Option(
        names = "--close",
        paramLabel = "REPORT",
        description = "Closes the report with this id; --what describes the act.")
    private Optional<String> closed = Optional.empty();

    @Option(names = "--what", paramLabel = "TEXT", description = "The act, in words.")
    private Optional<String> what = Optional.empty();

    ListReports() {
      super(REPORTS, "before", ReportPage.class);
    }

    @Override
    void run() throws Refused, InterruptedException {
      if (closed.isPresent() != what.isPresent())
        throw new Refused("--close and --what belong together.");
      if (closed.isEmpty()) super.run();
      else
        node()
            .ask(
                "PUT",
                REPORTS + "/" + AdminNode.encoded(closed.get()),
                new HandleReport(what.orElseThrow()));
    }

    @Override
    List<String> filters() {
      return Stream.of(
              Optional.of(filter("state", handled ? "handled" : "open")),
              room.map(it -> filter("room", it)))
          .flatMap(Optional::stream)
          .toList();
    }

    @Override
    List<Report> records(ReportPage page) {
      return page.reports();
    }

    @Override
    Optional<String> next(ReportPage page) {
      return page.next();
    }

    @Override
    void print(Report report) {
      out()
          .printf(
              "%s  room %s  message %d of %s, reported by %s at %s: %s%n",
              report.report(),
              report.room(),
              report.seq(),
              report.author(),
              report.by(),
              report.created(),
              line(report.reason()));
      for (var message : report.messages())
        out()
            .printf(
                "  %s %s: %s%n",
                message.seq() == report.seq() ? ">" : " ", message.by(), line(message.text()));
      report
          .outcome()
          .ifPresent(it -> out().printf("  %s by %s: %s%n", it.at(), it.by(), line(it.what())));
    }

    /// Texts of users must not control the terminal.
    private static String line(String text) {
      return text.replaceAll("\\R", " | ").replaceAll("\\p{Cntrl}", "?");
    }
  }
}
