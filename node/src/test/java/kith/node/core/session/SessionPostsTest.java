package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Attachment;
import kith.node.core.room.Post;
import kith.node.core.session.SessionFeaturesTest.Wave;
import kith.node.core.session.SessionFeaturesTest.WaveKind;
import kith.node.platform.metrics.Metrics;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// A client's posts, the answers to them, and the limits on them.
class SessionPostsTest extends SessionFixture {

  @Override
  protected SessionFeatures features() {
    return new SessionFeatures(List.of(), List.of(), List.of(new WaveKind()));
  }

  @Test
  void aPostGoesToTheRelayAndItsAnswerComesBack() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    sends(new ClientFrame.Send("m1", "r1", "hello", OptionalLong.of(3)));
    assertThat(relay.expectMessageClass(RoomRelay.Submit.class).post())
        .isEqualTo(new Post.Say("ann", "m1", "hello", OptionalLong.of(3)));
    self.tell(new RoomRelay.Answered("r1", "m1", new Post.Accepted(8, NOW)));
    self.tell(new RoomRelay.Answered("r1", "m2", new Post.Refused(Code.ID_REUSED)));

    assertThat(socket.expect(ServerFrame.Ack.class))
        .isEqualTo(new ServerFrame.Ack("m1", "r1", 8, NOW));
    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.code()).isEqualTo(Code.ID_REUSED.wire());
    assertThat(problem.id()).contains("m2");
    assertThat(problem.room()).contains("r1");
  }

  @Test
  void aPostToARoomThatIsNotOpenIsRefused() {
    signsIn();

    sends(send("m1", "hello"));

    refuses(Code.ROOM_NOT_OPEN);
  }

  @Test
  void laterPostsWaitForTheFilesOfAnEarlierOne() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);
    var file = new Attachment("f1", "a.png", 3, "image/png", OptionalInt.of(1), OptionalInt.of(2));

    sends(sendFile("m1"));
    sends(send("m2", "after it"));
    sends(sendFile("m3"));
    relay.expectNoMessage(Duration.ZERO);
    claim("m1", new Attachments.Claim.Granted(List.of(file)));

    var first = (Post.Say) relay.expectMessageClass(RoomRelay.Submit.class).post();
    assertThat(first.id()).isEqualTo("m1");
    assertThat(first.files()).contains(List.of(file));
    assertThat(relay.expectMessageClass(RoomRelay.Submit.class).post().id()).isEqualTo("m2");
    claim("m3", new Attachments.Claim.Refused(Code.UNKNOWN_FILE));
    var third = (Post.Say) relay.expectMessageClass(RoomRelay.Submit.class).post();
    assertThat(third.files()).isEmpty();
    assertThat(third.refusal()).contains(Code.UNKNOWN_FILE);
  }

  @Test
  void aPostThatWaitsForItsFilesIsRefusedWhenItsRoomIsClosed() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    sends(sendFile("m1"));
    sends(new ClientFrame.Close("r1"));
    socket.expect(ServerFrame.Closed.class);
    claim("m1", new Attachments.Claim.Granted(List.of()));

    refuses(Code.ROOM_NOT_OPEN);
  }

  private static ClientFrame sendFile(String id) {
    return new ClientFrame.Send(id, "r1", "", OptionalLong.empty(), Optional.of(List.of("f1")));
  }

  private void claim(String post, Attachments.Claim claim) {
    claimsByPost.computeIfAbsent(post, _ -> new CompletableFuture<>()).complete(claim);
  }

  @Test
  void anInvalidPostDoesNotReachTheRoom() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    sends(send("m1", "x".repeat(101)));

    refuses(Code.BODY_TOO_LONG);
    relay.expectNoMessage(Duration.ZERO);
  }

  @Test
  void postsOverTheRateAreRefusedWithATimeToWait() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);
    // opening the room took one token
    for (var i = 1; i < SETTINGS.sendBurst(); i++) {
      sends(send("m" + i, "hello"));
      relay.expectMessageClass(RoomRelay.Submit.class);
    }

    sends(send("too-much", "hello"));
    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.code()).isEqualTo(Code.RATE_LIMITED.wire());
    assertThat(problem.retryAfterMillis().orElseThrow()).isBetween(999L, 1_000L);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    sends(send("later", "hello"));
    relay.expectMessageClass(RoomRelay.Submit.class);
  }

  @Test
  void theRateOfAnAccountIsSharedByItsSessions() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);
    var shared = new RateLimit(1, 1, 0);
    session.tell(new Session.Shared(shared));
    assertThat(shared.take(0)).isZero();

    sends(send("m1", "hello"));

    refuses(Code.RATE_LIMITED);
  }

  @Test
  void anUnreadableFrameIsAnsweredAndTheConnectionStays() {
    signsIn();

    sendsText("{\"type\":\"dance\"}");
    refuses(Code.UNKNOWN_TYPE);
    sendsText("nonsense");
    refuses(Code.MALFORMED_JSON);

    nothingElseIsSent();
  }

  private static ClientFrame.Send send(String id, String body) {
    return new ClientFrame.Send(id, "r1", body, OptionalLong.empty());
  }

  // a post of a feature

  @Test
  void aPostOfAFeatureGoesToTheRelayLikeAnyOther() {
    var posts = postsOfAnOpenRoom();

    posts.on(new Wave("w1", "r1", "left"));

    assertThat(relay.expectMessageClass(RoomRelay.Submit.class).post())
        .isEqualTo(new Post.Redact("ann", "w1", 1, Optional.of("left")));
    posts.on(new RoomRelay.Answered("r1", "w1", new Post.Accepted(8, NOW)));
    assertThat(socket.expect(ServerFrame.Ack.class))
        .isEqualTo(new ServerFrame.Ack("w1", "r1", 8, NOW));
  }

  @Test
  void aPostOfAFeatureIsCheckedByTheFeature() {
    var posts = postsOfAnOpenRoom();

    posts.on(new Wave("w1", "r1", ""));

    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.message()).isEqualTo("The field 'hand' must not be empty.");
    assertThat(problem.id()).contains("w1");
    relay.expectNoMessage(Duration.ZERO);
  }

  @Test
  void postsOfFeaturesCountAgainstTheRate() {
    var posts = postsOfAnOpenRoom();
    for (var i = 0; i < SETTINGS.sendBurst(); i++) {
      posts.on(new Wave("w" + i, "r1", "left"));
    }

    posts.on(new Wave("too-much", "r1", "left"));

    refuses(Code.RATE_LIMITED);
  }

  /// The posts of a session without its actor, since no frame on the wire is such a post yet.
  private SessionPosts postsOfAnOpenRoom() {
    var created = new AtomicReference<SessionPosts>();
    BehaviorTestKit.create(
        Behaviors.<Session.Command>setup(context ->
            Behaviors.withTimers(timers -> {
              var outbound = new Outbound(socket, WINDOW, new Metrics().sessions());
              var reply = attached(account.ref(), List.of());
              var host =
                  new SessionHost(
                      context,
                      timers,
                      services(),
                      outbound,
                      ANN,
                      InetAddress.getLoopbackAddress(),
                      false,
                      reply);
              host.rooms().open("r1", -1);
              host.rooms().opened(new RoomRelay.Opened("r1", relay.ref(), 7));
              created.set(new SessionPosts(host));
              return Behaviors.ignore();
            })));
    reads(7);
    return created.get();
  }
}
