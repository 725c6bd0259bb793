package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kith.node.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading a room's history over HTTP on a whole node.
@Tag("story")
class HistoryRoutesTest {

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  private final HttpPerson ann = HttpPerson.signsUp(node, "ann");
  private final HttpPerson bob = HttpPerson.signsUp(node, "bob");
  private final String room = ann.makes("{\"name\":\"room of " + ann.name() + "\"}");

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            Map.of(
                "kith.accounts.throttle.per-address.burst", "10000",
                "kith.rooms.page-entries", "60"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                | 1 2 3 4 5 6 | false",
        "?limit=2        | 5 6         | true",
        "?limit=1        | 6           | true",
        "?before=4       | 1 2 3       | false",
        "?before=4&limit=2 | 2 3       | true",
        "?before=4&limit=3 | 1 2 3     | false",
        "?before=1       |             | false",
        "?before=999&limit=1 | 6       | true",
        "?after=0        | 1 2 3 4 5 6 | false",
        "?after=3        | 4 5 6       | false",
        "?after=3&limit=2 | 4 5        | true",
        "?after=6        |             | false",
        "?after=999      |             | false",
      })
  void aPageHasTheRequestedEntries(String query, String seqs, String more) {
    for (var word : List.of("a", "b", "c", "d", "e")) ann.says(room, word);

    var page = ann.get(room + "/entries" + (query == null ? "" : query));

    assertThat(String.join(" ", page.list("entries", "seq"))).isEqualTo(seqs == null ? "" : seqs);
    assertThat(page.field("more")).isEqualTo(more);
    assertThat(room).endsWith(page.field("room"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"before=x", "after=-1", "limit=1.5", "before=3&after=1"})
  void anInvalidPageQueryIsRefused(String query) {
    assertThat(ann.get(room + "/entries?" + query).refusal()).isEqualTo("400 bad-field");
  }

  @Test
  void aPageHas50EntriesByDefaultAndAtMostTheNodesLimit() {
    for (var i = 0; i < 65; i++) ann.says(room, "word " + i);

    assertThat(ann.get(room + "/entries").list("entries")).hasSize(50);
    assertThat(ann.get(room + "/entries?limit=1000").list("entries")).hasSize(60);
  }

  @Test
  void aPageOfLongMessagesIsCutAtItsFarEnd() {
    for (var i = 0; i < 20; i++) ann.says(room, "x".repeat(16_000));

    var newest = ann.get(room + "/entries?limit=60");
    var oldest = ann.get(room + "/entries?after=0&limit=60");

    assertThat(newest.list("entries", "seq")).endsWith("21").doesNotContain("2");
    assertThat(newest.field("more")).isEqualTo("true");
    assertThat(oldest.list("entries", "seq")).startsWith("1", "2").doesNotContain("21");
    assertThat(oldest.field("more")).isEqualTo("true");
  }

  @Test
  void aNewMemberReadsEarlierMessages() {
    ann.says(room, "before bob");
    assertThat(bob.get(room + "/entries").refusal()).isEqualTo("403 not-a-member");

    bob.joins(room);

    assertThat(bob.get(room + "/entries").list("entries", "body")).contains("before bob");
  }

  @Test
  void everyChangeOfARoomIsAnEntry() {
    bob.joins(room);
    ann.gives(bob, "moderator", room);
    bob.patch(room, "{\"topic\":\"news\"}");
    ann.put(room + "/bans/" + bob.name(), "{\"reason\":\"enough\"}");
    ann.delete(room + "/bans/" + bob.name());

    var page = ann.get(room + "/entries");

    assertThat(page.list("entries", "type"))
        .containsExactly("created", "joined", "role", "settings", "banned", "unbanned");
    assertThat(page.list("entries").get(4).path("reason").asText()).isEqualTo("enough");
  }

  @Test
  void allVersionsOfAMessageAreKept() {
    var first = ann.says(room, "helo");
    ann.edits(room, first, "hallo");
    var last = ann.edits(room, first, "hello");

    var versions = ann.get(room + "/entries/" + first + "/versions");

    assertThat(versions.list("versions", "body")).containsExactly("helo", "hallo", "hello");
    assertThat(versions.field("seq")).isEqualTo("" + first);
    var message = ann.get(room + "/entries?after=" + (first - 1) + "&limit=1").list("entries");
    assertThat(message.getFirst().path("body").asText()).isEqualTo("helo");
    assertThat(message.getFirst().path("edit").path("body").asText()).isEqualTo("hello");
    assertThat(message.getFirst().path("edit").path("seq").asLong()).isEqualTo(last);
  }

  @Test
  void aLongVersionListHasTheFirstAndTheLatest() {
    var first = ann.says(room, "draft");
    for (var i = 1; i <= 105; i++) ann.edits(room, first, "edit " + i);

    var bodies = ann.get(room + "/entries/" + first + "/versions").list("versions", "body");

    assertThat(bodies).hasSize(101).startsWith("draft", "edit 6", "edit 7").endsWith("edit 105");
  }

  @Test
  void onlyMessagesHaveVersionsAndOnlyForMembers() {
    var seq = ann.says(room, "hello");

    assertThat(ann.get(room + "/entries/1/versions").refusal()).isEqualTo("404 unknown-message");
    assertThat(ann.get(room + "/entries/99/versions").refusal()).isEqualTo("404 unknown-message");
    assertThat(ann.get(room + "/entries/x/versions").refusal()).isEqualTo("404 not-found");
    assertThat(bob.get(room + "/entries/" + seq + "/versions").refusal())
        .isEqualTo("403 not-a-member");
  }

  @Test
  void redactedTextIsInNoAnswer() {
    var seq = ann.says(room, "the old PIN");
    ann.edits(room, seq, "the new PIN");
    ann.redacts(room, seq);

    assertThat(ann.get(room + "/entries/" + seq + "/versions").refusal())
        .isEqualTo("410 message-redacted");
    for (var query : List.of("", "?after=0", "?before=99", "?after=" + (seq - 1) + "&limit=1"))
      assertThat(ann.get(room + "/entries" + query).text())
          .contains("redact")
          .doesNotContain("PIN");
    assertThat(ann.get(room + "/entries").list("entries", "seq"))
        .containsExactly("1", "2", "3", "4");
  }
}
