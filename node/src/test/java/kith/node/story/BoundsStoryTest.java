package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Clients exceed limits or break rules: each gets an answer, and the node keeps serving.
@Tag("story")
class BoundsStoryTest {
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static TestNode node;

  private Person ann;
  private String room;

  @BeforeAll
  static void startNode() {
    node =
        TestNode.start(
            Map.of(
                "kith.sessions.hello", "2s",
                "kith.sessions.unauthenticated", "4",
                "kith.sessions.open-rooms", "2",
                "kith.sessions.sends-per-second", "1",
                "kith.sessions.send-burst", "20000",
                "kith.sessions.account-sends-per-second", "1",
                "kith.sessions.account-send-burst", "20000"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annHasARoom() {
    var story = STORIES.incrementAndGet();
    ann = Person.signsUp(node.uri("/"), "ann" + story);
    room = ann.makesRoom("bounds " + story, Visibility.PUBLIC);
    ann.connects();
    ann.opens(room);
  }

  @AfterEach
  void annIsStillServed() {
    ann.close();
    ann.connects();
    ann.opens(room);
    ann.says(room, "still here");
    ann.close();
  }

  @Test
  void aMalformedFrameIsAnsweredAndTheConnectionStaysOpen() {
    ann.saysRaw("{");
    assertThat(ann.hearsProblem().code()).isEqualTo("malformed-json");
    ann.forgets();
    ann.saysRaw("3");
    assertThat(ann.hearsProblem().code()).isEqualTo("malformed-json");
    ann.forgets();
    ann.saysRaw("{\"type\":\"dance\"}");
    assertThat(ann.hearsProblem().code()).isEqualTo("unknown-type");
    ann.forgets();
    ann.saysRaw("{\"type\":\"send\",\"id\":\"1\"}");
    assertThat(ann.hearsProblem().code()).isEqualTo("bad-field");
    ann.says(new ClientFrame.Ping(Optional.of("p")));
    assertThat(ann.hears(ServerFrame.Pong.class, _ -> true).id()).contains("p");
  }

  @Test
  void anInvalidMessageIsRefused() {
    ann.says(new ClientFrame.Send("blank", room, " \n ", OptionalLong.empty()));
    assertThat(ann.isRefused("blank").code()).isEqualTo("empty-body");
    ann.says(new ClientFrame.Send("long", room, "é".repeat(8193), OptionalLong.empty()));
    assertThat(ann.isRefused("long").code()).isEqualTo("body-too-long");
    ann.says(new ClientFrame.Send("no spaces", room, "hi", OptionalLong.empty()));
    assertThat(ann.isRefused("no spaces").code()).isEqualTo("bad-field");
    ann.says(new ClientFrame.Send("elsewhere", "notopen", "hi", OptionalLong.empty()));
    assertThat(ann.isRefused("elsewhere").code()).isEqualTo("room-not-open");
    var exact = "é".repeat(8192);
    ann.says(room, exact);
    ann.sees(room, exact);
  }

  @Test
  void aBinaryOrOversizedFrameClosesTheSocket() {
    ann.sendsBytes(10);
    assertThat(ann.isHungUpOn()).isEqualTo(1003);
    ann.connects();
    ann.saysRaw("x".repeat(10_000_000));
    assertThat(ann.isHungUpOn()).isEqualTo(1009);
  }

  @Test
  void aFrameBeforeHelloClosesTheSocket() {
    ann.opensSocket();
    ann.says(new ClientFrame.Open(room, OptionalLong.empty()));
    assertThat(ann.hears(ServerFrame.Goodbye.class, _ -> true).code()).isEqualTo("hello-expected");
    assertThat(ann.isHungUpOn()).isEqualTo(1008);
  }

  @Test
  void aBadTokenClosesTheSocket() {
    ann.opensSocket();
    ann.says(new ClientFrame.Hello(Optional.of("not.a.token"), Map.of()));
    assertThat(ann.isHungUpOn()).isEqualTo(4401);
  }

  @Test
  void aSocketThatSendsNoHelloIsClosedAfterATimeout() {
    var silent = new ArrayList<Person>();
    for (var i = 0; i < 4; i++) {
      var one = ann.onAnotherDevice();
      one.opensSocket();
      silent.add(one);
    }
    var tooMuch = ann.onAnotherDevice();
    assertThatThrownBy(tooMuch::opensSocket).hasStackTraceContaining("503");
    opensSocketWithItsToken(ann);
    for (var one : silent) assertThat(one.isHungUpOn()).isEqualTo(4408);
    tooMuch.connects();
    tooMuch.close();
  }

  private static void opensSocketWithItsToken(Person person) {
    Rest.CLIENT
        .newWebSocketBuilder()
        .subprotocols("kith.v1")
        .header("authorization", "Bearer " + person.accessToken())
        .buildAsync(
            URI.create("ws://127.0.0.1:" + node.port() + "/v1/socket"), new WebSocket.Listener() {})
        .orTimeout(10, TimeUnit.SECONDS)
        .join()
        .abort();
  }

  @Test
  void aSocketHasALimitOfOpenRooms() {
    var second = ann.makesRoom("second of " + ann.name(), Visibility.PRIVATE);
    var third = ann.makesRoom("third of " + ann.name(), Visibility.PRIVATE);
    ann.opens(second);
    ann.says(new ClientFrame.Open(third, OptionalLong.empty()));
    assertThat(ann.hearsProblem().code()).isEqualTo("too-many-open-rooms");
    ann.says(new ClientFrame.Close(second));
    ann.hears(ServerFrame.Closed.class, closed -> closed.room().equals(second));
    ann.opens(third);
  }

  @Test
  void aClientAboveTheRateIsRefusedWithARetryTime() {
    for (var i = 0; i < 20_100; i++)
      ann.says(new ClientFrame.Send("f" + i, "notopen", "hi", OptionalLong.empty()));
    ann.says(new ClientFrame.Open("nosuchroom", OptionalLong.empty()));
    for (var i = 0; i < 20_100; i++)
      ann.says(new ClientFrame.Send("g" + i, room, "hi", OptionalLong.empty()));
    var problem = ann.hears(ServerFrame.Problem.class, it -> it.code().equals("rate-limited"));
    assertThat(problem.retryAfterMillis().orElse(0)).isPositive();
  }

  @Test
  void aLoggedOutDeviceLosesItsSocketAtOnce() {
    var phone = ann.onAnotherDevice();
    phone.connects();
    assertThat(phone.rest().send("DELETE", "/v1/devices/current", Optional.empty()).status())
        .isEqualTo(204);
    assertThat(phone.isHungUpOn()).isEqualTo(4403);
    phone.opensSocket();
    phone.says(new ClientFrame.Hello(Optional.of(phone.accessToken()), Map.of()));
    assertThat(phone.isHungUpOn()).isEqualTo(4403);
  }

  @Test
  void aClientThatStoppedReadingGetsEverythingInOrderWhenItReadsAgain() {
    var bob = ann.onAnotherDevice();
    bob.connects();
    bob.opens(room);
    bob.stopsListening();
    // far more than the kernel and the node buffer for one socket
    var line = "x".repeat(8_000);
    var count = 2_000;
    for (var i = 0; i < count; i++)
      ann.says(new ClientFrame.Send("s" + i, room, i + " " + line, OptionalLong.empty()));
    var last = ann.isAcked("s" + (count - 1)).seq();
    bob.listensAgain();
    bob.seesEntry(room, entry -> entry.seq() == last, "the last line");
    assertThat(bob.log(room).stream().map(Entry::seq).toList())
        .isEqualTo(IntStream.rangeClosed(2, (int) last).mapToObj(Long::valueOf).toList());
    bob.close();
  }
}
