package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import kith.node.core.relay.Relays;
import kith.node.core.relay.RoomRelay;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// A session opens rooms and follows them.
class SessionRoomsTest extends SessionFixture {
  @Test
  void aRoomOpenedWithoutAPositionStartsAtItsEnd() {
    signsIn();

    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));

    completes(7);
    self.tell(published(8, 9));
    sees(8, 9);
  }

  @Test
  void aRoomOpenedFromAPositionSendsAllEntriesAndThenComplete() {
    signsIn();

    var self = opens("r1", OptionalLong.of(3), 7);
    self.tell(chunk(reads(3), 4, 6, false));
    self.tell(chunk(reads(6), 7, 7, true));

    sees(4, 6);
    sees(7, 7);
    completes(7);
    self.tell(published(8, 8));
    sees(8, 8);
  }

  @Test
  void entriesThatTheRelayHasDroppedAreReadFromTheLog() {
    signsIn();
    log.saysUpTo(150);

    var self = opens("r1", OptionalLong.of(0), 150);
    self.tell(onlyInLog(reads(0), 150));
    sees(1, 100);
    self.tell(onlyInLog(reads(100), 150));
    sees(101, 150);
    atTheEnd(self, reads(150));

    completes(150);
  }

  @Test
  void theLogIsReadNoFurtherThanTheRelayAllows() {
    signsIn();
    log.saysUpTo(9);

    var self = opens("r1", OptionalLong.of(0), 5);
    self.tell(onlyInLog(reads(0), 5));

    sees(1, 5);
    assertThat(reads(5).after()).isEqualTo(5);
  }

  @Test
  void completeIsSentOncePerOpen() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    sends(new ClientFrame.Open("r1", OptionalLong.of(5)));
    self.tell(chunk(reads(5), 6, 7, true));

    sees(6, 7);
    completes(7);
    nothingElseIsSent();
  }

  @Test
  void aPositionBeyondTheLogContinuesAtItsEnd() {
    log.saysUpTo(7);
    signsIn();
    var self = opens("r1", OptionalLong.of(99), 7);

    self.tell(nothing(reads(99), 7));

    completes(7);
    self.tell(published(8, 8));
    sees(8, 8);
  }

  @Test
  void aPositionThatThisNodeHasNotReachedYetWaits() {
    log.saysUpTo(9);
    signsIn();
    var self = opens("r1", OptionalLong.of(9), 7);
    self.tell(nothing(reads(9), 7));
    settled();
    nothingElseIsSent();
    relay.expectMessage(new RoomRelay.LogReaches(9));
    relay.expectNoMessage(Duration.ZERO);

    time().timePasses(Duration.ofSeconds(1));
    self.tell(nothing(reads(9), 7));
    settled();
    nothingElseIsSent();
    relay.expectMessage(new RoomRelay.LogReaches(9));
    time().timePasses(Duration.ofSeconds(1));
    self.tell(nothing(reads(9), 9));

    completes(9);
  }

  @Test
  void aPositionBeyondTheRelayWaitsWhileTheLogCannotBeRead() {
    log.breakDown();
    signsIn();
    var self = opens("r1", OptionalLong.of(99), 7);
    self.tell(nothing(reads(99), 7));
    settled();
    nothingElseIsSent();

    log.mend();
    time().timePasses(Duration.ofSeconds(1));
    self.tell(nothing(reads(99), 7));

    completes(7);
  }

  @Test
  void aRoomThatRefusesTheUserIsAnError() {
    signsIn();
    sends(new ClientFrame.Open("r1", OptionalLong.empty()));
    var open = relays.expectMessageClass(Relays.Open.class).open();

    open.session().tell(new RoomRelay.NotOpened("r1", Code.UNKNOWN_ROOM));

    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.code()).isEqualTo(Code.UNKNOWN_ROOM.wire());
    assertThat(problem.room()).contains("r1");
    assertThat(problem.id()).isEmpty();
  }

  @Test
  void anImpossibleRoomOrPositionIsRefusedAtOnce() {
    signsIn();

    sends(new ClientFrame.Open("No Room!", OptionalLong.empty()));
    refuses(Code.UNKNOWN_ROOM);
    sends(new ClientFrame.Open("r1", OptionalLong.of(-1)));
    refuses(Code.BAD_FIELD);
    relays.expectNoMessage(Duration.ZERO);
  }

  @Test
  void theNumberOfOpenRoomsIsLimited() {
    signsIn();
    for (var i = 0; i < SETTINGS.openRooms(); i++)
      sends(new ClientFrame.Open("r" + i, OptionalLong.empty()));

    sends(new ClientFrame.Open("r99", OptionalLong.empty()));

    refuses(Code.TOO_MANY_OPEN_ROOMS);
  }

  @Test
  void closingARoomIsAnsweredAndLeavesTheRelay() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    sends(new ClientFrame.Close("r1"));

    assertThat(socket.expect(ServerFrame.Closed.class).code()).isEqualTo(Code.CLOSED.wire());
    relay.expectMessageClass(RoomRelay.Close.class);
    self.tell(published(8, 8));
    nothingElseIsSent();
  }

  @Test
  void aRoomThatIsOpenedAgainBeforeTheFirstAnswerIsReadOnce() {
    signsIn();
    for (var i = 0; i < 5; i++) {
      sends(new ClientFrame.Open("r1", OptionalLong.of(7)));
      var first = relays.expectMessageClass(Relays.Open.class).open().session();
      sends(new ClientFrame.Close("r1"));
      socket.expect(ServerFrame.Closed.class);
      sends(new ClientFrame.Open("r1", OptionalLong.of(7)));
      relays.expectMessageClass(Relays.Open.class);

      first.tell(new RoomRelay.Opened("r1", relay.ref(), 7));
      first.tell(new RoomRelay.Opened("r1", relay.ref(), 7));
      atTheEnd(first, reads(7));
      completes(7);
      first.tell(published(8, 8));
      sees(8, 8);

      sends(new ClientFrame.Close("r1"));
      socket.expect(ServerFrame.Closed.class);
      relay.expectMessageClass(RoomRelay.Close.class);
    }
  }

  @Test
  void answersFromBeforeARoomWasClosedAreIgnored() {
    signsIn();
    log.saysUpTo(7);
    log.hold();
    var self = opens("r1", OptionalLong.of(0), 7);
    self.tell(onlyInLog(reads(0), 7));
    sends(new ClientFrame.Close("r1"));
    socket.expect(ServerFrame.Closed.class);
    relay.expectMessageClass(RoomRelay.Close.class);

    var again = opens("r1", OptionalLong.of(0), 7);
    var current = reads(0);
    log.letGo();
    nothingElseIsSent();
    again.tell(chunk(current, 1, 7, true));

    sees(1, 7);
    completes(7);
    relay.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aRoomWhoseRelayEndsIsOpenedAgainFromItsPosition() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);
    self.tell(published(8, 8));
    sees(8, 8);

    relay.stop();

    var open = relays.expectMessageClass(Relays.Open.class).open();
    var next = kit().<RoomRelay.Command>createTestProbe();
    open.session().tell(new RoomRelay.Opened("r1", next.ref(), 9));
    var read = next.expectMessageClass(RoomRelay.Read.class);
    assertThat(read.after()).isEqualTo(8);
    open.session().tell(chunk(read, 9, 9, true));
    sees(9, 9);
    nothingElseIsSent();
  }

  @Test
  void aRoomThatRefusesTheUserAfterItsRelayEndedIsClosed() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);
    relay.stop();
    relays.expectMessageClass(Relays.Open.class);

    self.tell(new RoomRelay.NotOpened("r1", Code.NOT_A_MEMBER));

    assertThat(socket.expect(ServerFrame.Closed.class).code()).isEqualTo(Code.NOT_A_MEMBER.wire());
  }

  @Test
  void missingEntriesAreReadBeforeLaterOnesAreSent() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    self.tell(published(9, 9));
    self.tell(published(10, 10));
    self.tell(chunk(reads(7), 8, 10, true));

    sees(8, 10);
    self.tell(published(10, 10));
    nothingElseIsSent();
  }

  @Test
  void theNumberOfRoomsReadAtTheSameTimeIsLimited() {
    signsIn();
    var reads = kit().<RoomRelay.Command>createTestProbe();
    for (var i = 0; i < 6; i++) {
      sends(new ClientFrame.Open("r" + i, OptionalLong.of(3)));
      var open = relays.expectMessageClass(Relays.Open.class).open();
      ActorRef<RoomRelay.Command> relay =
          kit().spawn(Behaviors.monitor(RoomRelay.Command.class, reads.ref(), Behaviors.ignore()));
      open.session().tell(new RoomRelay.Opened("r" + i, relay, 7));
    }
    var first = reads.expectMessageClass(RoomRelay.Read.class);
    for (var i = 1; i < 4; i++) reads.expectMessageClass(RoomRelay.Read.class);
    settled();
    reads.expectNoMessage(Duration.ZERO);

    first.session().tell(chunk("r0", first, 4, 7, true));

    sees(4, 7);
    completes(7);
    reads.expectMessageClass(RoomRelay.Read.class);
    settled();
    reads.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aLogThatCannotBeReadIsReadAgainLater() {
    signsIn();
    log.saysUpTo(7);
    log.breakDown();
    var self = opens("r1", OptionalLong.of(0), 7);
    self.tell(onlyInLog(reads(0), 7));
    settled();
    relay.expectNoMessage(Duration.ZERO);

    log.mend();
    time().timePasses(Duration.ofSeconds(1));
    self.tell(onlyInLog(reads(0), 7));

    sees(1, 7);
  }
}
