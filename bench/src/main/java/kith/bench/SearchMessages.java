package kith.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Searches.SearchPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Searches over millions of messages. The node makes the index of a thousand texts; SQL copies
/// their rows, in the log and in the index, into the rooms of one account and of others. So every
/// answer is read from the log and checked, as always.
@Command(
    name = "search",
    description = "Searches of one account over millions of messages, in one room and in many.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SearchMessages implements Callable<Integer> {
  private static final String MANY_ROOMS = "kith.accounts.rooms-per-account = 100000\n";
  private static final int TEXTS = 1_000;
  private static final int WORDS = 4_000;
  private static final int WORDS_OF_TEXT = 9;
  private static final int CHARACTERS_OF_TEXT = 18;

  /// Rooms that are opened before the measurement, as on a server in use.
  private static final int WARM_UP = 20;

  @Option(
      names = "--messages",
      defaultValue = "5000000",
      description = "Messages on the server (default: ${DEFAULT-VALUE}).")
  private int messages;

  @Option(
      names = "--rooms",
      defaultValue = "500",
      description = "Rooms of the account (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--all-rooms",
      defaultValue = "20000",
      description = "Rooms on the server (default: ${DEFAULT-VALUE}).")
  private int allRooms;

  @Option(
      names = "--searches",
      defaultValue = "40",
      description = "Searches of each kind (default: ${DEFAULT-VALUE}).")
  private int searches;

  @Option(
      names = "--pin",
      paramLabel = "CORES",
      description = "Pins the node to these cores (taskset -c).")
  private Optional<String> pin = Optional.empty();

  private final Random random = new Random(7);
  private final List<String> words = words();
  private final List<String> texts = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public Integer call() throws IOException {
    try (var database = BenchDatabase.start(Optional.empty())) {
      var url = database.fresh("kith");
      Member member;
      List<String> own;
      try (var node = NodeUnderTest.start(pin, "", Optional.of(url), MANY_ROOMS);
          var setUp = new SetUp(node.url())) {
        member = setUp.members(1).getFirst();
        var groups = new ArrayList<List<Member>>();
        for (var room = 0; room <= rooms; room++) groups.add(List.of(member));
        own = setUp.rooms(groups);
        post(node.url(), member, own.getLast());
        awaitIndex(database);
      }
      try (var connection = database.connect("kith")) {
        fill(connection, own);
      }
      try (var node = NodeUnderTest.start(pin, "", Optional.of(url), MANY_ROOMS)) {
        feed(node, database);
        measure(node.url(), member, own.subList(0, rooms));
      }
      return 0;
    } catch (SQLException fault) {
      throw new BenchFailure("The database failed: " + fault.getMessage(), fault);
    }
  }

  /// The texts whose rows are copied: 70 % Latin, 15 % Cyrillic, 15 % Chinese. Each has a word of
  /// its own, too.
  private void post(URI node, Member member, String room) {
    try (var socket = TextSocket.open(http, node, member.token(), room)) {
      for (var text = 0; text < TEXTS; text++) {
        var id = "t" + text;
        texts.add(text(text));
        socket.send(new ClientFrame.Send(id, room, texts.getLast(), OptionalLong.empty()));
        if (socket.ack(id).isEmpty()) throw new BenchFailure("the connection ended");
      }
    }
  }

  private String text(int number) {
    var kind = number % 20;
    var text = new StringBuilder();
    if (kind < 3) {
      for (var i = 0; i < CHARACTERS_OF_TEXT; i++) text.appendCodePoint(0x4E00 + zipf(3_000));
    } else {
      for (var i = 0; i < WORDS_OF_TEXT; i++) {
        var word = words.get(zipf(WORDS));
        text.append(kind < 6 ? cyrillic(word) : word).append(' ');
      }
    }
    return text + " only" + number;
  }

  private int zipf(int ranks) {
    // the inverse of the harmonic sum, nearly
    return (int) Math.min(ranks - 1, Math.exp(random.nextDouble() * Math.log(ranks)) - 1);
  }

  private static List<String> words() {
    var letters = new Random(3);
    var words = new ArrayList<String>();
    while (words.size() < WORDS) {
      var word = new StringBuilder();
      for (var i = 3 + letters.nextInt(6); i > 0; i--)
        word.append((char) ('a' + letters.nextInt(26)));
      if (!words.contains(word.toString())) words.add(word.toString());
    }
    return words;
  }

  private static String cyrillic(String word) {
    var other = new StringBuilder();
    word.chars().forEach(c -> other.append((char) ('а' + c - 'a')));
    return other.toString();
  }

  private static void awaitIndex(BenchDatabase database) throws SQLException {
    try (var connection = database.connect("kith")) {
      while (Sql.number(connection, "SELECT count(*) FROM search_message") < TEXTS)
        Thread.onSpinWait();
    }
  }

  private void fill(Connection connection, List<String> own) throws SQLException {
    var began = System.nanoTime();
    var perRoom = messages / allRooms;
    Sql.execute(connection, "DROP INDEX search_message_terms, search_message_by_time");
    Sql.execute(
        connection,
        "CREATE TEMP TABLE template AS SELECT row_number() OVER () - 1 AS n, terms, journal.*"
            + " FROM search_message JOIN event_journal AS journal"
            + " ON persistence_id LIKE '%"
            + own.getLast()
            + "' AND sequence_number = seq");
    Sql.execute(connection, "CREATE UNIQUE INDEX ON template (n)");
    Sql.execute(connection, "CREATE TEMP TABLE own (n INT, room TEXT)");
    try (var insert = connection.prepareStatement("INSERT INTO own VALUES (?, ?)")) {
      for (var room = 0; room < rooms; room++) {
        insert.setInt(1, room);
        insert.setString(2, own.get(room));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    // every message gets a text at random, the same in the log and in the index
    Sql.execute(
        connection,
        """
        CREATE TEMP TABLE said AS
        SELECT room, seq, (random() * %1$d)::int %% %1$d AS n
        FROM own CROSS JOIN generate_series(2, %2$d) AS seq
        """
            .formatted(TEXTS, perRoom + 1));
    JournalCopy.insert(connection, own.getLast(), "event_payload", "said JOIN template USING (n)");
    Sql.execute(
        connection,
        """
        INSERT INTO search_message (room, seq, at, terms)
        SELECT room, seq, now() - interval '365 days' * (1 - seq::float / %d) , terms
        FROM said JOIN template USING (n)
        """
            .formatted(perRoom + 1));
    // others have words that nobody else uses, as people have names and numbers
    Sql.execute(
        connection,
        """
        INSERT INTO search_message (room, seq, at, terms)
        SELECT 'other' || i / %1$d, i %% %1$d, now() - interval '365 days' * random(),
          terms || array_to_tsvector(ARRAY['x' || (random() * 2000000)::int])
        FROM generate_series(0, %2$d) AS i JOIN template ON n = (i * 7919::bigint) %% %3$d
        """
            .formatted(perRoom, messages - perRoom * rooms, TEXTS));
    RoomRun.print("filled in %.0f s", (System.nanoTime() - began) / 1e9);
    Sql.execute(connection, "CREATE INDEX search_message_by_time ON search_message (room, at)");
    Sql.execute(
        connection,
        "CREATE INDEX search_message_terms ON search_message USING gin (terms)"
            + " WITH (gin_pending_list_limit = 256)");
    Sql.execute(connection, "ANALYZE");
    RoomRun.print(
        "%d messages in %d rooms, indexed in %.0f s; table %d MB, by words %d MB, by time %d MB,"
            + " by number %d MB",
        Sql.number(connection, "SELECT count(*) FROM search_message"),
        allRooms,
        (System.nanoTime() - began) / 1e9,
        megabytes(connection, "search_message"),
        megabytes(connection, "search_message_terms"),
        megabytes(connection, "search_message_by_time"),
        megabytes(connection, "search_message_pkey"));
  }

  /// The cost of the index for each message: the rooms of the account write theirs again.
  private void feed(NodeUnderTest node, BenchDatabase database) throws IOException {
    var ofNode = node.server().map(Processes.Usage::cpuSeconds).orElse(Double.NaN);
    var ofDatabase = database.usage().map(Processes.Usage::cpuSeconds).orElse(Double.NaN);
    var began = System.nanoTime();
    var answer =
        send(
            HttpRequest.newBuilder(node.url().resolve("/projections/search/rebuild"))
                .POST(HttpRequest.BodyPublishers.ofString("")));
    if (!answer.stripTrailing().endsWith("done")) throw new BenchFailure("not rebuilt: " + answer);
    var fed = (double) messages / allRooms * rooms + TEXTS;
    RoomRun.print(
        "index of %.0f messages built again in %.1f s; CPU for each message: node %.0f, PostgreSQL"
            + " %.0f µs",
        fed,
        (System.nanoTime() - began) / 1e9,
        (node.server().map(Processes.Usage::cpuSeconds).orElse(Double.NaN) - ofNode) / fed * 1e6,
        (database.usage().map(Processes.Usage::cpuSeconds).orElse(Double.NaN) - ofDatabase)
            / fed
            * 1e6);
  }

  private void measure(URI node, Member member, List<String> own) throws IOException {
    for (var i = 0; i < WARM_UP; i++) {
      search(node, member, "only" + i);
      search(node, member, words.get(i) + " in:" + own.get(i));
    }
    RoomRun.print("%-34s %21s   %21s", "", "one room", own.size() + " rooms");
    RoomRun.print("%-34s %21s   %21s", "ms", "p50 p99 max", "p50 p99 max");
    kind(node, member, own, "frequent word", _ -> words.get(random.nextInt(3)));
    kind(node, member, own, "word in 0.1 % of messages", i -> "only" + i * 7);
    kind(node, member, own, "two words", i -> words.get(i % 4) + " " + words.get(4 + i));
    kind(node, member, own, "three letters", i -> words.get(20 + i).substring(0, 3) + "*");
    kind(node, member, own, "two Chinese characters", i -> chinese(i) + chinese(i + 1));
    kind(node, member, own, "phrase", this::phrase);
    kind(node, member, own, "word of nobody", i -> "nowhere" + i);
    kind(node, member, own, "author of all", _ -> "from:" + member.user());
  }

  /// Two words that some messages have in this order.
  private String phrase(int i) {
    var latin = texts.get(20 * i % TEXTS + 10).split(" ", 3);
    return '"' + latin[0] + " " + latin[1] + '"';
  }

  private static String chinese(int rank) {
    return Character.toString(0x4E00 + rank % 20);
  }

  private interface Query {
    String number(int i);
  }

  private void kind(URI node, Member member, List<String> own, String name, Query query)
      throws IOException {
    var one = new double[searches];
    var all = new double[searches];
    for (var i = 0; i < searches; i++) {
      var room = own.get(random.nextInt(own.size()));
      one[i] = search(node, member, query.number(i) + " in:" + room);
      all[i] = search(node, member, query.number(i));
    }
    RoomRun.print("%-34s %21s   %21s", name, text(one), text(all));
  }

  private static String text(double[] millis) {
    Arrays.sort(millis);
    return "%.0f %.0f %.0f"
        .formatted(
            millis[millis.length / 2],
            millis[(int) (millis.length * 0.99)],
            millis[millis.length - 1]);
  }

  /// The time of one search in milliseconds, as a client sees it.
  private double search(URI node, Member member, String query) throws IOException {
    var path = "/v1/search?limit=20&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    var began = System.nanoTime();
    var answer =
        send(
            HttpRequest.newBuilder(node.resolve(path))
                .header("authorization", "Bearer " + member.token()));
    var millis = (System.nanoTime() - began) / 1e6;
    try {
      var page = Json.rest(answer, SearchPage.class);
      var isCut = page.before().isPresent() && page.hits().size() < 20;
      if (isCut) RoomRun.print("%s: searched back to %s only", query, page.searchedBackTo());
    } catch (Malformed fault) {
      throw new BenchFailure("not a page: " + answer, fault);
    }
    return millis;
  }

  private String send(HttpRequest.Builder request) throws IOException {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) throw new BenchFailure("refused: " + answer.body());
      return answer.body();
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  private static long megabytes(Connection connection, String relation) throws SQLException {
    return Sql.number(connection, "SELECT pg_relation_size('" + relation + "') >> 20");
  }
}
