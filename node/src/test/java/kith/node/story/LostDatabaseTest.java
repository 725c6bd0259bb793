package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.cluster.ClusterView;
import kith.node.platform.database.Cable;
import kith.protocol.Visibility;
import kith.protocol.json.Json;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two nodes, one of them with a database connection that can be cut.
@Tag("story")
@Order(StoryOrder.WAITING)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LostDatabaseTest {
  @Test
  void aNodeThatLosesTheDatabaseHandsOverItsRoomsAndRejoins() throws Exception {
    try (var here = TestNode.start();
        var cable = Cable.to(here.database());
        var there = here.another(cable.url())) {
      var ann = Person.signsUp(here.uri("/"), "ann");
      var rooms = roomsOnBothNodes(ann);

      cable.cut();
      awaitNodes(here, 1);
      ann.connects();
      for (var room : rooms) {
        ann.opens(room);
        ann.says(room, "still here");
      }

      cable.mend();
      awaitNodes(here, 2);
      for (var room : rooms) ann.says(room, "and again");
      ann.close();
    }
  }

  /// The connections stay open and answer nothing, with statements in flight.
  @Test
  void aNodeWhoseDatabaseFallsSilentBeginsAgainInItsProcess() throws Exception {
    try (var here = TestNode.start();
        var cable = Cable.to(here.database());
        var there = here.another(cable.url())) {
      var ann = Person.signsUp(here.uri("/"), "ann");
      var rooms = roomsOnBothNodes(ann);
      ann.connects();
      rooms.forEach(ann::opens);

      cable.fallSilent();
      // a commit of the silent node ends only after its rooms have moved
      for (var room : rooms) ann.says(room, "is anybody there?");
      awaitNodes(here, 1);

      cable.speakAgain();
      awaitNodes(here, 2);
      assertThat(there.hasEnded()).isFalse();
      ann.close();
    }
  }

  /// Makes enough rooms that each node runs some.
  private static List<String> roomsOnBothNodes(Person ann) {
    return IntStream.range(0, 12)
        .mapToObj(i -> ann.makesRoom("room " + i, Visibility.PUBLIC))
        .toList();
  }

  private static List<ClusterView.Node> nodes(TestNode node) throws Exception {
    var request = HttpRequest.newBuilder(node.uri("/cluster")).build();
    var answer = Rest.CLIENT.send(request, BodyHandlers.ofString());
    return Json.rest(answer.body(), ClusterView.Nodes.class).nodes();
  }

  private static void awaitNodes(TestNode node, int count) throws Exception {
    while (nodes(node).stream().filter(it -> it.status().equals("up") && it.reachable()).count()
        != count) poll();
  }

  /// Paces the polling; no assertion depends on the time.
  private static void poll() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
  }
}
