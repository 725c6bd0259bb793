package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.StoredTexts;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.platform.database.Jdbc;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A room whose oldest entries have left the journal for compressed segments.
@Tag("story")
class SealingStoryTest {
  @Test
  void sealedEntriesLookTheSameToClients() throws SQLException {
    // One account says more at a stretch than a node accepts from it: how fast it is must not
    // matter.
    var settings =
        Map.of(
            "kith.retention.sealing.entries", "100",
            "kith.sessions.send-burst", "20000",
            "kith.sessions.account-send-burst", "20000");
    try (var node = TestNode.start(settings)) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("tea", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      for (var i = 2; i <= 1300; i++) ann.says(room, "message " + i);
      awaitSealed(node);
      assertThat(StoredTexts.found(node.database(), "message 500"))
          .as("compressed, and so not found as a text")
          .isEmpty();

      assertThat(ann.history(room))
          .hasSize(1300)
          .allMatch(it ->
              !(it instanceof Entry.Message message)
                  || message.body().equals(Optional.of("message " + message.seq())));
      ann.says(new ClientFrame.Edit("e", room, 500, "a better message"));
      ann.isAcked("e");
      ann.says(new ClientFrame.Redact("r", room, 501, Optional.empty()));
      ann.isAcked("r");

      node.restart();
      var again = ann.logsInAt(node.uri("/"));
      var after = again.history(room);
      assertThat(((Entry.Message) after.get(499)).edit().orElseThrow().body())
          .isEqualTo("a better message");
      assertThat(((Entry.Message) after.get(500)).body()).isEmpty();
      again.connects();
      again.says(new ClientFrame.Open(room, OptionalLong.of(0)));
      again.hears(ServerFrame.Complete.class, it -> it.room().equals(room) && it.seq() == 1302);
      assertThat(again.log(room)).hasSize(1302);
      again.says(room, "after the restart");
      again.seesEntry(room, it -> it.seq() == 1303, "the log goes on");
      again.close();
      ann.close();
    }
  }

  private static void awaitSealed(TestNode node) throws SQLException {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var left = rows(node);
    while (left > 400 && System.nanoTime() < deadline) left = rows(node);
    assertThat(left).as("rows of the room in the journal").isLessThanOrEqualTo(400);
  }

  private static long rows(TestNode node) throws SQLException {
    var database = node.database();
    try (var connection =
        DriverManager.getConnection(
            database.url(), database.user().orElseThrow(), database.password().orElseThrow())) {
      return Jdbc.rows(
              connection,
              "SELECT count(*) FROM event_journal WHERE persistence_id LIKE 'room|%'",
              row -> row.getLong(1))
          .getFirst();
    }
  }
}
