package kith.node.core.session;

import java.util.List;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Post;
import kith.node.feature.inbox.SessionInbox;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// What a client posts, on its way to the rooms, and their answers on the way back.
final class SessionPosts {

  /// Posts that may wait for the room's answer before the client is slowed down.
  private static final int MOST_UNANSWERED = 256;

  private static final long RELAY_FULL_MILLIS = 1_000;

  private final SessionContext world;
  private final Outbound outbound;
  private final String sender;
  private final OpenRooms rooms;
  private final SessionInbox inbox;
  private final RateLimit rate;
  private final UnansweredPosts unanswered = new UnansweredPosts();
  private int handledWhenAnswered;
  private RateLimit accountRate;

  SessionPosts(
      SessionContext world,
      Outbound outbound,
      String sender,
      OpenRooms rooms,
      SessionInbox inbox,
      RateLimit rate) {
    this.world = world;
    this.outbound = outbound;
    this.sender = sender;
    this.rooms = rooms;
    this.inbox = inbox;
    this.rate = rate;
    var settings = world.settings();
    // until the node's shared one arrives, the session has one of its own
    this.accountRate =
        new RateLimit(
            settings.accountSendsPerSecond(),
            settings.accountSendBurst(),
            world.nanoClock().getAsLong());
  }

  void sharing(RateLimit shared) {
    accountRate = shared;
  }

  /// False if the frame counts as handled only later, when its answer is there.
  boolean on(ClientFrame.Post frame) {
    var objection = FrameRules.objection(frame, world.settings().bodyBytes());
    if (objection.isPresent()) {
      refuse(frame, objection.get().code(), objection.get().message());
    } else if (!rooms.isOpen(frame.room())) {
      refuse(frame, Code.ROOM_NOT_OPEN, Code.ROOM_NOT_OPEN.sentence());
    } else {
      var now = world.nanoClock().getAsLong();
      var wait = Math.max(rate.take(now), accountRate.take(now));
      if (wait == 0) return submit(frame);
      outbound.tooMuch(frame.id(), frame.room(), wait);
    }
    return true;
  }

  private void refuse(ClientFrame.Post frame, Code code, String message) {
    outbound.problem(code, message, frame.id(), frame.room());
  }

  /// A client that is far ahead of its rooms is read no faster than they answer.
  private boolean submit(ClientFrame.Post frame) {
    rooms.post(frame.room(), post(frame));
    unanswered.add(frame.room(), frame.id());
    if (unanswered.count() <= MOST_UNANSWERED) return true;
    handledWhenAnswered++;
    return false;
  }

  private Post post(ClientFrame.Post frame) {
    return switch (frame) {
      case ClientFrame.Send it -> new Post.Say(sender, it.id(), it.body(), it.replyTo());
      case ClientFrame.Edit it -> new Post.Edit(sender, it.id(), it.target(), it.body());
      case ClientFrame.Redact it -> new Post.Redact(sender, it.id(), it.target(), it.reason());
    };
  }

  void refuse(String room, List<Post> early, Code code) {
    for (var post : early) on(new RoomRelay.Answered(room, post.id(), new Post.Refused(code)));
  }

  void on(RoomRelay.Answered answered) {
    unanswered.answered(answered.room(), answered.id());
    letOneMoreIn();
    switch (answered.verdict()) {
      case Post.Accepted(var seq, var at, var counts) -> {
        rooms.saw(answered.room(), seq);
        counts.ifPresent(it -> inbox.posted(answered.room(), seq, it));
        outbound.say(new ServerFrame.Ack(answered.id(), answered.room(), seq, at));
      }
      case Post.Refused(var code) when code == Code.RATE_LIMITED ->
          outbound.tooMuch(answered.id(), answered.room(), RELAY_FULL_MILLIS);
      case Post.Refused(var code) ->
          outbound.problem(code, code.sentence(), answered.id(), answered.room());
    }
  }

  private void letOneMoreIn() {
    if (handledWhenAnswered == 0) return;
    handledWhenAnswered--;
    outbound.handled();
  }

  /// The relay that had them is gone.
  void lost(String room) {
    for (var id : unanswered.lost(room)) {
      outbound.problem(Code.UNAVAILABLE, Code.UNAVAILABLE.sentence(), id, room);
      letOneMoreIn();
    }
  }
}
