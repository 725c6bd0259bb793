package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kith.node.StoryOrder;
import kith.node.person.Person;
import kith.node.platform.database.TestPostgres;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.frame.UserPresence;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Two nodes are killed in turn. Users with a device on the other node stay online, and users whose
/// only device was on the killed node are offline.
@Tag("story")
@Order(StoryOrder.LOCKED)
@ResourceLock(NodeProcess.LOCK)
class PresenceSurvivalTest {

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void onlyUsersWithoutAnotherDeviceGoOfflineWhenANodeDies() throws Exception {
    var directory = Path.of("target", "presence-" + UUID.randomUUID()).toAbsolutePath();
    var database = TestPostgres.migratedDatabase();
    try (var one = NodeProcess.startOn(database, directory.resolve("one"));
        var two = NodeProcess.startOn(database, directory.resolve("two"))) {
      one.awaitReady();
      two.awaitReady();
      var ann = Person.signsUp(one.uri(), "ann");
      var bob = Person.signsUp(one.uri(), "bob");
      var carol = Person.signsUp(two.uri(), "carol");
      var room = ann.makesRoom("tea", Visibility.PUBLIC);
      bob.joins(room);
      carol.joins(room);
      var annOnTwo = ann.onAnotherDevice();
      var bobOnTwo = bob.onAnotherDevice();
      annOnTwo.goesTo(two.uri());
      bobOnTwo.goesTo(two.uri());
      for (var device : List.of(bob, bobOnTwo, carol)) device.connects();
      looks(room, ann, annOnTwo);

      two.kill();

      ann.sees("carol", is(Status.OFFLINE));
      assertThat(ann.statuses("bob")).containsOnly(Status.ONLINE);
      two.startAgain();
      carol.connects();
      bobOnTwo.connects();
      looks(room, annOnTwo);
      ann.sees("carol", is(Status.ONLINE));
      carol.close();
      carol.goesTo(one.uri());
      carol.connects();

      one.kill();

      annOnTwo.sees("carol", is(Status.OFFLINE));
      assertThat(annOnTwo.statuses("bob")).containsOnly(Status.ONLINE);
      for (var device : List.of(ann, annOnTwo, bob, bobOnTwo, carol)) device.close();
    }
  }

  private static void looks(String room, Person... devices) {
    for (var device : devices) {
      device.connects();
      device.opens(room);
      device.watches(room, "bob", "carol");
      device.sees("bob", is(Status.ONLINE));
      device.sees("carol", is(Status.ONLINE));
    }
  }

  private static Predicate<UserPresence> is(Status status) {
    return it -> it.status() == status;
  }
}
