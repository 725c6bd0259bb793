package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kith.node.StoryOrder;
import kith.node.person.Person;
import kith.node.platform.database.TestPostgres;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Three devices of one user and two of another on two nodes. Each node is killed in turn: unread
/// counts, mentions and receipts are the same on all devices.
@Tag("story")
@Order(StoryOrder.LONG)
class DevicesStoryTest {

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void allDevicesAgreeEvenAfterEitherNodeDied() throws Exception {
    var name = "devices-" + Long.toHexString(System.nanoTime());
    var directory = Path.of("target", name).toAbsolutePath();
    var database = TestPostgres.migratedDatabase();
    try (var one = NodeProcess.startOn(database, directory.resolve("one"));
        var other = NodeProcess.startOn(database, directory.resolve("other"))) {
      one.awaitReady();
      other.awaitReady();
      var they = new AnnAndBob(one, other);
      they.writeAndRead("at first");

      one.kill();
      they.comeBackOn(other, they.laptop, they.bobs);
      they.agree("after one node died");
      they.writeAndRead("without it");

      one.startAgain();
      they.comeBackOn(one, they.laptop, they.bobs);
      they.writeAndRead("with both again");

      other.kill();
      they.comeBackOn(one, they.phone, they.tablet, they.bobsPhone);
      they.agree("after the other node died");
      they.writeAndRead("without the other");
      they.devices().forEach(Person::close);
    }
  }

  private static final class AnnAndBob {
    private final Person laptop;
    private final Person phone;
    private final Person tablet;
    private final Person bobs;
    private final Person bobsPhone;
    private final String tea;
    private final String work;
    private long inTea;
    private long inWork;

    AnnAndBob(NodeProcess one, NodeProcess other) {
      laptop = Person.signsUp(one.uri(), "ann");
      bobs = Person.signsUp(one.uri(), "bob");
      tea = laptop.makesRoom("tea", Visibility.PUBLIC);
      work = laptop.makesRoom("work", Visibility.PUBLIC);
      bobs.joins(tea);
      bobs.joins(work);
      phone = laptop.onAnotherDevice();
      tablet = laptop.onAnotherDevice();
      bobsPhone = bobs.onAnotherDevice();
      Stream.of(phone, tablet, bobsPhone).forEach(it -> it.goesTo(other.uri()));
      devices().forEach(this::comesBack);
    }

    Stream<Person> devices() {
      return Stream.of(laptop, phone, tablet, bobs, bobsPhone);
    }

    void comeBackOn(NodeProcess node, Person... people) {
      for (var person : people) {
        person.losesConnection();
        person.goesTo(node.uri());
        comesBack(person);
      }
    }

    private void comesBack(Person person) {
      person.connectsWithInbox();
      person.opens(tea);
      person.opens(work);
    }

    /// Ann writes, and bob's two devices read different rooms at the same time.
    void writeAndRead(String when) {
      laptop.says(tea, "is there any tea?");
      inTea = phone.says(tea, "@bob is there any tea?").seq();
      inWork = tablet.says(work, "@room there is work").seq();
      for (var device : List.of(bobs, bobsPhone)) {
        device.inbox(tea, it -> it.unread() == 2 && it.mentions().equals(OptionalInt.of(1)));
        device.inbox(work, it -> it.unread() == 1 && it.mentions().equals(OptionalInt.of(1)));
      }

      var began = System.nanoTime();
      bobs.says(new ClientFrame.Read(tea, inTea));
      bobsPhone.says(new ClientFrame.Read(work, inWork));
      agree(when);

      var took = Duration.ofNanos(System.nanoTime() - began);
      System.out.printf("%s: all agreed after %d ms%n", when, took.toMillis());
    }

    void agree(String when) {
      devices()
          .forEach(device -> {
            device.inbox(tea, it -> isRead(it, inTea));
            device.inbox(work, it -> isRead(it, inWork));
          });
      Stream.of(laptop, phone, tablet).forEach(it -> sees(it, "bob"));
      Stream.of(bobs, bobsPhone).forEach(it -> sees(it, "ann"));
      devices()
          .forEach(device ->
              assertThat(device.inboxOverRest()).as(when).allMatch(it -> isRead(it, it.seq())));
    }

    private void sees(Person device, String user) {
      device.receipt(tea, user, it -> it.read() == inTea);
      device.receipt(work, user, it -> it.read() == inWork);
    }

    private static boolean isRead(InboxRoom room, long seq) {
      return room.read() == seq && room.unread() == 0 && room.mentions().equals(OptionalInt.of(0));
    }
  }
}
