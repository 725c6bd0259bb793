package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kith.node.person.Person;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A user who may not see the presence of another user gets no receipts of that user.
@Tag("story")
class HiddenReceiptsStoryTest {
  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void aBlockedUserGetsNoReceiptsInSharedRooms() {
    var room = shared("");
    var ann = room.ann();
    ann.watches(room.name(), "bob");
    ann.rest().send("PUT", "/v1/account/blocked/bob", Optional.empty());
    ann.sees("bob", it -> it.status() == Status.OFFLINE);
    var seq = room.bob().says(room.name(), "has anybody read this?").seq();

    ann.says(new ClientFrame.Read(room.name(), seq));
    room.cleo().receipt(room.name(), "ann", it -> it.read() == seq);
    room.cleo().says(new ClientFrame.Read(room.name(), seq));

    room.bob().receipt(room.name(), "cleo", it -> it.read() == seq);
    assertThat(room.bob().receipts(room.name(), "ann")).noneMatch(it -> it.delivered() >= seq);
    // nor from stored receipts
    var phone = room.bob().onAnotherDevice();
    phone.connectsWithInbox();
    phone.opens(room.name());
    phone.receipt(room.name(), "cleo", it -> it.read() == seq);
    assertThat(phone.receipts(room.name(), "ann")).isEmpty();
    phone.close();
    room.close();
  }

  @Test
  void anInvisibleUserSendsReceiptsAgainAfterBecomingVisible() {
    var room = shared("1");
    var ann = room.ann();
    var phone = ann.onAnotherDevice();
    phone.connectsWithInbox();
    ann.watches(room.name(), "ann1");
    ann.rest().send("PUT", "/v1/account/status", Optional.of("{\"status\":\"invisible\"}"));
    ann.sees("ann1", it -> it.status() == Status.INVISIBLE);
    var seq = room.bob().says(room.name(), "has anybody read this?").seq();

    ann.says(new ClientFrame.Read(room.name(), seq));
    phone.inbox(room.name(), it -> it.read() == seq);
    room.cleo().says(new ClientFrame.Read(room.name(), seq));

    room.bob().receipt(room.name(), "cleo1", it -> it.read() == seq);
    assertThat(room.bob().receipts(room.name(), "ann1")).noneMatch(it -> it.delivered() >= seq);

    ann.rest().send("PUT", "/v1/account/status", Optional.of("{\"status\":\"online\"}"));
    ann.sees("ann1", it -> it.status() == Status.ONLINE);
    var next = room.bob().says(room.name(), "and this?").seq();
    ann.says(new ClientFrame.Read(room.name(), next));
    room.bob().receipt(room.name(), "ann1", it -> it.read() == next);
    phone.close();
    room.close();
  }

  /// Ann and Cleo on one node and Bob on the other, in one room.
  private record Shared(String name, Person ann, Person bob, Person cleo) {
    void close() {
      ann.close();
      bob.close();
      cleo.close();
    }
  }

  private static Shared shared(String number) {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann" + number);
    var bob = Person.signsUp(NODES.there().uri("/"), "bob" + number);
    var cleo = Person.signsUp(NODES.here().uri("/"), "cleo" + number);
    var room = ann.makesRoom("shared" + number, Visibility.PUBLIC);
    bob.joins(room);
    cleo.joins(room);
    for (var one : new Person[] {ann, bob, cleo}) {
      one.connectsWithInbox();
      one.opens(room);
    }
    return new Shared(room, ann, bob, cleo);
  }
}
