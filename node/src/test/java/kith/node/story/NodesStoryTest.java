package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.cluster.ClusterView;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Moderating.ReportMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two nodes, one chat.
@Tag("story")
class NodesStoryTest {
  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void peopleOnTwoNodesShareTheirRooms() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    // enough rooms that each node runs some
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
  void aClientThatMovesToTheOtherNodeResumesAndItsRetryKeepsItsPlace() {
    var cem = Person.signsUp(NODES.here().uri("/"), "cem");
    var room = cem.makesRoom("cem's", Visibility.PUBLIC);
    cem.connects();
    cem.opens(room);
    var ack = cem.says(room, "the-id", "once");
    cem.losesConnection();

    cem.goesTo(NODES.there().uri("/"));
    cem.connects(Map.of(room, 0L));
    cem.hears(ServerFrame.Complete.class, complete -> complete.seq() == ack.seq());

    assertThat(cem.texts(room)).containsExactly("once");
    assertThat(cem.says(room, "the-id", "once").seq()).isEqualTo(ack.seq());
    cem.close();
  }

  @Test
  void moderationHoldsOnTheOtherNode() {
    var mia = Person.signsUp(NODES.here().uri("/"), "mia");
    var ned = Person.signsUp(NODES.there().uri("/"), "ned");
    var phone = mia.logsInAt(NODES.there().uri("/"));
    mia.connects();
    phone.connectsWithInbox();
    ned.connectsWithInbox();
    // enough rooms that each node runs some
    for (int i = 0; i < 8; i++) {
      var room = mia.makesRoom("mia's " + i, Visibility.PUBLIC);
      var path = "/v1/rooms/" + room;
      mia.opens(room);
      mia.rest().send("PATCH", path, Optional.of("{\"moderation\":{\"approval\":true}}"));
      assertThat(ned.rest().send("PUT", path + "/join-request", Optional.of("{}")).status())
          .isEqualTo(204);
      mia.hears(
          ServerFrame.Moderation.class,
          it -> it.room().equals(room) && it.joinRequests().isPresent());
      phone.hears(
          ServerFrame.Moderation.class,
          it -> it.room().equals(room) && it.joinRequests().isPresent());
      mia.rest().send("PUT", path + "/join-requests/ned", Optional.of("{\"accept\":true}"));
      ned.hears(
          ServerFrame.JoinRequests.class,
          it -> it.joined().filter(joined -> joined.room().equals(room)).isPresent());
      ned.opens(room);
      var seq = ned.says(room, "hello").seq();
      mia.sees(room, "hello");

      mia.rest().send("PUT", path + "/mutes/ned", Optional.of("{\"forMillis\":600000}"));
      ned.hears(
          ServerFrame.Moderation.class, it -> it.room().equals(room) && it.mute().isPresent());
      ned.says(new ClientFrame.Send("m" + i, room, "hi", OptionalLong.empty()));
      assertThat(ned.isRefused("m" + i).code()).isEqualTo(Code.MUTED.wire());

      var own = mia.says(room, "I rule").seq();
      assertThat(own).isGreaterThan(seq);
      ned.rest().post(path + "/reports", new ReportMessage(own, "power"));
      mia.rest().post(path + "/reports", new ReportMessage(seq, "loud"));
      mia.hears(
          ServerFrame.Moderation.class,
          it -> it.room().equals(room) && it.reports().equals(OptionalInt.of(1)));
      phone.hears(
          ServerFrame.Moderation.class,
          it ->
              it.room().equals(room)
                  && it.reports().equals(OptionalInt.of(1))
                  && it.joinRequests().isEmpty());
    }
    phone.close();
    mia.close();
    ned.close();
  }

  @Test
  void eachNodeShowsTheRoomsAndSocketsOfBoth() throws Exception {
    var eva = Person.signsUp(NODES.here().uri("/"), "eva");
    var room = eva.makesRoom("eva's", Visibility.PUBLIC);
    eva.connects();
    eva.opens(room);

    for (var node : List.of(NODES.here(), NODES.there())) {
      var nodes = nodesAccordingTo(node);
      assertThat(nodes).extracting(ClusterView.Node::status).containsExactly("up", "up");
      assertThat(nodes).allMatch(ClusterView.Node::reachable);
      assertThat(nodes.stream().mapToInt(it -> it.rooms().orElseThrow()).sum()).isPositive();
    }
    eva.close();
  }

  private static List<ClusterView.Node> nodesAccordingTo(TestNode node) throws Exception {
    var request = HttpRequest.newBuilder(node.uri("/cluster")).build();
    var answer = Rest.CLIENT.send(request, BodyHandlers.ofString());
    return Json.rest(answer.body(), ClusterView.Nodes.class).nodes();
  }

  @Test
  void aDeviceThatIsLoggedOutOnOneNodeLosesItsSocketOnTheOther() {
    var dan = Person.signsUp(NODES.here().uri("/"), "dan");
    var phone = dan.onAnotherDevice();
    phone.goesTo(NODES.there().uri("/"));
    phone.connects();

    phone.goesTo(NODES.here().uri("/"));
    phone.logsOut();

    assertThat(phone.isHungUpOn()).isEqualTo(4403);
  }
}
