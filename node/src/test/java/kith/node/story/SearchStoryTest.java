package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import kith.node.RebuildCommand;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Searches.SearchHit;
import kith.protocol.rest.Searches.SearchMatch;
import kith.protocol.rest.Searches.SearchPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Ann and Bob search their rooms.
@Tag("story")
class SearchStoryTest {
  /// Messages of one millisecond are in the order of their rooms' ids.
  private static final Comparator<ServerFrame.Ack> OLDEST_FIRST =
      Comparator.comparing(ServerFrame.Ack::at)
          .thenComparing(ServerFrame.Ack::room)
          .thenComparing(ServerFrame.Ack::seq);

  private static TestNode node;
  private static int stories;

  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    node =
        TestNode.start(
            Map.of(
                "kith.search.time", "10s",
                "kith.search.per-account", "1",
                // a search is repeated without a pause until the index has followed the log
                "kith.http.requests.per-second", "1000000",
                "kith.http.requests.address-per-second", "1000000",
                "kith.retention.interval", "10s"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annAndBobShareARoom() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("Room " + stories, Visibility.PUBLIC);
    bob.joins(room);
    for (var person : List.of(ann, bob)) {
      person.connects();
      person.opens(room);
    }
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  @Test
  void messagesAreFoundByWordsAndConditionsInAllRooms() {
    var other = ann.makesRoom("Second " + stories, Visibility.PRIVATE);
    ann.opens(other);
    var talk = ann.talksTo(bob.name());
    ann.opens(talk);
    var first = ann.says(room, "tea in the Garden");
    var second = bob.says(room, "more tea: https://example.org/tea");
    var third = ann.says(other, "no garden, only tea");
    var fourth = ann.says(talk, "日本語 garden tea");
    var file =
        ann.files().sends(other, "look", ann.files().uploads("tea-plan.pdf", new byte[] {1, 2}));

    finds(ann, "tea", file, fourth, third, second, first);
    finds(bob, "tea", fourth, second, first);
    finds(ann, "garden tea", fourth, third, first);
    finds(ann, "\"the garden\"", first);
    finds(ann, "gard", fourth, third, first);
    finds(ann, "本語", fourth);
    finds(ann, "tea from:" + bob.name(), second);
    finds(bob, "tea from:me", second);
    finds(ann, "tea in:\"second " + stories + "\"", file, third);
    finds(ann, "tea in:" + room, second, first);
    finds(ann, "garden with:" + bob.name(), fourth);
    finds(ann, "has:file", file);
    finds(ann, "tea has:link", second);
    finds(ann, "tea after:9998");
    finds(ann, "tea before:2020");
    var hit = page(ann, "q=" + encoded("garden in:\"room " + stories + "\"")).hits().getFirst();
    assertThat(hit.matches()).containsExactly(new SearchMatch(11, 17));
    assertThat(hit.message().body()).contains("tea in the Garden");
    assertThat(hit.message().by()).isEqualTo(ann.name());
  }

  @Test
  void pagesFollowEachOther() {
    var said =
        Stream.generate(() -> ann.says(room, "a page")).limit(7).toArray(ServerFrame.Ack[]::new);
    finds(ann, "page", said);

    var all = new ArrayList<String>();
    var page = page(ann, "q=page&limit=3");
    while (true) {
      all.addAll(places(page));
      assertThat(page.hits()).hasSizeLessThanOrEqualTo(3);
      assertThat(page.searchedBackTo().isPresent()).isEqualTo(page.before().isPresent());
      if (page.before().isEmpty()) break;
      page = page(ann, "q=page&limit=3&before=" + page.before().get());
    }

    assertThat(all).isEqualTo(places(said));
  }

  @Test
  void messagesThatMayNotBeReadAreNotFound() {
    var secret = ann.makesRoom("Secret " + stories, Visibility.PRIVATE);
    ann.opens(secret);
    var hidden = ann.says(secret, "the plan");
    var redacted = ann.says(room, "a bad plan");
    var edited = ann.says(room, "an odd plan");
    var rude = bob.says(room, "a rude plan");
    finds(ann, "plan", rude, edited, redacted, hidden);
    finds(bob, "plan", rude, edited, redacted);

    ann.says(new ClientFrame.Redact("r1", room, redacted.seq(), Optional.empty()));
    ann.isAcked("r1");
    // at once: the index may still have it
    assertThat(places(page(bob, "q=bad"))).isEmpty();
    ann.says(new ClientFrame.Edit("e1", room, edited.seq(), "a strange idea"));
    ann.isAcked("e1");
    assertThat(places(page(bob, "q=odd"))).isEmpty();
    finds(bob, "strange", edited);

    ann.rest().send("PUT", "/v1/account/blocked/" + bob.name(), Optional.empty());
    assertThat(places(page(ann, "q=rude"))).isEmpty();
    finds(bob, "rude", rude);

    var last = bob.says(room, "the last plan");
    finds(bob, "plan", last, rude);
    keeps(ann, room, 1);
    bob.seesEntry(room, it -> it.seq() > last.seq() + 1, "the removal of what is not kept");
    assertThat(places(page(bob, "q=plan"))).isEmpty();

    // a member of before, and a user who never was one
    assertThat(bob.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty()).status())
        .isLessThan(300);
    var eve = Person.signsUp(node.uri("/"), "eve" + stories);
    for (var person : List.of(bob, eve)) {
      assertThat(places(page(person, "q=plan"))).isEmpty();
      assertThat(search(person, "q=plan+in:" + secret).code()).isEqualTo(Code.BAD_SEARCH);
      assertThat(search(person, "q=plan+in:" + room).code()).isEqualTo(Code.BAD_SEARCH);
    }
  }

  @Test
  void aKickDuringASearchCounts() throws SQLException {
    var said = ann.says(room, "the plan");
    finds(bob, "plan", said);

    CompletableFuture<SearchPage> answer;
    try (var connection = connection();
        var lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute("LOCK TABLE search_message IN ACCESS EXCLUSIVE MODE");
      answer = CompletableFuture.supplyAsync(() -> page(bob, "q=plan"));
      awaits(() -> waiting(connection) > 0);
      assertThat(search(bob, "q=plan").code()).isEqualTo(Code.RATE_LIMITED);
      assertThat(
              ann.rest()
                  .send("DELETE", "/v1/rooms/" + room + "/members/" + bob.name(), Optional.empty())
                  .status())
          .isEqualTo(204);
      bob.hears(ServerFrame.Closed.class, it -> it.room().equals(room));
      connection.rollback();
    }

    assertThat(answer.join().hits()).isEmpty();
    finds(ann, "plan", said);
  }

  @Test
  void anUnreachableIndexAffectsOnlySearch() throws SQLException {
    execute("ALTER TABLE search_message RENAME TO away");
    ServerFrame.Ack said;
    try {
      assertThat(search(ann, "q=plan").code()).isEqualTo(Code.UNAVAILABLE);
      said = ann.says(room, "a plan without an index, @" + bob.name());
      bob.sees(room, "a plan without an index, @" + bob.name());
      bob.awaitsInboxOverRest(rooms ->
          rooms.stream().anyMatch(it -> it.room().equals(room) && it.mentions().orElse(0) == 1));
    } finally {
      execute("ALTER TABLE away RENAME TO search_message");
    }

    finds(bob, "plan", said);
  }

  @Test
  void anOlderDatabaseGetsItsIndexByARebuild() throws SQLException {
    var said = ann.says(room, "an old plan");
    finds(ann, "old plan", said);
    execute("DELETE FROM search_message WHERE room = '" + room + "'");
    execute(
        "DELETE FROM projection_position WHERE projection = 'search' AND room = '" + room + "'");
    var without = page(ann, "q=plan");
    assertThat(without.hits()).isEmpty();
    assertThat(without.unindexedRooms()).isEqualTo(OptionalInt.of(1));

    assertThat(
            new CommandLine(new RebuildCommand())
                .execute("search", "--port", String.valueOf(node.port())))
        .isZero();

    var found = page(ann, "q=plan");
    assertThat(places(found)).isEqualTo(places(said));
    assertThat(found.unindexedRooms()).isEmpty();
  }

  @Test
  void wrongSearchesAreRefusedWithAReason() {
    assertThat(search(ann, "q=").code()).isEqualTo(Code.BAD_SEARCH);
    assertThat(search(ann, "limit=3").code()).isEqualTo(Code.BAD_SEARCH);
    assertThat(search(ann, "q=" + encoded("\"tea")).detail())
        .isEqualTo("A quotation mark is not closed.");
    assertThat(search(ann, "q=in:nowhere").detail())
        .isEqualTo("You have no room with the name 'nowhere'.");
    assertThat(search(ann, "q=with:nobody").detail())
        .isEqualTo("You have no conversation with 'nobody'.");
    for (var query : List.of("q=tea&limit=0", "q=tea&before=7", "q=tea&zone=Nowhere", "q=%00"))
      assertThat(search(ann, query).code()).as(query).isEqualTo(Code.BAD_FIELD);
    assertThat(page(ann, "q=tea&limit=100000&zone=Europe/Berlin").hits()).isEmpty();
    assertThat(new Rest(node.uri("/"), Optional.empty()).get("/v1/search?q=tea").code())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  private static void keeps(Person person, String room, int entries) {
    assertThat(
            person
                .rest()
                .send(
                    "PATCH",
                    "/v1/rooms/" + room,
                    Optional.of("{\"retention\":{\"entries\":" + entries + "}}"))
                .status())
        .isLessThan(300);
  }

  private static Rest.Answer search(Person person, String query) {
    return person.rest().get("/v1/search?" + query);
  }

  private static SearchPage page(Person person, String query) {
    return search(person, query).as(SearchPage.class);
  }

  /// Searches until exactly these messages are found: the index follows the log after a moment.
  private static void finds(Person person, String query, ServerFrame.Ack... said) {
    var expected = places(said);
    var found = new ArrayList<String>();
    awaits(() -> {
      found.clear();
      found.addAll(places(page(person, "q=" + encoded(query))));
      return found.equals(expected);
    });
    assertThat(found).as(query).isEqualTo(expected);
  }

  private static void awaits(java.util.concurrent.Callable<Boolean> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    try {
      while (!wanted.call() && System.nanoTime() < deadline) Thread.onSpinWait();
    } catch (Exception fault) {
      throw new AssertionError(fault);
    }
  }

  private static List<String> places(SearchPage page) {
    return page.hits().stream().map(SearchStoryTest::place).toList();
  }

  private static String place(SearchHit hit) {
    return hit.room() + hit.message().seq();
  }

  /// The places in the order in which a search returns them.
  private static List<String> places(ServerFrame.Ack... said) {
    return Stream.of(said).sorted(OLDEST_FIRST.reversed()).map(it -> it.room() + it.seq()).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Connection connection() throws SQLException {
    var database = node.database();
    return DriverManager.getConnection(
        database.url(), database.user().orElseThrow(), database.password().orElseThrow());
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Reads that wait for the lock.
  private static int waiting(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                    + " AND relation = 'search_message'::regclass AND mode = 'AccessShareLock'")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
