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
import kith.protocol.Code;

/// Decides a batch of posts: which are new, which are retries, which are refused.
final class PostRules {
  private final RoomState room;
  private final Map<Long, Fact> facts;
  private final PostLookUp found;
  private final List<PostRule> rules;
  private final Instant now;

  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<RoomEvent> events = new ArrayList<>();
  private final Map<Key, Remembered> acceptedHere = new HashMap<>();
  private final Map<String, Instant> saidHere = new HashMap<>();
  private final Set<Long> unread = new HashSet<>();
  private Counts counts;

  /// One verdict for each post, in their order, and the events of those that are new.
  ///
  /// @param unread older posts that have to be read from the log before this decision is valid
  record Decision(List<Verdict> verdicts, List<RoomEvent> events, Set<Long> unread) {}

  private PostRules(RoomState room, PostLookUp found, List<PostRule> rules, Instant now) {
    this.room = room;
    this.facts = new HashMap<>(found.facts());
    this.found = found;
    this.rules = rules;
    this.now = now;
    this.counts = room.tally().counts();
  }

  /// @param found facts from the log about the posts
  /// @param rules of features
  static Decision decide(
      RoomState room, List<Post> posts, PostLookUp found, List<PostRule> rules, Instant now) {
    var batch = new PostRules(room, found, rules, now);
    for (var post : posts) batch.verdicts.add(batch.decide(post));
    return new Decision(batch.verdicts, batch.events, batch.unread);
  }

  private Verdict decide(Post post) {
    var key = Key.of(post.sender(), post.id());
    // must be first: a retry of a committed post is accepted even if its sender has left since
    return remembered(key)
        .map(earlier -> retry(post, earlier))
        .or(() -> objection(post))
        .orElseGet(() -> accept(key, post));
  }

  private Optional<Remembered> remembered(Key key) {
    return Optional.ofNullable(acceptedHere.get(key))
        .or(() -> room.recent().find(key))
        .or(() -> older(key));
  }

  private Optional<Remembered> older(Key key) {
    for (var seq : room.recent().candidates(key))
      if (!found.candidates().contains(seq)) unread.add(seq);
    return Optional.ofNullable(found.earlier().get(key));
  }

  private static Verdict retry(Post post, Remembered earlier) {
    return earlier.meant() == post.meant()
        ? new Accepted(earlier.seq(), earlier.at())
        : new Refused(Code.ID_REUSED);
  }

  private Optional<Refused> objection(Post post) {
    return ofTheCore(post)
        .map(Refused::new)
        .or(() -> ofFeatures(post, target(post)))
        .or(() -> ofSlowMode(post));
  }

  private Optional<Refused> ofFeatures(Post post, Optional<Fact> target) {
    for (var rule : rules) {
      var refusal = rule.refusal(room, post, target, events, now);
      if (refusal.isPresent()) return refusal;
    }
    return Optional.empty();
  }

  /// This rule is last, so that a message that is refused for another reason is not reported as too
  /// early.
  private Optional<Refused> ofSlowMode(Post post) {
    var interval = room.moderation().slowMode();
    if (interval == 0 || !(post instanceof Post.Say) || room.isModerator(post.answerable()))
      return Optional.empty();
    return Optional.ofNullable(
            saidHere.getOrDefault(post.sender(), room.lastWords().get(post.sender())))
        .map(said -> said.plusSeconds(interval))
        .filter(next -> next.isAfter(now))
        .map(next -> Refused.until(next, now, Code.SLOW_MODE));
  }

  private Optional<Fact> target(Post post) {
    var about = post.about();
    return about.isEmpty() ? Optional.empty() : Optional.ofNullable(facts.get(about.getAsLong()));
  }

  private Optional<Code> ofTheCore(Post post) {
    if (!room.isMember(post.answerable())) return Optional.of(RoomRules.notAMember(room));
    if (room.moderation().forbidsChanges()) return Optional.of(Code.ROOM_ARCHIVED);
    if (room.moderation().restrictsWriting()
        && isSpoken(post)
        && !room.isModerator(post.answerable())) return Optional.of(Code.READ_ONLY);
    if (post instanceof Post.Say say && say.refusal().isPresent()) return say.refusal();
    if (post.about().isEmpty()) return Optional.empty();
    var target = target(post);
    if (target.isEmpty()) return Optional.of(Code.UNKNOWN_MESSAGE);
    var fact = target.get();
    return switch (post) {
      case Post.Say _ -> Optional.empty();
      case Post.Edit edit ->
          !fact.author().equals(edit.sender())
              ? Optional.of(Code.NOT_YOUR_MESSAGE)
              : fact.redacted() ? Optional.of(Code.MESSAGE_REDACTED) : Optional.empty();
      case Post.Redact redact ->
          fact.redacted()
              ? Optional.of(Code.MESSAGE_REDACTED)
              : mayRedact(redact.sender(), fact)
                  ? Optional.empty()
                  : Optional.of(Code.NOT_YOUR_MESSAGE);
      case Post.PartPost it ->
          fact.redacted() ? Optional.of(Code.MESSAGE_REDACTED) : it.objection(room, fact);
    };
  }

  private boolean mayRedact(String user, Fact fact) {
    return fact.author().equals(user) || room.isModerator(user);
  }

  /// True if its text reaches others. So does the reason of a redaction.
  static boolean isSpoken(Post post) {
    return switch (post) {
      case Post.Say _, Post.Edit _ -> true;
      case Post.Redact redact -> redact.reason().isPresent();
      case Post.PartPost _ -> false;
    };
  }

  private Verdict accept(Key key, Post post) {
    var event = event(post);
    events.add(event);
    amend(event);
    var seq = room.lastSeq() + events.size();
    acceptedHere.put(key, new Remembered(seq, now.toEpochMilli(), post.meant()));
    return new Accepted(
        seq, now, post instanceof Post.Say ? Optional.of(counts) : Optional.empty());
  }

  private RoomEvent event(Post post) {
    return switch (post) {
      case Post.Say say -> message(say);
      case Post.Edit it -> new RoomEvent.Edited(it.sender(), now, it.id(), it.target(), it.body());
      case Post.Redact it ->
          new RoomEvent.Redacted(it.sender(), now, it.id(), it.target(), it.reason());
      case Post.PartPost it -> it.event(now);
    };
  }

  private RoomEvent message(Post.Say say) {
    counts = counts.withMessage();
    var message =
        new RoomEvent.Posted(
            say.sender(),
            now,
            say.id(),
            say.body(),
            say.replyTo(),
            OptionalLong.of(counts.messages()),
            Optional.empty(),
            say.files(),
            room.owner(say.sender())
                .map(owner -> Program.bot(owner, say.program()))
                .or(say::program));
    var answered = target(say);
    for (var rule : rules) message = rule.accepted(room, message, answered);
    saidHere.put(say.sender(), now);
    return message;
  }

  /// Later posts of the same batch are decided on the facts that earlier posts changed.
  private void amend(RoomEvent event) {
    switch (event) {
      case RoomEvent.Redacted it ->
          facts.computeIfPresent(it.target(), (_, fact) -> fact.afterRedaction());
      case RoomEvent.PartEvent it ->
          it.target()
              .ifPresent(target -> facts.computeIfPresent(target, (_, fact) -> fact.with(it)));
      case RoomEvent ignored -> {}
    }
  }
}
