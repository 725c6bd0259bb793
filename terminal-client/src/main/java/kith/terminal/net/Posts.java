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

/// What a session does about posts: tried with the same id until the node says yes or no.
final class Posts {
  private static final Set<String> TRIED_AGAIN =
      Set.of(
          Code.RATE_LIMITED.wire(),
          Code.UNAVAILABLE.wire(),
          Code.GOING_AWAY.wire(),
          Code.ROOM_NOT_OPEN.wire());

  private Posts() {}

  static void add(SessionDraft draft, ClientFrame.Post post) {
    if (find(draft, post.room(), post.id()).isPresent()) return;
    if (draft.outbox.size() >= SessionModel.MOST_PENDING) {
      draft.emit(
          new SessionEvent.Failed(
              post, "outbox-full", "Too many messages wait to be sent. Try again later."));
      return;
    }
    draft.outbox.add(Pending.fresh(post));
    draft.add(new SessionEffect.Store(post));
  }

  static void stored(SessionDraft draft, ClientFrame.Post post) {
    if (find(draft, post.room(), post.id()).isEmpty()) return;
    change(draft, post, Pending::onDisk);
    draft.emit(new SessionEvent.Kept(post));
  }

  static void notStored(SessionDraft draft, ClientFrame.Post post, String reason) {
    draft.outbox.removeIf(pending -> pending.is(post.room(), post.id()));
    draft.emit(new SessionEvent.Failed(post, "not-stored", reason));
  }

  /// Sends what is due: of each open room the oldest post, unless that is in flight.
  static void send(SessionDraft draft, ServerFrame.Welcome welcome) {
    for (var pending : draft.snapshot().firstPerRoom().toList()) {
      var post = pending.post();
      var place = draft.rooms.get(post.room());
      if (!pending.stored() || place == null || !place.isOpen()) continue;
      if (pending.notBefore() > draft.now() || isInFlight(draft, pending)) continue;
      var tooLong = tooLong(post, welcome.limits());
      if (tooLong.isPresent()) {
        fail(draft, pending, tooLong.get().wire(), "This is longer than the server takes.");
      } else {
        change(draft, post, it -> it.sent(draft.now()));
        draft.transmit(post);
      }
    }
  }

  private static boolean isInFlight(SessionDraft draft, Pending pending) {
    return pending.sentAt().isPresent()
        && pending.sentAt().getAsLong() + SessionModel.ANSWER_MILLIS > draft.now();
  }

  /// A frame over the limit would cost the connection, and with it the answer to everything else.
  private static Optional<Code> tooLong(ClientFrame.Post post, Limits limits) {
    if (bytes(Json.text(post)) > limits.frameBytes()) return Optional.of(Code.FRAME_TOO_LARGE);
    var body =
        switch (post) {
          case ClientFrame.Send send -> send.body();
          case ClientFrame.Edit edit -> edit.body();
          case ClientFrame.Redact _ -> "";
        };
    return bytes(body) > limits.bodyBytes() ? Optional.of(Code.BODY_TOO_LONG) : Optional.empty();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static void sent(SessionDraft draft, String room, String id, long seq, Instant at) {
    find(draft, room, id)
        .ifPresent(pending -> {
          draft.outbox.remove(pending);
          draft.add(new SessionEffect.Forget(pending.post()));
          draft.emit(new SessionEvent.Sent(pending.post(), seq, at));
        });
  }

  /// The entry of an own post is as good as its ack.
  static void seen(SessionDraft draft, String room, Entry entry) {
    if (!(draft.link instanceof Link.Live live)) return;
    if (!entry.by().equals(live.welcome().user())) return;
    switch (entry) {
      case Entry.Message message -> sent(draft, room, message.id(), entry.seq(), entry.at());
      case Entry.Edited edited -> sent(draft, room, edited.id(), entry.seq(), entry.at());
      case Entry.Redacted redacted -> sent(draft, room, redacted.id(), entry.seq(), entry.at());
      case Entry.Created _,
          Entry.Joined _,
          Entry.Left _,
          Entry.Kicked _,
          Entry.Banned _,
          Entry.Unbanned _,
          Entry.RoleChanged _,
          Entry.SettingsChanged _,
          Entry.Invited _,
          Entry.InvitationRevoked _,
          Entry.Deleted _,
          Entry.Hidden _,
          Entry.Unknown _ -> {}
    }
  }

  static void refused(SessionDraft draft, ServerFrame.Problem problem, String id) {
    var answered =
        draft.outbox.stream()
            .filter(pending -> pending.post().id().equals(id))
            .filter(it -> problem.room().map(it.post().room()::equals).orElse(true))
            .filter(pending -> pending.sentAt().isPresent())
            .findFirst();
    answered.ifPresent(pending -> {
      if (TRIED_AGAIN.contains(problem.code())) tryAgain(draft, problem, pending);
      else fail(draft, pending, problem.code(), problem.message());
    });
  }

  private static void tryAgain(SessionDraft draft, ServerFrame.Problem problem, Pending pending) {
    var wait = problem.retryAfterMillis();
    long when = wait.isPresent() ? draft.now() + wait.getAsLong() : draft.later(pending.tries());
    change(draft, pending.post(), it -> it.againAt(when));
    if (problem.code().equals(Code.ROOM_NOT_OPEN.wire())) {
      draft.rooms.computeIfPresent(pending.post().room(), (_, place) -> place.shut());
    }
  }

  static void failAll(SessionDraft draft, String room, String code, String message) {
    for (var pending : List.copyOf(draft.outbox)) {
      if (pending.post().room().equals(room)) fail(draft, pending, code, message);
    }
  }

  private static void fail(SessionDraft draft, Pending pending, String code, String message) {
    draft.outbox.removeIf(it -> it.is(pending.post().room(), pending.post().id()));
    draft.add(new SessionEffect.Forget(pending.post()));
    draft.emit(new SessionEvent.Failed(pending.post(), code, message));
  }

  private static Optional<Pending> find(SessionDraft draft, String room, String id) {
    return draft.outbox.stream().filter(pending -> pending.is(room, id)).findFirst();
  }

  private static void change(
      SessionDraft draft, ClientFrame.Post post, UnaryOperator<Pending> how) {
    draft.outbox.replaceAll(it -> it.is(post.room(), post.id()) ? how.apply(it) : it);
  }
}
