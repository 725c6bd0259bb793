package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// Reconnects, back-off and pings.
class ReconnectTest {

  @Test
  void aSessionFetchesATokenConnectsAndSendsHello() {
    var session = new SessionDriver();

    session.happens(new SessionInput.Start());
    assertThat(session.latest()).contains(new SessionEffect.FetchToken(false));

    session.happens(new SessionInput.TokenGiven("token"));
    assertThat(session.latest())
        .containsExactly(new SessionEffect.Dial(1, URI.create("http://one")));

    session.happens(new SessionInput.Connected(1));
    assertThat(session.transmitted()).containsExactly(SessionDriver.hello(Map.of()));
  }

  @Test
  void aLostSessionResumesOnTheNextNodeAfterAWait() {
    var session = SessionDriver.online();
    session.hasOpen(41);
    session.receivesEntries(42, 43);

    session.breaks();
    assertThat(session.state()).isInstanceOf(ConnectionState.Waiting.class);
    session.passesUntilItWakes();
    session.happens(new SessionInput.TokenGiven("token"));
    assertThat(session.latest())
        .containsExactly(new SessionEffect.Dial(3, URI.create("http://two")));
    session.happens(new SessionInput.Connected(3));

    assertThat(session.transmitted()).containsExactly(SessionDriver.hello(Map.of("lobby", 43L)));
  }

  @Test
  void wakeEndsALongBackoff() {
    var session = new SessionDriver();
    session.jitter(0.999);
    session.happens(new SessionInput.Start());
    for (int failures = 0; failures < 5; failures++) {
      session.happens(new SessionInput.TokenUnreachable("nobody"));
      session.passesUntilItWakes();
    }
    session.happens(new SessionInput.TokenUnreachable("nobody"));

    session.happens(new SessionCommand.Wake());
    assertThat(session.latest()).contains(new SessionEffect.FetchToken(false));

    session.happens(new SessionInput.TokenUnreachable("nobody"));
    session.happens(new SessionCommand.Wake());
    assertThat(session.latest()).doesNotContain(new SessionEffect.FetchToken(false));
  }

  private static boolean dials(SessionDriver session) {
    return session.latest().contains(new SessionEffect.FetchToken(false));
  }

  /// A session that waits for almost half a minute.
  private static SessionDriver longOffline() {
    var session = new SessionDriver();
    session.jitter(0.999);
    session.happens(new SessionInput.Start());
    for (int failures = 0; failures < 10; failures++) {
      session.happens(new SessionInput.TokenUnreachable("nobody"));
      session.passesUntilItWakes();
    }
    session.happens(new SessionInput.TokenUnreachable("nobody"));
    return session;
  }

  @Test
  void keysOfAUserWhoIsTypingCauseOneAttemptInFiveSeconds() {
    var session = longOffline();
    int attempts = 0;

    for (int second = 0; second < 20; second++) {
      for (int key = 0; key < 10; key++) {
        session.happens(new SessionCommand.Wake());
        if (!dials(session)) continue;
        attempts++;
        session.happens(new SessionInput.TokenUnreachable("nobody"));
      }
      session.passes(1_000);
    }

    assertThat(attempts).isEqualTo(4);
  }

  @Test
  void theKeyToReconnectWorksAtOnceAndAtMostOnceASecond() {
    var session = longOffline();
    session.happens(new SessionCommand.Wake());
    session.happens(new SessionInput.TokenUnreachable("nobody"));
    session.passes(1_000);

    session.happens(new SessionCommand.Reconnect());
    assertThat(dials(session)).isTrue();
    session.happens(new SessionInput.TokenUnreachable("nobody"));
    session.happens(new SessionCommand.Reconnect());

    assertThat(dials(session)).isFalse();
    assertThat(session.passesUntilItWakes()).as("the back-off begins again").isLessThan(600);
  }

  @Test
  void theBackoffIsExponentialWithJitterUpToHalfAMinute() {
    var session = new SessionDriver();
    session.jitter(0.999);
    session.happens(new SessionInput.Start());

    long latest = 0;
    for (int failures = 0; failures < 10; failures++) {
      session.happens(new SessionInput.TokenUnreachable("nobody"));
      long wait = session.passesUntilItWakes();
      assertThat(wait).isGreaterThanOrEqualTo(latest).isLessThan(30_000);
      latest = wait;
    }
    assertThat(latest).isGreaterThan(29_000);
  }

  @Test
  void aNodeThatDropsNewSessionsIsRetriedWithBackoff() {
    var session = SessionDriver.online();
    session.jitter(0.999);
    long latest = 0;
    for (int i = 0; i < 8; i++) {
      session.breaks();
      latest = session.passesUntilItWakes();
      session.comesOnline();
    }
    assertThat(latest).isGreaterThan(29_000);
  }

  @Test
  void aStableSessionResetsTheBackoff() {
    var session = new SessionDriver();
    session.jitter(0.999);
    session.happens(new SessionInput.Start());
    for (int i = 0; i < 6; i++) {
      session.happens(new SessionInput.TokenUnreachable("nobody"));
      session.passesUntilItWakes();
    }
    session.comesOnline();
    session.passes(20_000);

    session.breaks();

    assertThat(session.passesUntilItWakes()).isLessThan(500);
  }

  @Test
  void goodbyeSetsTheReconnectTime() {
    var session = SessionDriver.online();

    session.receives(
        new ServerFrame.Goodbye("going-away", "This node stops.", OptionalLong.of(1_200)));

    assertThat(session.passesUntilItWakes()).isEqualTo(1_200);
    assertThat(session.latest()).contains(new SessionEffect.FetchToken(false));
  }

  @Test
  void inputFromAnEarlierSocketIsIgnored() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    long dead = session.model().socket();
    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();

    session.happens(new SessionInput.Received(dead, new ServerFrame.Complete("lobby", 99)));
    session.happens(new SessionInput.Lost(dead, OptionalLong.empty(), "late"));

    assertThat(session.state()).isInstanceOf(ConnectionState.Online.class);
    assertThat(session.model().resume()).containsEntry("lobby", 1L);
  }

  @Test
  void aTokenRefusedTwiceEndsTheSession() {
    var session = SessionDriver.online();

    session.loses(4401);
    assertThat(session.latest()).contains(new SessionEffect.FetchToken(true));
    session.happens(new SessionInput.TokenGiven("fresh"));
    session.happens(new SessionInput.Connected(session.model().socket()));
    session.loses(4401);

    assertThat(session.state()).isEqualTo(new ConnectionState.Ended("unauthenticated", "gone"));
  }

  @Test
  void anEndedDeviceDoesNotReconnect() {
    var session = SessionDriver.online();

    session.loses(4403);

    assertThat(session.state()).isInstanceOf(ConnectionState.Ended.class);
    assertThat(session.model().nextWake()).isEmpty();
  }

  @Test
  void silenceAfterAFrameIsPingedEarly() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "bob", "a"))));

    session.passesUntilItWakes();
    assertThat(session.transmitted()).containsExactly(new ClientFrame.Delivered("lobby", 2));
    assertThat(session.passesUntilItWakes()).isLessThan(10_000);
    assertThat(session.transmitted()).hasOnlyElementsOfType(ClientFrame.Ping.class).hasSize(1);
    session.receives(new ServerFrame.Pong(Optional.empty()));

    assertThat(session.passesUntilItWakes()).isEqualTo(SessionDriver.LIMITS.pingMillis());
  }

  @Test
  void aSilentNodeIsPingedAndThenDropped() {
    var session = SessionDriver.online();

    assertThat(session.passesUntilItWakes()).isEqualTo(SessionDriver.LIMITS.pingMillis());
    assertThat(session.transmitted()).hasOnlyElementsOfType(ClientFrame.Ping.class).hasSize(1);
    assertThat(session.passesUntilItWakes()).isLessThan(SessionDriver.LIMITS.pingMillis());

    assertThat(session.latest()).anyMatch(SessionEffect.Drop.class::isInstance);
    assertThat(session.state()).isInstanceOf(ConnectionState.Waiting.class);
  }

  @Test
  void anAnsweredPingKeepsTheConnection() {
    var session = SessionDriver.online();
    session.passesUntilItWakes();

    session.happens(new SessionInput.Heard(session.model().socket()));

    assertThat(session.passesUntilItWakes()).isEqualTo(SessionDriver.LIMITS.pingMillis());
    assertThat(session.state()).isInstanceOf(ConnectionState.Online.class);
  }

  @Test
  void aNodeWithoutWelcomeIsDropped() {
    var session = new SessionDriver();
    session.happens(new SessionInput.Start());
    session.happens(new SessionInput.TokenGiven("token"));
    session.happens(new SessionInput.Connected(1));

    session.passesUntilItWakes();

    assertThat(session.state())
        .isEqualTo(
            new ConnectionState.Waiting(
                Instant.ofEpochMilli(1_010_250), "The server does not answer."));
  }
}
