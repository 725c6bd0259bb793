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

/// How a session finds its way back to a node.
class ReconnectTest {

  @Test
  void aSessionFetchesATokenDialsAndSaysHello() {
    var talk = new SessionDriver();

    talk.happens(new SessionInput.Start());
    assertThat(talk.latest()).contains(new SessionEffect.FetchToken(false));

    talk.happens(new SessionInput.TokenGiven("token"));
    assertThat(talk.latest()).containsExactly(new SessionEffect.Dial(1, URI.create("http://one")));

    talk.happens(new SessionInput.Connected(1));
    assertThat(talk.transmitted()).containsExactly(SessionDriver.hello(Map.of()));
  }

  @Test
  void afterALossItWaitsAndResumesAtTheOtherNodeWhereItWas() {
    var talk = SessionDriver.online();
    talk.hasOpen(41);
    talk.receivesEntries(42, 43);

    talk.breaks();
    assertThat(talk.state()).isInstanceOf(ConnectionState.Waiting.class);
    talk.passesUntilItWakes();
    talk.happens(new SessionInput.TokenGiven("token"));
    assertThat(talk.latest()).containsExactly(new SessionEffect.Dial(3, URI.create("http://two")));
    talk.happens(new SessionInput.Connected(3));

    assertThat(talk.transmitted()).containsExactly(SessionDriver.hello(Map.of("lobby", 43L)));
  }

  @Test
  void somebodyWhoTypesDoesNotWaitForALongPauseToEnd() {
    var talk = new SessionDriver();
    talk.jitter(0.999);
    talk.happens(new SessionInput.Start());
    for (int failures = 0; failures < 5; failures++) {
      talk.happens(new SessionInput.TokenUnreachable("nobody"));
      talk.passesUntilItWakes();
    }
    talk.happens(new SessionInput.TokenUnreachable("nobody"));

    talk.happens(new SessionCommand.Wake());
    assertThat(talk.latest()).contains(new SessionEffect.FetchToken(false));

    talk.happens(new SessionInput.TokenUnreachable("nobody"));
    talk.happens(new SessionCommand.Wake());
    assertThat(talk.latest()).doesNotContain(new SessionEffect.FetchToken(false));
  }

  @Test
  void theWaitGrowsWithEachFailureUpToHalfAMinuteAndIsADiceThrow() {
    var talk = new SessionDriver();
    talk.jitter(0.999);
    talk.happens(new SessionInput.Start());

    long latest = 0;
    for (int failures = 0; failures < 10; failures++) {
      talk.happens(new SessionInput.TokenUnreachable("nobody"));
      long wait = talk.passesUntilItWakes();
      assertThat(wait).isGreaterThanOrEqualTo(latest).isLessThan(30_000);
      latest = wait;
    }
    assertThat(latest).isGreaterThan(29_000);
  }

  @Test
  void aNodeThatTakesSessionsAndDropsThemAtOnceIsNotHammered() {
    var talk = SessionDriver.online();
    talk.jitter(0.999);
    long latest = 0;
    for (int i = 0; i < 8; i++) {
      talk.breaks();
      latest = talk.passesUntilItWakes();
      talk.comesOnline();
    }
    assertThat(latest).isGreaterThan(29_000);
  }

  @Test
  void aSessionThatHeldStartsWithAShortWaitAgain() {
    var talk = new SessionDriver();
    talk.jitter(0.999);
    talk.happens(new SessionInput.Start());
    for (int i = 0; i < 6; i++) {
      talk.happens(new SessionInput.TokenUnreachable("nobody"));
      talk.passesUntilItWakes();
    }
    talk.comesOnline();
    talk.passes(20_000);

    talk.breaks();

    assertThat(talk.passesUntilItWakes()).isLessThan(500);
  }

  @Test
  void goodbyeSaysWhenToComeBack() {
    var talk = SessionDriver.online();

    talk.receives(
        new ServerFrame.Goodbye("going-away", "This node stops.", OptionalLong.of(1_200)));

    assertThat(talk.passesUntilItWakes()).isEqualTo(1_200);
    assertThat(talk.latest()).contains(new SessionEffect.FetchToken(false));
  }

  @Test
  void whatTheDeadSocketStillSaysIsNotHeard() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    long dead = talk.model().socket();
    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();

    talk.happens(new SessionInput.Received(dead, new ServerFrame.Complete("lobby", 99)));
    talk.happens(new SessionInput.Lost(dead, OptionalLong.empty(), "late"));

    assertThat(talk.state()).isInstanceOf(ConnectionState.Online.class);
    assertThat(talk.model().resume()).containsEntry("lobby", 1L);
  }

  @Test
  void aRefusedTokenIsRefreshedOnceAndThenItEnds() {
    var talk = SessionDriver.online();

    talk.loses(4401);
    assertThat(talk.latest()).contains(new SessionEffect.FetchToken(true));
    talk.happens(new SessionInput.TokenGiven("fresh"));
    talk.happens(new SessionInput.Connected(talk.model().socket()));
    talk.loses(4401);

    assertThat(talk.state()).isEqualTo(new ConnectionState.Ended("unauthenticated", "gone"));
  }

  @Test
  void anEndedDeviceDoesNotComeBack() {
    var talk = SessionDriver.online();

    talk.loses(4403);

    assertThat(talk.state()).isInstanceOf(ConnectionState.Ended.class);
    assertThat(talk.model().nextWake()).isEmpty();
  }

  @Test
  void aConversationThatBreaksOffIsWonderedAboutSoon() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "bob", "a"))));

    talk.passesUntilItWakes();
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.Delivered("lobby", 2));
    assertThat(talk.passesUntilItWakes()).isLessThan(10_000);
    assertThat(talk.transmitted()).hasOnlyElementsOfType(ClientFrame.Ping.class).hasSize(1);
    talk.receives(new ServerFrame.Pong(Optional.empty()));

    assertThat(talk.passesUntilItWakes()).isEqualTo(SessionDriver.LIMITS.pingMillis());
  }

  @Test
  void aSilentNodeIsPingedAndThenTakenForGone() {
    var talk = SessionDriver.online();

    assertThat(talk.passesUntilItWakes()).isEqualTo(SessionDriver.LIMITS.pingMillis());
    assertThat(talk.transmitted()).hasOnlyElementsOfType(ClientFrame.Ping.class).hasSize(1);
    assertThat(talk.passesUntilItWakes()).isLessThan(SessionDriver.LIMITS.pingMillis());

    assertThat(talk.latest()).anyMatch(SessionEffect.Drop.class::isInstance);
    assertThat(talk.state()).isInstanceOf(ConnectionState.Waiting.class);
  }

  @Test
  void aNodeThatAnswersThePingLivesOn() {
    var talk = SessionDriver.online();
    talk.passesUntilItWakes();

    talk.happens(new SessionInput.Heard(talk.model().socket()));

    assertThat(talk.passesUntilItWakes()).isEqualTo(SessionDriver.LIMITS.pingMillis());
    assertThat(talk.state()).isInstanceOf(ConnectionState.Online.class);
  }

  @Test
  void aNodeThatDoesNotWelcomeIsLeft() {
    var talk = new SessionDriver();
    talk.happens(new SessionInput.Start());
    talk.happens(new SessionInput.TokenGiven("token"));
    talk.happens(new SessionInput.Connected(1));

    talk.passesUntilItWakes();

    assertThat(talk.state())
        .isEqualTo(
            new ConnectionState.Waiting(
                Instant.ofEpochMilli(1_010_250), "The server does not answer."));
  }
}
