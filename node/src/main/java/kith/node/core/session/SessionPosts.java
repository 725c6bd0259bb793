package kith.node.core.session;

import java.util.List;
import java.util.Optional;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Attachment;
import kith.node.core.room.Post;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.Limits;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// The client's posts on their way to the rooms, and the rooms' answers on their way back.
final class SessionPosts {

  private final SessionHost host;
  private final SessionContext services;
  private final Outbound outbound;
  private final OpenRooms rooms;
  private final UnansweredPosts unanswered = new UnansweredPosts();
  private final WaitingSends waiting = new WaitingSends();
  private int handledWhenAnswered;
  private RateLimit accountRate;

  SessionPosts(SessionHost host) {
    this.host = host;
    this.services = host.services();
    this.outbound = host.outbound();
    this.rooms = host.rooms();
    var settings = services.settings();
    // a private limit, until the one that the account's sessions on this node share arrives
    this.accountRate = host.newRate(settings.accountSendsPerSecond(), settings.accountSendBurst());
  }

  void share(RateLimit ofAccount) {
    accountRate = ofAccount;
  }

  /// False if the frame counts as handled only later, when a post is answered.
  boolean on(ClientFrame.Post frame) {
    var objection = objection(frame);
    if (objection.isPresent()) {
      var why = objection.get();
      outbound.problem(why.code(), why.message(), frame.id(), frame.room(), why.retryAfterMillis());
    } else if (!rooms.isOpen(frame.room())) {
      refuse(frame, Code.ROOM_NOT_OPEN, Code.ROOM_NOT_OPEN.sentence());
    } else {
      var now = host.nanos();
      var wait = Math.max(host.rate().take(now), accountRate.take(now));
      if (wait == 0) return submit(frame);
      outbound.tooMuch(frame.id(), frame.room(), wait);
    }
    return true;
  }

  private Optional<Objection> objection(ClientFrame.Post frame) {
    var mostFiles = services.limits().files().map(Limits.OfFiles::perMessage).orElse(0);
    return FrameRules.objection(frame, services.settings().bodyBytes(), mostFiles)
        .or(() ->
            frame instanceof ClientFrame.FeaturePost post
                ? services.features().kindOf(post).objection(post)
                : Optional.empty())
        .or(host.parts()::objectionToPosts);
  }

  private void refuse(ClientFrame.Post frame, Code code, String message) {
    outbound.problem(code, message, frame.id(), frame.room());
  }

  /// With too many unanswered posts, the session reads from the client only as fast as its rooms
  /// answer.
  private boolean submit(ClientFrame.Post frame) {
    unanswered.add(frame.room(), frame.id());
    var files =
        frame instanceof ClientFrame.Send it && !it.files().orElse(List.of()).isEmpty()
            ? Optional.of(it)
            : Optional.<ClientFrame.Send>empty();
    if (waiting.isEmpty() && files.isEmpty()) {
      rooms.post(frame.room(), post(frame));
    } else {
      waiting.add(new WaitingSends.Waiting(frame.room(), post(frame), files));
      if (waiting.count() == 1) next();
    }
    if (unanswered.count() <= services.settings().unansweredPosts()) return true;
    handledWhenAnswered++;
    return false;
  }

  /// Passes on the posts up to the next one whose files have to be looked up.
  private void next() {
    for (var first = waiting.first(); first.isPresent(); first = waiting.first()) {
      var post = first.get();
      if (post.withFiles().isPresent()) {
        claim(post.withFiles().get());
        return;
      }
      waiting.removeFirst();
      pass(post.room(), post.post());
    }
  }

  private void claim(ClientFrame.Send frame) {
    var claim =
        services
            .attachments()
            .claim(host.user(), frame.room(), frame.id(), frame.files().orElse(List.of()));
    host.context()
        .pipeToSelf(
            claim,
            (answer, fault) ->
                new Session.FilesFound(
                    fault == null ? answer : new Attachments.Claim.Refused(Code.UNAVAILABLE)));
  }

  void found(Session.FilesFound found) {
    var first = waiting.first().orElseThrow();
    var frame = first.withFiles().orElseThrow();
    waiting.removeFirst();
    pass(
        frame.room(),
        switch (found.claim()) {
          case Attachments.Claim.Granted(var files) ->
              say(frame, Optional.of(files), Optional.empty());
          case Attachments.Claim.Refused(var code) ->
              say(frame, Optional.empty(), Optional.of(code));
        });
    next();
  }

  private Post.Say say(
      ClientFrame.Send frame, Optional<List<Attachment>> files, Optional<Code> refusal) {
    return new Post.Say(host.user(), frame.id(), frame.body(), frame.replyTo(), files, refusal);
  }

  /// The client may have closed the room, or lost it, while the post waited.
  private void pass(String room, Post post) {
    if (!unanswered.contains(room, post.id())) return;
    if (rooms.isOpen(room)) rooms.post(room, post);
    else on(new RoomRelay.Answered(room, post.id(), new Post.Refused(Code.ROOM_NOT_OPEN)));
  }

  private Post post(ClientFrame.Post frame) {
    var sender = host.user();
    return switch (frame) {
      case ClientFrame.Send it -> say(it, Optional.empty(), Optional.empty());
      case ClientFrame.Edit it -> new Post.Edit(sender, it.id(), it.target(), it.body());
      case ClientFrame.Redact it -> new Post.Redact(sender, it.id(), it.target(), it.reason());
      case ClientFrame.FeaturePost it -> services.features().kindOf(it).post(sender, it);
    };
  }

  /// Answers posts that waited for a room that could not be opened.
  void refuse(String room, List<Post> early, Code code) {
    for (var post : early) on(new RoomRelay.Answered(room, post.id(), new Post.Refused(code)));
  }

  void on(RoomRelay.Answered answered) {
    unanswered.answered(answered.room(), answered.id());
    letOneMoreIn();
    switch (answered.verdict()) {
      case Post.Accepted(var seq, var at, var counts) -> {
        rooms.saw(answered.room(), seq);
        counts.ifPresent(it -> host.parts().each(part -> part.posted(answered.room(), seq, it)));
        outbound.send(new ServerFrame.Ack(answered.id(), answered.room(), seq, at));
      }
      case Post.Refused(var code, _) when code == Code.RATE_LIMITED ->
          outbound.tooMuch(answered.id(), answered.room(), Intervals.QUEUE_FULL.toMillis());
      case Post.Refused refused ->
          outbound.problem(
              refused.code(),
              refused.sentence(),
              answered.id(),
              answered.room(),
              refused.retryAfterMillis());
    }
  }

  private void letOneMoreIn() {
    if (handledWhenAnswered == 0) return;
    handledWhenAnswered--;
    outbound.handled();
  }

  /// The relay ended before it answered these posts.
  void lost(String room) {
    for (var id : unanswered.lost(room)) {
      outbound.problem(Code.UNAVAILABLE, Code.UNAVAILABLE.sentence(), id, room);
      letOneMoreIn();
    }
  }
}
