package kith.node;

import java.util.Optional;
import kith.node.LocalNode.Refused;
import kith.protocol.json.Json;
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
  static final class ListReports extends AdminCommand.Request {
    @Option(names = "--handled", description = "The handled reports instead.")
    private boolean handled;

    @Option(names = "--json", description = "Prints one JSON object for each report.")
    private boolean json;

    @Option(
        names = "--close",
        paramLabel = "REPORT",
        description = "Closes the report with this id; --what describes the act.")
    private Optional<String> closed = Optional.empty();

    @Option(names = "--what", paramLabel = "TEXT", description = "The act, in words.")
    private Optional<String> what = Optional.empty();

    @Override
    void run() throws Refused, InterruptedException {
      if (closed.isPresent() != what.isPresent())
        throw new Refused("--close and --what belong together.");
      if (closed.isEmpty()) {
        list();
        return;
      }
      try (var connection = node().connect()) {
        var path = REPORTS + "/" + AdminNode.encoded(closed.get());
        connection.send("PUT", path, new HandleReport(what.orElseThrow()));
      }
    }

    private void list() throws Refused, InterruptedException {
      try (var connection = node().connect()) {
        var state = REPORTS + "?state=" + (handled ? "handled" : "open");
        var before = Optional.<String>empty();
        do {
          var path = before.map(it -> state + "&before=" + AdminNode.encoded(it)).orElse(state);
          var page = connection.send("GET", path, null).as(ReportPage.class);
          page.reports().forEach(this::print);
          before = page.next();
        } while (before.isPresent());
      }
    }

    private void print(Report report) {
      if (json) {
        out().println(Json.restText(report));
        return;
      }
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
