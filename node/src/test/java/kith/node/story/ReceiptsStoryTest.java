package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.node.person.Person;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Delivery and read receipts on two nodes.
@Tag("story")
class ReceiptsStoryTest {
  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void anAuthorGetsDeliveryAndReadReceiptsThatNeverMoveBack() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    var room = ann.makesRoom("tea", Visibility.PUBLIC);
    bob.joins(room);
    ann.connectsWithInbox();
    ann.opens(room);
    bob.connectsWithInbox();
    bob.opens(room);
    var first = ann.says(room, "one").seq();
    var last = ann.says(room, "two").seq();

    bob.says(new ClientFrame.Delivered(room, last));
    ann.receipt(room, "bob", it -> it.delivered() == last && it.read() < last);

    bob.says(new ClientFrame.Read(room, last));
    ann.receipt(room, "bob", it -> it.read() == last);

    bob.says(new ClientFrame.Read(room, first));
    bob.says(new ClientFrame.Delivered(room, first));
    var third = bob.says(room, "three").seq();
    assertThat(ann.receipt(room, "bob", it -> it.read() == third).delivered()).isEqualTo(third);
    assertThat(ann.receipts(room, "bob"))
        .extracting(ServerFrame.Receipt::read)
        .isSortedAccordingTo(Long::compare);
    close(ann, bob);
  }

  @Test
  void aDeviceThatOpensARoomLaterGetsEarlierReceipts() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann2");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob2");
    var room = ann.makesRoom("later", Visibility.PUBLIC);
    bob.joins(room);
    ann.connectsWithInbox();
    ann.opens(room);
    bob.connectsWithInbox();
    var seq = ann.says(room, "hello").seq();
    bob.inbox(room, it -> it.seq() == seq);

    bob.says(new ClientFrame.Read(room, seq));

    ann.receipt(room, "bob2", it -> it.read() == seq);
    var phone = ann.onAnotherDevice();
    phone.goesTo(NODES.there().uri("/"));
    phone.connectsWithInbox();
    phone.opens(room);
    phone.receipt(room, "bob2", it -> it.read() == seq);
    close(ann, bob, phone);
  }

  @Test
  void aClientWithoutTheInboxGetsNoReceipts() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann3");
    var bob = Person.signsUp(NODES.here().uri("/"), "bob3");
    var room = ann.makesRoom("plain", Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    ann.opens(room);
    var phone = ann.onAnotherDevice();
    phone.connectsWithInbox();
    phone.opens(room);
    bob.connects();
    bob.opens(room);
    var seq = ann.says(room, "hello").seq();

    bob.says(new ClientFrame.Read(room, seq));
    phone.receipt(room, "bob3", it -> it.read() == seq);
    ann.says(room, "hello again");

    assertThat(ann.receipts(room, "bob3")).isEmpty();
    close(ann, bob, phone);
  }

  @Test
  void aBigRoomSendsOnlyTheRequestedCounts() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann4");
    var room = ann.makesRoom("stadium", Visibility.PUBLIC);
    var readers = new ArrayList<Person>();
    for (var i = 0; i < 50; i++) {
      var reader = Person.signsUp(NODES.here().uri("/"), "reader" + i);
      reader.joins(room);
      if (i < 3) readers.add(reader);
    }
    ann.connectsWithInbox();
    ann.opens(room);
    var seq = ann.says(room, "hello all").seq();
    ann.says(new ClientFrame.Receipts(room, List.of(seq)));

    for (var reader : readers) {
      reader.goesTo(NODES.there().uri("/"));
      reader.connects();
      reader.opens(room);
      reader.says(new ClientFrame.Delivered(room, seq));
    }
    readers.getFirst().says(new ClientFrame.Read(room, seq));

    // the author counts as having received and read it
    var counts = Optional.of(List.of(new ServerFrame.ReceiptCount(seq, 4, 2)));
    ann.hears(ServerFrame.Receipts.class, it -> it.counts().equals(counts));
    assertThat(ann.receipts(room, "reader0")).isEmpty();
    close(ann);
    readers.forEach(Person::close);
  }

  private static void close(Person... people) {
    for (var person : people) person.close();
  }
}
