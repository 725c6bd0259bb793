package kith.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import kith.bench.LargeLogTable.Column;
import kith.protocol.frame.ClientFrame;
import kith.protocol.rest.RoomAnswers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures a node on a database with millions of messages: its start, its memory, and the first
/// request after it.
///
/// A node writes one room; [JournalCopy] copies its rows into the others. Clients post the last
/// messages of the large rooms, so the node itself has read their whole log and made their
/// snapshots, with the ids of posts that a room of this size keeps. The search index stays empty.
@Command(
    name = "large-log",
    description =
        "Starts a node on a database with millions of messages. Prints the time of the start, the"
            + " memory, the time of the first request to rooms of several sizes, and the disk space"
            + " of a message, before and after old entries are sealed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LargeLog implements Callable<Integer> {
  private static final String SETTINGS =
      """
      kith.accounts.rooms-per-account = 100000
      kith.retention.entries-per-second = 1000000
      """;

  /// No room has that many entries.
  private static final String UNSEALED = "kith.retention.sealing.entries = 2147483647\n";

  /// The newest entries of a room that are not sealed, by default.
  private static final int KEPT = 10_000;

  private static final int LEAST_SEALED = 100;
  private static final int ROOMS_OF_EACH = 100;
  private static final int CHARACTERS = 100;

  /// More than lie between two snapshots of a room.
  private static final int POSTED = 6_000;

  private static final int IN_FLIGHT = 200;
  private static final int PAGE = 50;
  private static final int ROOMS_TO_WARM_UP = 30;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(20);

  @Option(
      names = "--messages",
      defaultValue = "10000000",
      description = "Messages on the server (default: ${DEFAULT-VALUE}).")
  private long messages;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "ENTRIES",
      defaultValue = "14000,614000,3004000",
      description = "Entries of the large rooms (default: ${DEFAULT-VALUE}).")
  private List<Long> sizes = List.of();

  @Option(
      names = "--small",
      paramLabel = "ENTRIES",
      defaultValue = "1000",
      description = "Entries of each of the other rooms (default: ${DEFAULT-VALUE}).")
  private int small;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Starts of the node for each measurement (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--skip-sealing", description = "Measures only the log as it was written.")
  private boolean isUnsealedOnly;

  @Mixin private NodeOptions started = new NodeOptions();

  private final HttpClient http = HttpClient.newHttpClient();

  /// A room that is measured.
  private record Large(Member member, String room, long entries) {}

  /// @param smallRooms each with its owner
  private record Filled(List<Large> large, List<Large> smallRooms, int allRooms) {}

  @Override
  public Integer call() throws IOException {
    try (var database = started.database()) {
      database.fresh("kith");
      var filled = fill(database);
      measure(database, filled, "hot", true, SETTINGS + UNSEALED);
      if (isUnsealedOnly) return 0;
      seal(database, filled);
      measure(database, filled, "sealed", false, SETTINGS);
      return 0;
    } catch (SQLException fault) {
      throw new BenchFailure("The database failed: " + fault.getMessage(), fault);
    }
  }

  private NodeUnderTest start(BenchDatabase database, String settings) throws IOException {
    return started.start(Optional.of(database.url("kith")), settings);
  }

  // filling

  private Filled fill(BenchDatabase database) throws IOException, SQLException {
    if (sizes.stream().anyMatch(it -> it <= POSTED))
      throw new BenchFailure("A large room needs more than " + POSTED + " entries.");
    if (small < 3 * PAGE || runs < 1)
      throw new BenchFailure(
          "A small room needs at least %d entries, and there is at least one run."
              .formatted(3 * PAGE));
    var texts = OrdinaryText.ofDocuments();
    var most = Math.max(small, sizes.stream().mapToLong(it -> it).max().orElse(0));
    var copied = Math.min(most, JournalCopy.ENOUGH);
    var others = messages - copied - sizes.stream().mapToLong(it -> it).sum();
    var count = (int) Math.max(runs + ROOMS_TO_WARM_UP, others / small);
    Filled filled;
    try (var node = start(database, SETTINGS + UNSEALED);
        var setUp = new SetUp(node.url())) {
      filled = create(setUp, count);
      var template = filled.smallRooms().getLast();
      post(node, template, texts, 0, (int) copied - 1);
      copy(database, filled, template.room(), copied);
    }
    try (var node = start(database, SETTINGS + UNSEALED);
        var setUp = new SetUp(node.url());
        var connection = database.connect("kith")) {
      rest(connection, filled, "");
      for (var room : filled.large()) {
        awake(setUp, room);
        post(node, room, texts, (int) copied, POSTED);
        check(connection, room);
      }
    }
    try (var connection = database.connect("kith")) {
      Sql.execute(connection, "VACUUM ANALYZE");
      space(connection);
    }
    return filled;
  }

  /// The last small room is the one whose rows are copied.
  private Filled create(SetUp setUp, int count) {
    var began = System.nanoTime();
    var owners = setUp.members(Math.ceilDiv(count + 1, ROOMS_OF_EACH) + 1);
    var groups = new ArrayList<List<Member>>();
    for (var _ : sizes) groups.add(List.of(owners.getFirst()));
    for (var room = 0; room <= count; room++)
      groups.add(List.of(owners.get(1 + room / ROOMS_OF_EACH)));
    var ids = setUp.rooms(groups);
    var all = new ArrayList<Large>();
    for (var room = 0; room < ids.size(); room++)
      all.add(
          new Large(
              groups.get(room).getFirst(),
              ids.get(room),
              room < sizes.size() ? sizes.get(room) : small));
    RoomRun.print("created %d rooms in %.0f s", ids.size(), seconds(began));
    return new Filled(
        List.copyOf(all.subList(0, sizes.size())),
        List.copyOf(all.subList(sizes.size(), all.size())),
        all.size());
  }

  private void post(NodeUnderTest node, Large room, OrdinaryText texts, int from, int count) {
    var began = System.nanoTime();
    try (var socket = TextSocket.open(http, node.url(), room.member().token(), room.room())) {
      for (var sent = 0; sent < count; ) {
        var id = "";
        for (var end = Math.min(count, sent + IN_FLIGHT); sent < end; sent++) {
          id = UUID.randomUUID().toString();
          var text = texts.piece(from + sent, CHARACTERS);
          socket.send(new ClientFrame.Send(id, room.room(), text, OptionalLong.empty()));
        }
        // posts of one socket to one room are acknowledged in their order
        if (socket.ack(id).isEmpty()) throw new BenchFailure("the connection ended");
      }
    }
    RoomRun.print("posted %d messages in %.0f s", count, seconds(began));
  }

  private void copy(BenchDatabase database, Filled filled, String from, long entries)
      throws SQLException {
    var began = System.nanoTime();
    var rooms = new ArrayList<JournalCopy.Room>();
    for (var room : filled.large())
      rooms.add(new JournalCopy.Room(room.room(), room.entries() - POSTED));
    for (var room : filled.smallRooms())
      if (!room.room().equals(from)) rooms.add(new JournalCopy.Room(room.room(), room.entries()));
    try (var connection = database.connect("kith")) {
      JournalCopy.fill(connection, from, entries, rooms);
      RoomRun.print(
          "filled in %.0f s: %d entries in %d rooms",
          seconds(began),
          Sql.number(connection, "SELECT count(*) FROM event_journal"),
          filled.allRooms());
    }
  }

  /// Waits until a room has read its log, which has no snapshot yet.
  private static void awake(SetUp setUp, Large room) {
    var began = System.nanoTime();
    await(
        "a room with " + room.entries() + " entries to answer",
        () -> {
          try {
            page(setUp, room, OptionalLong.empty());
            return true;
          } catch (BenchFailure notYet) {
            return false;
          }
        });
    RoomRun.print(
        "a room read %d entries without a snapshot in %.1f s",
        room.entries() - POSTED, seconds(began));
  }

  /// The messages that clients posted must continue the numbers of the copied ones.
  private static void check(Connection connection, Large room) throws SQLException {
    if (room.entries() <= JournalCopy.ENOUGH) return;
    var number =
        Sql.number(
            connection,
            """
            SELECT ('x' || encode(substring(event_payload FROM %s FOR 4), 'hex'))::bit(32)::bigint
            FROM event_journal WHERE persistence_id LIKE '%%%s' AND sequence_number = %d
            """
                .formatted(JournalCopy.place(JournalCopy.NUMBER), room.room(), room.entries()));
    if (number != room.entries() - 1)
      throw new BenchFailure("Message %d has the number %d.".formatted(room.entries() - 1, number));
  }

  /// The node wakes rooms that it has never asked for old entries, some each ten seconds. These
  /// rooms rest until their entries are old.
  ///
  /// @param former the settings with which the rooms were asked before
  private static void rest(Connection connection, Filled filled, String former)
      throws SQLException {
    var asked = "SELECT count(*) FROM room_aging WHERE settings <> '" + former + "'";
    await(
        "the list of rooms with old entries",
        () -> {
          try {
            return Sql.number(connection, asked) >= filled.allRooms();
          } catch (SQLException fault) {
            throw new BenchFailure("The database failed: " + fault.getMessage(), fault);
          }
        });
    Sql.execute(
        connection,
        "UPDATE room_aging SET due = now() + interval '30 days' WHERE room NOT IN ('"
            + String.join("', '", filled.large().stream().map(Large::room).toList())
            + "')");
  }

  private static void await(String what, BooleanSupplier isDone) {
    var began = System.nanoTime();
    while (!isDone.getAsBoolean()) {
      if (System.nanoTime() - began > PATIENCE_NANOS)
        throw new BenchFailure("Waited too long for " + what + ".");
      try {
        Thread.sleep(200);
      } catch (InterruptedException told) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("Interrupted.", told);
      }
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  // sealing

  private void seal(BenchDatabase database, Filled filled) throws IOException, SQLException {
    try (var connection = database.connect("kith")) {
      var before = Sql.number(connection, "SELECT pg_total_relation_size('event_journal')");
      String former;
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT min(settings) FROM room_aging")) {
        rows.next();
        former = rows.getString(1);
      }
      try (var _ = start(database, SETTINGS)) {
        var began = System.nanoTime();
        rest(connection, filled, former);
        for (var room : filled.large())
          await("a room to seal its entries", () -> isSealed(connection, room));
        RoomRun.print("sealed in %.0f s", seconds(began));
      }
      Sql.execute(connection, "VACUUM ANALYZE");
      RoomRun.print("the table of the journal had %.0f MiB before", before / 1048576.0);
      space(connection);
    }
  }

  private static boolean isSealed(Connection connection, Large room) {
    try {
      var last =
          Sql.number(
              connection, "SELECT max(last) FROM log_segment WHERE room = '" + room.room() + "'");
      return room.entries() - last < KEPT + LEAST_SEALED;
    } catch (SQLException fault) {
      throw new BenchFailure("The database failed: " + fault.getMessage(), fault);
    }
  }

  /// Prints the disk space of the log.
  private static void space(Connection connection) throws SQLException {
    var rows = Sql.number(connection, "SELECT count(*) FROM event_journal");
    RoomRun.print(
        "journal: %d entries, %.0f MiB with indexes, %.0f bytes for each",
        rows,
        Sql.number(connection, "SELECT pg_total_relation_size('event_journal')") / 1048576.0,
        (double) Sql.number(connection, "SELECT pg_total_relation_size('event_journal')") / rows);
    var sealed = Sql.number(connection, "SELECT sum(last - first + 1) FROM log_segment");
    if (sealed > 0)
      RoomRun.print(
          "segments: %d entries, %.0f MiB with indexes, %.1f bytes for each, %.1f of them compressed",
          sealed,
          Sql.number(connection, "SELECT pg_total_relation_size('log_segment')") / 1048576.0,
          (double) Sql.number(connection, "SELECT pg_total_relation_size('log_segment')") / sealed,
          (double) Sql.number(connection, "SELECT sum(octet_length(entries)) FROM log_segment")
              / sealed);
  }

  // measuring

  private void measure(
      BenchDatabase database, Filled filled, String form, boolean withSmall, String settings)
      throws IOException, SQLException {
    var load = Processes.loadAverage();
    var table = new LargeLogTable();
    for (var run = 0; run < runs; run++) {
      var measured = new ArrayList<Large>();
      if (withSmall) measured.add(filled.smallRooms().get(run));
      measured.addAll(filled.large());
      for (var room : measured) {
        cold(database, settings, table, room, false);
        cold(database, settings, table, room, true);
      }
      warm(database, settings, table, measured, filled.smallRooms());
    }
    RoomRun.print("");
    RoomRun.print(
        "log %s; %d starts of each kind; load average %.1f before, %.1f after",
        form, runs, load, Processes.loadAverage());
    table.rows().forEach(row -> RoomRun.print("%s", row));
    try (var connection = database.connect("kith")) {
      for (var room : filled.large()) snapshot(connection, room);
    }
  }

  /// The first request after PostgreSQL and the node started.
  private void cold(
      BenchDatabase database, String settings, LargeLogTable table, Large room, boolean isPage)
      throws IOException {
    database.restart();
    var values = new EnumMap<Column, Double>(Column.class);
    var began = System.nanoTime();
    try (var node = start(database, settings);
        var setUp = new SetUp(node.url())) {
      values.put(Column.START, seconds(began));
      node.server().ifPresent(it -> values.put(Column.RESIDENT, it.residentMiB()));
      var used = cpuMillis(node);
      if (isPage) {
        values.put(Column.FIRST_PAGE, page(setUp, room, OptionalLong.empty()));
        values.put(Column.PAGE_CPU, cpuMillis(node) - used);
        values.put(Column.OLD_PAGE, page(setUp, room, OptionalLong.of(room.entries() / 2)));
      } else {
        values.put(Column.FIRST_OPEN, open(node, room));
        values.put(Column.OPEN_CPU, cpuMillis(node) - used);
      }
      memory(node, values);
    }
    table.add(room.entries(), values);
  }

  /// The first request to each room, in a process that has loaded others.
  private void warm(
      BenchDatabase database,
      String settings,
      LargeLogTable table,
      List<Large> measured,
      List<Large> small)
      throws IOException {
    database.restart();
    try (var node = start(database, settings)) {
      for (var room : small.subList(runs, runs + ROOMS_TO_WARM_UP)) open(node, room);
      for (var room : measured)
        table.add(room.entries(), Map.of(Column.WARM_OPEN, open(node, room)));
    }
  }

  private static double cpuMillis(NodeUnderTest node) {
    return node.server().map(it -> it.cpuSeconds() * 1e3).orElse(Double.NaN);
  }

  private static double open(NodeUnderTest node, Large room) throws IOException {
    return RoomOpening.millis(node.url(), room.member(), room.room(), OptionalLong.empty());
  }

  private static void memory(NodeUnderTest node, Map<Column, Double> values) throws IOException {
    if (node.pid().isEmpty()) return;
    var sample = HeapProbe.now(node.pid().getAsLong());
    values.put(Column.HEAP, sample.heapMiB());
  }

  /// Milliseconds for a page of history, which must be complete.
  private static double page(SetUp setUp, Large room, OptionalLong before) {
    var path = "/v1/rooms/" + room.room() + "/entries?limit=" + PAGE;
    var began = System.nanoTime();
    var page =
        setUp.ask(
            "GET",
            before.isPresent() ? path + "&before=" + before.getAsLong() : path,
            room.member(),
            Optional.empty(),
            RoomAnswers.EntryPage.class);
    var millis = (System.nanoTime() - began) / 1e6;
    var entries = page.entries();
    var isWhole = entries.size() == PAGE;
    for (var i = 1; i < entries.size(); i++)
      isWhole &= entries.get(i).seq() == entries.get(i - 1).seq() + 1;
    if (before.isPresent()) isWhole &= entries.getLast().seq() == before.getAsLong() - 1;
    if (!isWhole) throw new BenchFailure("A page of history is not complete.");
    return millis;
  }

  private static void snapshot(Connection connection, Large room) throws SQLException {
    var latest = "FROM snapshot WHERE persistence_id LIKE '%" + room.room() + "'";
    var seq = Sql.number(connection, "SELECT max(sequence_number) " + latest);
    RoomRun.print(
        "%,d entries: %d after the latest snapshot, of %.0f KiB",
        room.entries(),
        room.entries() - seq,
        Sql.number(
                connection,
                "SELECT octet_length(snapshot_payload) " + latest + " AND sequence_number = " + seq)
            / 1024.0);
  }
}
