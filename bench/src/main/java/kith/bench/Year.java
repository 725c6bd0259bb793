package kith.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Sends the messages of a year in a shorter time, while their rooms seal and destroy old entries,
/// and measures the disk space each month.
///
/// Rooms count days in messages here, because times in the log cannot pass faster: with 20 messages
/// a day, the newest 600 are those of a month. PostgreSQL removes dead rows at its own pace, so for
/// each message it has much less time for that than in a real year.
@Command(
    name = "year",
    description =
        "Sends the messages of a year in a shorter time, while rooms seal entries after 30 days and"
            + " destroy them after 90. Prints the disk space of each month, and how much of it"
            + " PostgreSQL could return.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Year implements Callable<Integer> {
  private static final int MONTHS = 12;
  private static final double DAYS_OF_MONTH = 365.0 / MONTHS;
  private static final int SEALED_AFTER_DAYS = 30;
  private static final int KEPT_DAYS = 90;

  /// A prime, so that every sender sends all of them.
  private static final int TEXTS = 4_999;

  private static final int CHARACTERS = 100;
  private static final double MIB = 1 << 20;
  private static final long SETTLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// The least time between two removals that a node permits.
  private static final long LEAST_INTERVAL_SECONDS = 10;

  private static final List<String> TABLES =
      List.of("event_journal", "log_segment", "search_message", "snapshot", "read_position");

  @Option(
      names = "--speed",
      defaultValue = "1000",
      description = "Days that pass in one day (default: ${DEFAULT-VALUE}, a year in 8.8 hours).")
  private int speed;

  @Option(
      names = "--rooms",
      defaultValue = "500",
      description = "Number of rooms (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--members",
      defaultValue = "4",
      description = "Members per room, all sending (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--a-day",
      defaultValue = "20",
      paramLabel = "MESSAGES",
      description = "Messages of a room on a day (default: ${DEFAULT-VALUE}).")
  private int messagesADay;

  @Mixin private NodeOptions started = new NodeOptions();

  @Override
  public Integer call() throws IOException {
    try (var database = started.database();
        var node = started.start(Optional.of(database.fresh("kith")), settings());
        var connection = database.connect("kith")) {
      var texts = texts();
      var configs =
          SetUp.clientConfigs(node.url(), rooms, members, List.of("")).stream()
              .map(it ->
                  new ClientConfig(
                      it.address(),
                      it.room(),
                      it.protocol(),
                      new MessageTemplate(it.template().head(), texts)))
              .toList();
      var ledger = new Ledger();
      try (var clients = new LoadClients(ledger, rooms * members)) {
        clients.connect(configs);
        run(clients, node, database, connection);
        var verdict = ledger.verdict(clients.unseen());
        RoomRun.print(verdict.isKept() ? "every promise kept: %s" : "BROKEN: %s", verdict);
        return verdict.isKept() ? 0 : 1;
      }
    } catch (SQLException fault) {
      throw new BenchFailure("The database failed: " + fault.getMessage(), fault);
    }
  }

  /// The ends of the frames of messages, which all clients share.
  private static List<byte[]> texts() throws IOException {
    var documents = OrdinaryText.ofDocuments();
    var bodies = new ArrayList<String>();
    for (var piece = 0; piece < TEXTS; piece++)
      // the frames are written without escaping
      bodies.add(documents.piece(piece, CHARACTERS).replace('"', '\'').replace('\\', '/'));
    return KithProtocol.template("", bodies).tails();
  }

  /// An hour and a day, as everything else, pass at the speed of the run.
  private String settings() {
    return """
    kith.retention {
      sealing.entries = %d
      default.entries = %d
      interval = %ds
      grace = %dms
      entries-per-second = 1000000
    }
    """
        .formatted(
            SEALED_AFTER_DAYS * messagesADay,
            KEPT_DAYS * messagesADay,
            Math.max(LEAST_INTERVAL_SECONDS, 3_600 / speed),
            TimeUnit.DAYS.toMillis(1) / speed);
  }

  private void run(
      LoadClients clients, NodeUnderTest node, BenchDatabase database, Connection connection)
      throws IOException, SQLException {
    var perSecond = (double) rooms * messagesADay * speed / TimeUnit.DAYS.toSeconds(1);
    var month = (long) (TimeUnit.DAYS.toNanos(1) * DAYS_OF_MONTH / speed);
    RoomRun.print(
        "%d rooms, %.0f messages/s, a month in %.0f s; load average %.1f",
        rooms, perSecond, month / 1e9, Processes.loadAverage());
    RoomRun.print("MiB, of which indexes");
    RoomRun.print(
        "%-7s %12s %s %10s %12s %9s", "month", "messages", titles(), "all", "dead rows", "CPU s");
    var sent = 0L;
    for (var number = 1; number <= MONTHS; number++) {
      var before = ResourceUsage.now(node.server(), database.usage());
      clients.run(new SendSchedule.Rate(perSecond), month, () -> false);
      var used = ResourceUsage.now(node.server(), database.usage()).since(before);
      clients.settle(SETTLE_NANOS);
      sent += Math.round(perSecond * month / 1e9);
      RoomRun.print(
          "%-7d %,12d %s %,10.0f %,12d %4.0f %4.0f",
          number,
          sent,
          sizes(connection),
          Sql.number(connection, "SELECT pg_database_size('kith')") / MIB,
          Sql.number(connection, "SELECT sum(n_dead_tup) FROM pg_stat_user_tables"),
          seconds(used.node()),
          seconds(used.postgres()));
    }
    for (var table : TABLES) Sql.execute(connection, "VACUUM FULL " + table);
    RoomRun.print(
        "%-20s %s %,10.0f",
        "after VACUUM FULL",
        sizes(connection),
        Sql.number(connection, "SELECT pg_database_size('kith')") / MIB);
    for (var table : List.of("event_journal", "log_segment"))
      RoomRun.print("%s: %,d rows", table, Sql.number(connection, "SELECT count(*) FROM " + table));
  }

  private static double seconds(Optional<Processes.Usage> usage) {
    return usage.map(Processes.Usage::cpuSeconds).orElse(Double.NaN);
  }

  private static String titles() {
    var titles = new StringBuilder();
    for (var table : TABLES) titles.append(String.format(Locale.ROOT, "%16s", table));
    return titles.toString();
  }

  private static String sizes(Connection connection) throws SQLException {
    var sizes = new StringBuilder();
    for (var table : TABLES)
      sizes.append(
          String.format(
              Locale.ROOT,
              "%16s",
              String.format(
                  Locale.ROOT,
                  "%,.1f, %,.1f",
                  Sql.number(connection, "SELECT pg_total_relation_size('" + table + "')") / MIB,
                  Sql.number(connection, "SELECT pg_indexes_size('" + table + "')") / MIB)));
    return sizes.toString();
  }
}
