package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import kith.node.TestNode;
import kith.protocol.Visibility;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two nodes, one chat.
class NodesStoryTest {
  private static TestNode here;
  private static TestNode there;

  @BeforeAll
  static void startNodes() {
    here = TestNode.start();
    there = here.another();
  }

  @AfterAll
  static void stopNodes() {
    there.close();
    here.close();
  }

  @Test
  void peopleOnTwoNodesShareTheirRooms() {
    var ann = Person.signsUp(here.uri("/"), "ann");
    var bob = Person.signsUp(there.uri("/"), "bob");
    // so many that some live here and some there
    var rooms =
        IntStream.range(0, 12)
            .mapToObj(i -> ann.makesRoom("room " + i, Visibility.PUBLIC))
            .toList();
    ann.connects();
    bob.connects();
    for (var room : rooms) {
      bob.joins(room);
      ann.opens(room);
      bob.opens(room);
      ann.says(room, "hello over there");
      bob.says(room, "hello over here");
      bob.sees(room, "hello over there");
      ann.sees(room, "hello over here");
      assertThat(bob.history(room)).isEqualTo(ann.history(room));
    }
    ann.close();
    bob.close();
  }

  @Test
  void whoMovesToTheOtherNodeGetsWhatWasMissedAndTheSamePlaceForARetry() {
    var cem = Person.signsUp(here.uri("/"), "cem");
    var room = cem.makesRoom("cem's", Visibility.PUBLIC);
    cem.connects();
    cem.opens(room);
    var ack = cem.says(room, "the-id", "once");
    cem.losesConnection();

    cem.goesTo(there.uri("/"));
    cem.connects(Map.of(room, 0L));
    cem.hears(ServerFrame.Complete.class, complete -> complete.seq() == ack.seq());

    assertThat(cem.texts(room)).containsExactly("once");
    assertThat(cem.says(room, "the-id", "once").seq()).isEqualTo(ack.seq());
    cem.close();
  }

  @Test
  void aDeviceThatIsLoggedOutOnOneNodeLosesItsSocketOnTheOther() {
    var dan = Person.signsUp(here.uri("/"), "dan");
    var phone = dan.onAnotherDevice();
    phone.goesTo(there.uri("/"));
    phone.connects();

    phone.goesTo(here.uri("/"));
    phone.logsOut();

    assertThat(phone.isHungUpOn()).isEqualTo(4403);
  }
}
