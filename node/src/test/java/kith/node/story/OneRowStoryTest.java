package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.protocol.Visibility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The database cost of a message does not depend on the number of its recipients.
@Tag("story")
class OneRowStoryTest {
  private static final int MEMBERS = 1_000;

  @Test
  void aMessageToAThousandMembersIsOneJournalRow() throws SQLException {
    try (var node = TestNode.start()) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("stadium", Visibility.PUBLIC);
      IntStream.range(2, MEMBERS)
          .parallel()
          .forEach(i -> Person.signsUp(node.uri("/"), "fan" + i).joins(room));
      var last = Person.signsUp(node.uri("/"), "last");
      last.joins(room);
      last.connectsWithInbox();
      ann.connects();
      ann.opens(room);
      var before = rows(node);

      var seq = ann.says(room, "hello, all of you").seq();

      last.inbox(room, it -> it.seq() == seq && it.unread() == 1);
      assertThat(rows(node)).isEqualTo(before + 1);
      last.close();
      ann.close();
    }
  }

  private static long rows(TestNode node) throws SQLException {
    try (var connection = node.database().connect(Duration.ofSeconds(10));
        var statement = connection.createStatement();
        var count = statement.executeQuery("SELECT count(*) FROM event_journal")) {
      count.next();
      return count.getLong(1);
    }
  }
}
