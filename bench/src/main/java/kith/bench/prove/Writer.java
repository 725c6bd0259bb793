package kith.bench.prove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame.Send;

/// The posts of one writer in its room: sends a post whenever one is due, and retries it with the
/// same id until it is acknowledged.
///
/// Used by the client's thread, except where a method allows other threads.
final class Writer {
  /// Maximum number of posts in flight. Further posts are sent late, which counts as waiting time.
  /// A writer that checks order has one post in flight.
  enum Window {
    ONE(1),
    SOME(8);

    private final int posts;

    Window(int posts) {
      this.posts = posts;
    }
  }

  private static final class Draft {
    final String id;
    final String body;
    final long due;
    final List<Ack> acks = new ArrayList<>(1);
    final List<String> refusals = new ArrayList<>(0);
    int sent;
    long sentAt;
    boolean isInFlight;
    long notBefore;

    Draft(String id, String body, long due) {
      this.id = id;
      this.body = body;
      this.due = due;
    }
  }

  private final String user;
  private final String room;
  private final Window window;
  private final double millisBetween;
  private final long firstDue;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final Map<String, Draft> unanswered = new LinkedHashMap<>();
  private volatile int unansweredNow;

  /// @param firstDue when the first post is due, in milliseconds of the run
  Writer(String user, String room, Window window, double postsPerSecond, long firstDue) {
    this.user = user;
    this.room = room;
    this.window = window;
    this.millisBetween = 1_000 / postsPerSecond;
    this.firstDue = firstDue;
  }

  String room() {
    return room;
  }

  /// The post to send now, if any: retries come first, in their original order.
  Optional<Send> next(long now, boolean mayStartNew) {
    for (var draft : unanswered.values())
      if (!draft.isInFlight && draft.notBefore <= now) return Optional.of(send(draft, now));
    if (!mayStartNew || unanswered.size() >= window.posts || nextDue() > now)
      return Optional.empty();
    var id = user + "." + drafts.size();
    var draft = new Draft(id, "message " + drafts.size() + " of " + user, nextDue());
    drafts.put(id, draft);
    unanswered.put(id, draft);
    unansweredNow = unanswered.size();
    return Optional.of(send(draft, now));
  }

  /// The time at which [#next] has a post, unless an answer arrives before.
  long nextAt(boolean mayStartNew) {
    long next = mayStartNew && unanswered.size() < window.posts ? nextDue() : Long.MAX_VALUE;
    for (var draft : unanswered.values())
      if (!draft.isInFlight) next = Math.min(next, draft.notBefore);
    return next;
  }

  private long nextDue() {
    return firstDue + (long) (drafts.size() * millisBetween);
  }

  private Send send(Draft draft, long now) {
    draft.isInFlight = true;
    draft.sent++;
    draft.sentAt = now;
    return new Send(draft.id, room, draft.body, OptionalLong.empty());
  }

  /// Prepares all unanswered posts for a retry on a new connection.
  void startOver() {
    for (var draft : unanswered.values()) {
      draft.isInFlight = false;
      draft.notBefore = 0;
    }
  }

  /// Records an ack; returns whether it is the first one of the post.
  boolean acknowledged(String id, long seq, Instant at, long now) {
    var draft = drafts.get(id);
    if (draft == null) return false;
    draft.acks.add(new Ack(seq, at, now));
    boolean isFirst = unanswered.remove(id) != null;
    unansweredNow = unanswered.size();
    return isFirst;
  }

  void refused(String id, String code, long notBefore) {
    var draft = drafts.get(id);
    if (draft == null) return;
    draft.refusals.add(code);
    draft.isInFlight = false;
    draft.notBefore = notBefore;
  }

  /// Whether a post has been in flight for longer than `millis`.
  boolean isStuck(long now, long millis) {
    return unanswered.values().stream()
        .anyMatch(draft -> draft.isInFlight && now - draft.sentAt > millis);
  }

  /// Number of posts without an answer. Any thread may call it.
  int unanswered() {
    return unansweredNow;
  }

  /// All posts in the order in which they were due. Call it after the client has ended.
  List<Post> posts() {
    return drafts.values().stream().map(it -> post(it)).toList();
  }

  private Post post(Draft draft) {
    return new Post(
        user,
        draft.id,
        draft.body,
        draft.due,
        draft.sent,
        draft.acks,
        draft.refusals,
        window == Window.ONE);
  }
}
