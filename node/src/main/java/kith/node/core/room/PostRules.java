package kith.node.core.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.core.room.Post.Accepted;
import kith.node.core.room.Post.Fact;
import kith.node.core.room.Post.Refused;
import kith.node.core.room.Post.Verdict;
import kith.node.core.room.RecentPosts.Key;
import kith.node.core.room.RecentPosts.Remembered;
import kith.node.feature.mentions.Mentions;
import kith.protocol.Code;
import kith.protocol.Role;

/// Decides a batch of posts: which are new, which are retries, which are refused.
final class PostRules {
  private final RoomState room;
  private final Map<Long, Fact> facts;
  private final Instant now;

  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<RoomEvent> events = new ArrayList<>();
  private final Map<Key, Remembered> acceptedHere = new HashMap<>();
  private final Set<Long> redactedHere = new HashSet<>();
  private Counts counts;

  /// One verdict for each post, in their order, and the events of those that are new.
  record Decision(List<Verdict> verdicts, List<RoomEvent> events) {}

  private PostRules(RoomState room, Map<Long, Fact> facts, Instant now) {
    this.room = room;
    this.facts = facts;
    this.now = now;
    this.counts = room.tally().counts();
  }

  static Decision decide(RoomState room, List<Post> posts, Map<Long, Fact> facts, Instant now) {
    var rules = new PostRules(room, facts, now);
    for (var post : posts) rules.verdicts.add(rules.decide(post));
    return new Decision(rules.verdicts, rules.events);
  }

  private Verdict decide(Post post) {
    var key = Key.of(post.sender(), post.id());
    // first: what is committed was sent, whatever became of its sender since
    return remembered(key)
        .map(earlier -> retry(post, earlier))
        .or(() -> objection(post).map(Refused::new))
        .orElseGet(() -> accept(key, post));
  }

  private Optional<Remembered> remembered(Key key) {
    return Optional.ofNullable(acceptedHere.get(key)).or(() -> room.recent().find(key));
  }

  private static Verdict retry(Post post, Remembered earlier) {
    return earlier.meant() == post.meant()
        ? new Accepted(earlier.seq(), earlier.at())
        : new Refused(Code.ID_REUSED);
  }

  private Optional<Code> objection(Post post) {
    if (!room.isMember(post.sender())) return Optional.of(RoomRules.notAMember(room));
    if (post.about().isEmpty()) return Optional.empty();
    var target = post.about().getAsLong();
    var fact = facts.get(target);
    if (fact == null) return Optional.of(Code.UNKNOWN_MESSAGE);
    var isRedacted = fact.redacted() || redactedHere.contains(target);
    return switch (post) {
      case Post.Say _ -> Optional.empty();
      case Post.Edit edit ->
          !fact.author().equals(edit.sender())
              ? Optional.of(Code.NOT_YOUR_MESSAGE)
              : isRedacted ? Optional.of(Code.MESSAGE_REDACTED) : Optional.empty();
      case Post.Redact redact ->
          isRedacted
              ? Optional.of(Code.MESSAGE_REDACTED)
              : mayRedact(redact.sender(), fact)
                  ? Optional.empty()
                  : Optional.of(Code.NOT_YOUR_MESSAGE);
    };
  }

  private boolean mayRedact(String user, Fact fact) {
    return fact.author().equals(user) || isModerator(user);
  }

  private boolean isModerator(String user) {
    return room.role(user).map(role -> role.isAtLeast(Role.MODERATOR)).orElse(false);
  }

  private boolean mayMention(String user, String name) {
    return name.equals(Mentions.EVERYONE) ? isModerator(user) : room.isMember(name);
  }

  private Verdict accept(Key key, Post post) {
    if (post instanceof Post.Say) counts = counts.withMessage();
    events.add(
        switch (post) {
          case Post.Say say ->
              new RoomEvent.Posted(
                  say.sender(),
                  now,
                  say.id(),
                  say.body(),
                  say.replyTo(),
                  OptionalLong.of(counts.messages()),
                  Mentions.in(say.body(), name -> mayMention(say.sender(), name)));
          case Post.Edit edit ->
              new RoomEvent.Edited(edit.sender(), now, edit.id(), edit.target(), edit.body());
          case Post.Redact redact ->
              new RoomEvent.Redacted(
                  redact.sender(), now, redact.id(), redact.target(), redact.reason());
        });
    if (post instanceof Post.Redact redact) redactedHere.add(redact.target());
    var seq = room.lastSeq() + events.size();
    acceptedHere.put(key, new Remembered(seq, now.toEpochMilli(), post.meant()));
    return new Accepted(
        seq, now, post instanceof Post.Say ? Optional.of(counts) : Optional.empty());
  }
}
