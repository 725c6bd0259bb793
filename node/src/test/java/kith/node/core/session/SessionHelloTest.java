package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.account.Account;
import kith.node.core.relay.Relays;
import kith.node.core.relay.RoomRelay;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// The beginning of a session: its `hello`, its account, its `welcome`.
class SessionHelloTest extends SessionFixture {
  @Test
  void aHelloWithATokenIsAnsweredWithWelcome() {
    sends(new ClientFrame.Hello(Optional.of("good"), Map.of()));

    attaches().replyTo().tell(attached(account.ref(), List.of("r1", "r2")));

    var welcome = socket.expect(ServerFrame.Welcome.class);
    assertThat(welcome.user()).isEqualTo("ann");
    assertThat(welcome.device()).isEqualTo("d-1");
    assertThat(welcome.rooms()).containsExactly("r1", "r2");
    assertThat(welcome.limits()).isEqualTo(LIMITS);
    sessions.expectMessageClass(Sessions.Authenticated.class);
  }

  @Test
  void theTokenMayComeWithTheHandshake() {
    var known = spawn(Optional.of(ANN));

    known.tell(fromSocket(new ClientFrame.Hello(Optional.empty(), Map.of())));

    attaches().replyTo().tell(attached(account.ref(), List.of()));
    assertThat(socket.expect(ServerFrame.Welcome.class).user()).isEqualTo("ann");
    kit().stop(known);
  }

  @Test
  void aHelloWithAWrongTokenIsRefused() {
    sends(new ClientFrame.Hello(Optional.of("bad"), Map.of()));

    endsWith(4401, Code.UNAUTHENTICATED);
  }

  @Test
  void aHelloWithoutAnyTokenIsRefused() {
    sends(new ClientFrame.Hello(Optional.empty(), Map.of()));

    endsWith(4401, Code.UNAUTHENTICATED);
  }

  @Test
  void anyOtherFirstFrameIsRefused() {
    sends(new ClientFrame.Ping(Optional.empty()));

    endsWith(1008, Code.HELLO_EXPECTED);
  }

  @Test
  void aFirstFrameThatIsNotJsonIsRefused() {
    sendsText("{\"type\":");

    endsWith(1008, Code.MALFORMED_JSON);
  }

  @Test
  void aSocketWithoutHelloTimesOut() {
    time().timePasses(SETTINGS.hello());

    endsWith(4408, Code.HELLO_TIMEOUT);
  }

  @Test
  void anAccountThatDoesNotAnswerIsUnavailable() {
    sends(new ClientFrame.Hello(Optional.of("good"), Map.of()));
    var _ = attaches();

    time().timePasses(SETTINGS.hello());

    endsWith(1013, Code.UNAVAILABLE);
  }

  @Test
  void aDeviceThatWasLoggedOutIsRefused() {
    sends(new ClientFrame.Hello(Optional.of("good"), Map.of()));

    attaches().replyTo().tell(new Account.AttachRefused(Code.DEVICE_ENDED));

    endsWith(4403, Code.DEVICE_ENDED);
  }

  @Test
  void framesBeforeTheWelcomeAreAnsweredAfterIt() {
    sends(new ClientFrame.Hello(Optional.of("good"), Map.of()));
    for (var i = 0; i < 16; i++) sends(new ClientFrame.Ping(Optional.of("p" + i)));

    attaches().replyTo().tell(attached(account.ref(), List.of()));

    socket.expect(ServerFrame.Welcome.class);
    for (var i = 0; i < 16; i++)
      assertThat(socket.expect(ServerFrame.Pong.class).id()).contains("p" + i);
  }

  @Test
  void aSecondHelloIsRefused() {
    signsIn();

    sends(new ClientFrame.Hello(Optional.of("good"), Map.of()));

    refuses(Code.HELLO_REPEATED);
  }

  @Test
  void resumeOpensEachRoomFromItsPosition() {
    sends(new ClientFrame.Hello(Optional.of("good"), Map.of("r1", 41L)));
    attaches().replyTo().tell(attached(account.ref(), List.of("r1")));

    var open = relays.expectMessageClass(Relays.Open.class);

    assertThat(open.room()).isEqualTo("r1");
    var asked = kit().<RoomRelay.Command>createTestProbe();
    open.open().session().tell(new RoomRelay.Opened("r1", asked.ref(), 43));
    assertThat(asked.expectMessageClass(RoomRelay.Read.class).after()).isEqualTo(41);
  }
}
