package kith.node.core.room;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kith.node.core.room.RoomRules.Decided;
import kith.node.core.room.RoomRules.Decision;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The posts to one room, and the redactions of a deleted account's messages. A post that depends
/// on earlier messages is decided after a look-up in the log, one after another.
final class RoomPosts {
  private final String id;
  private final RoomBehavior host;
  private final ActorContext<Room.Command> context;
  private final RoomLog log;
  private final List<PostRule> rules;
  private final CompletableFuture<Void> partsReady;
  private final FactLookups lookUps = new FactLookups();

  /// @param partsReady no post is decided before the parts have read the data of their rules
  RoomPosts(
      String id,
      RoomBehavior host,
      ActorContext<Room.Command> context,
      RoomLog log,
      List<PostRule> rules,
      CompletableFuture<Void> partsReady) {
    this.id = id;
    this.host = host;
    this.context = context;
    this.log = log;
    this.rules = rules;
    this.partsReady = partsReady;
  }

  ReplyEffect<RoomEvent, RoomState> on(RoomState room, Room.Posting posting) {
    if (!posting.about().isEmpty() || !partsReady.isDone()) return whenLookedUp(posting, Set.of());
    var decision = decide(room, posting, PostLookUp.NONE);
    return decision.unread().isEmpty()
        ? post(room, posting, decision, () -> {})
        : whenLookedUp(posting, decision.unread());
  }

  ReplyEffect<RoomEvent, RoomState> on(Room.RedactOwn asked) {
    return whenLookedUp(asked, Set.of());
  }

  ReplyEffect<RoomEvent, RoomState> onLookedUp(RoomState room, Room.LookedUp looked) {
    return switch (looked.asked()) {
      case Room.Posting posting -> onLookedUp(room, posting, looked.found());
      case Room.RedactOwn asked -> redactOwn(room, asked, looked.found().facts());
    };
  }

  private ReplyEffect<RoomEvent, RoomState> onLookedUp(
      RoomState room, Room.Posting posting, PostLookUp found) {
    var decision = decide(room, posting, found);
    if (decision.unread().isEmpty()) return post(room, posting, decision, this::nextLookUp);
    // its candidates were not known yet, or were among the latest posts when the look-up began
    var candidates = new HashSet<>(found.candidates());
    candidates.addAll(decision.unread());
    lookUp(posting, candidates);
    return host.noReply();
  }

  private PostRules.Decision decide(RoomState room, Room.Posting posting, PostLookUp found) {
    return PostRules.decide(room, posting.posts(), found, rules, host.now());
  }

  private ReplyEffect<RoomEvent, RoomState> whenLookedUp(
      Room.Amending command, Set<Long> candidates) {
    lookUps.add(command).ifPresent(first -> lookUp(first, candidates));
    return host.noReply();
  }

  private void lookUp(Room.Amending command, Set<Long> candidates) {
    context.pipeToSelf(
        partsReady.thenCompose(_ -> PostLookUp.in(log, id, command.about(), candidates)),
        (found, fault) ->
            fault == null ? new Room.LookedUp(command, found) : new Room.LookUpFailed());
  }

  /// Ends the look-up under way, and starts the next.
  void nextLookUp() {
    lookUps.next().ifPresent(next -> lookUp(next, Set.of()));
  }

  /// @param andThen runs after the commit, or at once if there is nothing to commit
  private ReplyEffect<RoomEvent, RoomState> post(
      RoomState room, Room.Posting posting, PostRules.Decision decision, Runnable andThen) {
    if (decision.events().isEmpty()) {
      posting.answer(decision.verdicts());
      andThen.run();
      return host.noReply();
    }
    return host.persist(
        room,
        decision.events(),
        commit -> {
          var _ = host.committed(commit);
          posting.answer(decision.verdicts());
          andThen.run();
        });
  }

  private ReplyEffect<RoomEvent, RoomState> redactOwn(
      RoomState room, Room.RedactOwn asked, Map<Long, Post.Fact> facts) {
    return switch (RoomRules.redactOwn(room, asked.author(), facts, host.now())) {
      case Decided(var events) when !events.isEmpty() ->
          host.persist(
              room,
              events,
              commit -> {
                var _ = host.committed(commit);
                asked.replyTo().tell(Room.DONE);
                nextLookUp();
              });
      case Decision other -> {
        nextLookUp();
        yield host.carryOut(room, other, asked.replyTo());
      }
    };
  }
}
