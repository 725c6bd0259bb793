package kith.node;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.LocalNode.Refused;
import kith.protocol.rest.Administration.Announce;
import kith.protocol.rest.Administration.Announcements;
import kith.protocol.rest.Administration.BanNetwork;
import kith.protocol.rest.Administration.ChangeMaintenance;
import kith.protocol.rest.Administration.FilterAnswer;
import kith.protocol.rest.Administration.MadeAnnouncement;
import kith.protocol.rest.Administration.Maintenance;
import kith.protocol.rest.Administration.NetworkBan;
import kith.protocol.rest.Administration.NetworkBanPage;
import kith.protocol.rest.Administration.ServerLimits;
import kith.protocol.rest.Administration.TryFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands of `kith admin` about the whole server: maintenance, banned networks,
/// announcements, the text filter and limits.
final class AdminOfServer {
  private static final String MAINTENANCE = "/v1/admin/maintenance";
  private static final String BANS = "/v1/admin/bans";
  private static final String ANNOUNCEMENTS = "/v1/admin/announcements";

  private AdminOfServer() {}

  enum Switch {
    ON,
    OFF
  }

  /// An option for the time at which something ends.
  static final class End {
    @Option(names = "--days", paramLabel = "N", description = "Ends after this number of days.")
    private Optional<Integer> days = Optional.empty();

    Optional<Instant> until() throws Refused {
      if (days.isEmpty()) return Optional.empty();
      if (days.get() < 1) throw new Refused("--days must be at least 1.");
      return Optional.of(
          Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days.get())));
    }
  }

  @Command(
      name = "maintenance",
      description =
          "Begins or ends maintenance, in which everybody can read and nobody can change anything."
              + " Without a parameter, shows whether it is on.",
      mixinStandardHelpOptions = true)
  static final class Maintain extends AdminCommand.Request {
    @Parameters(arity = "0..1", paramLabel = "on|off", description = "The new state.")
    private Optional<Switch> wanted = Optional.empty();

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "MESSAGE",
        description =
            "The sentence for users who try to change something (default: a standard one).")
    private List<String> message = List.of();

    @Option(names = "--json", description = "Prints the node's answer as JSON.")
    private boolean json;

    @Override
    void run() throws Refused, InterruptedException {
      if (wanted.isPresent()) change(wanted.get());
      else show();
    }

    private void change(Switch to) throws Refused, InterruptedException {
      var text = Optional.of(String.join(" ", message)).filter(it -> !it.isEmpty());
      node().ask("PUT", MAINTENANCE, new ChangeMaintenance(to == Switch.ON, text));
      out().printf("Maintenance is %s.%n", to == Switch.ON ? "on" : "off");
    }

    private void show() throws Refused, InterruptedException {
      var answer = node().ask("GET", MAINTENANCE, null);
      var found = answer.as(Maintenance.class);
      if (json) out().println(answer.body());
      else if (!found.on()) out().println("Maintenance is off.");
      else
        out()
            .printf(
                "Maintenance is on since %s, by %s.%s%n",
                found.since().map(AdminCommand::seconds).orElse("-"),
                found.by().orElse("-"),
                found.message().map(it -> " Users read: " + it).orElse(""));
    }
  }

  @Command(name = "bans", description = "Lists banned networks.", mixinStandardHelpOptions = true)
  static final class Bans extends AdminList<NetworkBanPage, NetworkBan> {
    @Parameters(
        arity = "0..1",
        paramLabel = "TEXT",
        description = "A part of the network or the reason.")
    private Optional<String> text = Optional.empty();

    Bans() {
      super(BANS, "after", NetworkBanPage.class);
    }

    @Override
    List<String> filters() {
      return text.map(it -> filter("query", it)).stream().toList();
    }

    @Override
    List<NetworkBan> records(NetworkBanPage page) {
      return page.bans();
    }

    @Override
    Optional<String> next(NetworkBanPage page) {
      return page.next();
    }

    @Override
    void print(NetworkBan ban) {
      out()
          .printf(
              "%-24s since %s, %s, by %s%s%n",
              ban.network(),
              AdminCommand.seconds(ban.created()),
              ban.until().map(it -> "until " + AdminCommand.seconds(it)).orElse("without end"),
              ban.by(),
              ban.reason().map(it -> ": " + it).orElse(""));
    }
  }

  @Command(
      name = "ban",
      description = "Refuses all clients of a network, and closes their sockets.",
      mixinStandardHelpOptions = true)
  static final class Ban extends AdminCommand.Request {
    @Parameters(
        paramLabel = "NETWORK",
        description = "Such as 203.0.113.0/24, or a single address.")
    private String network = "";

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "REASON",
        description = "The reason, for administrators.")
    private List<String> reason = List.of();

    @Mixin private final End end = new End();

    @Override
    void run() throws Refused, InterruptedException {
      var text = Optional.of(String.join(" ", reason)).filter(it -> !it.isEmpty());
      node().ask("POST", BANS, new BanNetwork(network, end.until(), text));
      out().printf("%s is banned.%n", network);
    }
  }

  @Command(
      name = "unban",
      description = "Serves the clients of a network again.",
      mixinStandardHelpOptions = true)
  static final class Unban extends AdminCommand.Request {
    @Parameters(paramLabel = "NETWORK", description = "The network, as in the list of bans.")
    private String network = "";

    @Override
    void run() throws Refused, InterruptedException {
      node().ask("DELETE", BANS + "?network=" + AdminNode.encoded(network), null);
      out().printf("%s is no longer banned.%n", network);
    }
  }

  @Command(
      name = "announcements",
      description = "Lists the announcements that are valid, the newest first.",
      mixinStandardHelpOptions = true)
  static final class ListAnnouncements extends AdminList<Announcements, MadeAnnouncement> {
    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "A part of the announcement.")
    private Optional<String> text = Optional.empty();

    ListAnnouncements() {
      super(ANNOUNCEMENTS, "before", Announcements.class);
    }

    @Override
    List<String> filters() {
      return text.map(it -> filter("query", it)).stream().toList();
    }

    @Override
    List<MadeAnnouncement> records(Announcements page) {
      return page.announcements();
    }

    @Override
    Optional<String> next(Announcements page) {
      return page.next().stream().mapToObj(Long::toString).findFirst();
    }

    @Override
    void print(MadeAnnouncement one) {
      out()
          .printf(
              "%6d  %s, until %s, by %s: %s%n",
              one.number(),
              AdminCommand.seconds(one.at()),
              AdminCommand.seconds(one.until()),
              one.by(),
              one.text());
    }
  }

  @Command(
      name = "announce",
      description = "Shows a text once to each user, for a week or --days.",
      mixinStandardHelpOptions = true)
  static final class Say extends AdminCommand.Request {
    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "At most 500 characters.")
    private List<String> text = List.of();

    @Mixin private final End end = new End();

    @Override
    void run() throws Refused, InterruptedException {
      var made =
          node()
              .ask("POST", ANNOUNCEMENTS, new Announce(String.join(" ", text), end.until()))
              .as(MadeAnnouncement.class);
      out()
          .printf(
              "Announcement %d is shown until %s.%n",
              made.number(), AdminCommand.seconds(made.until()));
    }
  }

  @Command(
      name = "withdraw",
      description = "Withdraws an announcement: it is shown to nobody else.",
      mixinStandardHelpOptions = true)
  static final class Withdraw extends AdminCommand.Request {
    @Parameters(paramLabel = "NUMBER", description = "The number, as in the list of announcements.")
    private long number;

    @Override
    void run() throws Refused, InterruptedException {
      node().ask("DELETE", ANNOUNCEMENTS + "/" + number, null);
      out().printf("Announcement %d is no longer shown.%n", number);
    }
  }

  @Command(
      name = "filter",
      description = "Shows whether the text filter accepts a text.",
      mixinStandardHelpOptions = true)
  static final class TryText extends AdminCommand.Request {
    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "The text, as in a message.")
    private List<String> text = List.of();

    @Option(names = "--json", description = "Prints the node's answer as JSON.")
    private boolean json;

    @Override
    void run() throws Refused, InterruptedException {
      var answer = node().ask("POST", "/v1/admin/filter", new TryFilter(String.join(" ", text)));
      var found = answer.as(FilterAnswer.class);
      if (json) out().println(answer.body());
      else if (found.accepted()) out().println("The filter accepts this text.");
      else
        out()
            .printf(
                "The filter finds: %s. %s%n",
                found.found().orElse("-"),
                found.dryRun() ? "It is a dry run: messages are counted." : "It refuses the text.");
    }
  }

  @Command(
      name = "limits",
      description = "Shows the limits that are in force, as clients receive them.",
      mixinStandardHelpOptions = true)
  static final class ShowLimits extends AdminCommand.Request {
    @Option(names = "--json", description = "Prints the node's answer as JSON.")
    private boolean json;

    @Override
    void run() throws Refused, InterruptedException {
      var answer = node().ask("GET", "/v1/admin/limits", null);
      if (json) out().println(answer.body());
      else print("", answer.as(ServerLimits.class).limits());
    }

    /// One line for each limit, named as in the contract.
    private void print(String prefix, Record group) throws Refused {
      for (var part : group.getClass().getRecordComponents()) {
        var value = valueOf(part.getAccessor(), group);
        var name = prefix + part.getName();
        if (value instanceof Record inner) print(name + ".", inner);
        else out().printf("%-32s %s%n", name, value);
      }
    }

    private static Object valueOf(Method accessor, Record group) throws Refused {
      try {
        var value = accessor.invoke(group);
        return switch (value) {
          case Optional<?> some when some.isPresent() -> some.get();
          case OptionalInt some when some.isPresent() -> some.getAsInt();
          case Optional<?> _, OptionalInt _ -> "-";
          case null -> "-";
          default -> value;
        };
      } catch (ReflectiveOperationException impossible) {
        throw new Refused("The limits cannot be shown.");
      }
    }
  }
}
