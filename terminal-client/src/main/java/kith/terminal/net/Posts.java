package kith.terminal.net;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import kith.protocol.Code;
import kith.protocol.Limits;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;

/// Own posts: each is retried with the same id until the node accepts or refuses it.
final class Posts {
  private static final Set<String> TRIED_AGAIN =
      Set.of(
          Code.RATE_LIMITED.wire(),
          Code.UNAVAILABLE.wire(),
          Code.MAINTENANCE.wire(),
          Code.GOING_AWAY.wire(),
          Code.INTERNAL.wire(),
          Code.ROOM_NOT_OPEN.wire());

  /// Added when the room ended before the answer arrived.
  static final String UNKNOWN = " The message may have been sent before.";

  private Posts() {}

  static void add(SessionStepBuilder step, PendingPost pending) {
    var post = pending.post();
    if (find(step, post.room(), post.id()).isPresent()) return;
    if (step.outbox.size() >= SessionModel.MAX_PENDING) {
      refuse(step, post, "outbox-full", "Too many messages wait to be sent. Try again later.");
      return;
    }
    step.outbox.add(pending);
    step.add(new SessionEffect.Store(post));
  }

  static void stored(SessionStepBuilder step, ClientFrame.Post post) {
    if (find(step, post.room(), post.id()).isEmpty()) return;
    change(step, post, PendingPost::onDisk);
    step.emit(new SessionEvent.Kept(post));
  }

  static void notStored(SessionStepBuilder step, ClientFrame.Post post, String reason) {
    step.outbox.removeIf(pending -> pending.is(post.room(), post.id()));
    step.emit(new SessionEvent.Failed(post, "not-stored", reason));
  }

  /// Sends the oldest post of each open room, unless it is in flight.
  static void send(SessionStepBuilder step, ServerFrame.Welcome welcome) {
    for (var pending : step.snapshot().firstPerRoom().toList()) {
      var post = pending.post();
      var place = step.rooms.get(post.room());
      if (!pending.stored() || place == null || !place.isOpen()) continue;
      if (pending.notBefore() > step.now() || isInFlight(step, pending)) continue;
      var tooLong = tooLong(post, welcome.limits());
      if (tooLong.isPresent()) {
        fail(step, pending, tooLong.get().wire(), "The message is longer than the server accepts.");
      } else {
        change(step, post, it -> it.sent(step.now()));
        step.transmit(post);
      }
    }
  }

  private static boolean isInFlight(SessionStepBuilder step, PendingPost pending) {
    return pending.sentAt().isPresent()
        && pending.sentAt().getAsLong() + SessionModel.ANSWER_MILLIS > step.now();
  }

  /// A frame over the limit would end the connection and delay every other answer.
  private static Optional<Code> tooLong(ClientFrame.Post post, Limits limits) {
    if (bytes(Json.text(post)) > limits.frameBytes()) return Optional.of(Code.FRAME_TOO_LARGE);
    var body =
        switch (post) {
          case ClientFrame.Send send -> send.body();
          case ClientFrame.Edit edit -> edit.body();
          case ClientFrame.Redact _, ClientFrame.FeaturePost _ -> "";
        };
    return bytes(body) > limits.bodyBytes() ? Optional.of(Code.BODY_TOO_LONG) : Optional.empty();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static void sent(SessionStepBuilder step, String room, String id, long seq, Instant at) {
    find(step, room, id)
        .ifPresent(pending -> {
          step.outbox.remove(pending);
          step.add(new SessionEffect.Forget(pending.post()));
          step.emit(new SessionEvent.Sent(pending.post(), seq, at));
        });
  }

  /// The entry of an own post counts as its ack, live or as history.
  static void onEntry(SessionStepBuilder step, String room, Entry entry) {
    if (!(step.phase instanceof SessionPhase.Live live)) return;
    if (!entry.by().equals(live.welcome().user())) return;
    if (entry instanceof Entry.OfPost post) sent(step, room, post.id(), entry.seq(), entry.at());
  }

  static void refused(SessionStepBuilder step, ServerFrame.Problem problem, String id) {
    var answered =
        step.outbox.stream()
            .filter(pending -> pending.post().id().equals(id))
            .filter(it -> problem.room().map(it.post().room()::equals).orElse(true))
            .filter(pending -> pending.sentAt().isPresent())
            .findFirst();
    answered.ifPresent(pending -> {
      if (TRIED_AGAIN.contains(problem.code())) tryAgain(step, problem, pending);
      else fail(step, pending, problem.code(), problem.message());
    });
  }

  private static void tryAgain(
      SessionStepBuilder step, ServerFrame.Problem problem, PendingPost pending) {
    var wait = problem.retryAfterMillis();
    long when = wait.isPresent() ? step.now() + wait.getAsLong() : step.retryTime(pending.tries());
    change(step, pending.post(), it -> it.retryAt(when));
    if (problem.code().equals(Code.ROOM_NOT_OPEN.wire()))
      step.rooms.computeIfPresent(pending.post().room(), (_, place) -> place.closed());
    else step.emit(new SessionEvent.Delayed(pending.post(), problem.code(), problem.message()));
  }

  /// The room ended. Posts that were sent to it may be committed: their acks are missing.
  static void failAll(SessionStepBuilder step, String room, String code, String message) {
    for (var pending : List.copyOf(step.outbox)) {
      if (!pending.post().room().equals(room)) continue;
      fail(step, pending, code, pending.mayBeCommitted() ? message + UNKNOWN : message);
    }
  }

  private static void fail(
      SessionStepBuilder step, PendingPost pending, String code, String message) {
    step.outbox.removeIf(it -> it.is(pending.post().room(), pending.post().id()));
    refuse(step, pending.post(), code, message);
  }

  private static void refuse(
      SessionStepBuilder step, ClientFrame.Post post, String code, String message) {
    step.add(new SessionEffect.Refuse(post, message));
    step.emit(new SessionEvent.Failed(post, code, message));
  }

  /// The user dropped a refused post, or it was committed after all.
  static void forget(SessionStepBuilder step, ClientFrame.Post post) {
    if (find(step, post.room(), post.id()).isEmpty()) step.add(new SessionEffect.Forget(post));
  }

  private static Optional<PendingPost> find(SessionStepBuilder step, String room, String id) {
    return step.outbox.stream().filter(pending -> pending.is(room, id)).findFirst();
  }

  private static void change(
      SessionStepBuilder step, ClientFrame.Post post, UnaryOperator<PendingPost> how) {
    step.outbox.replaceAll(it -> it.is(post.room(), post.id()) ? how.apply(it) : it);
  }
}
