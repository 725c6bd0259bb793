package kith.node.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Writes who was mentioned in a room beside its log, and tells it when it is written: whoever
/// looks after having heard nothing finds it.
///
/// One write at a time and in order, so the index is complete up to its latest message. What a room
/// could not write before it died is read from its log by the next one.
final class MentionFeed {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int MOST_WAITING = 1_000;
  private static final int PAGE = 200;

  private final String room;
  private final RoomSurroundings world;
  private final ActorContext<Room.Command> context;
  private List<Mention> waiting = new ArrayList<>();
  private boolean isBusy;
  private boolean isBehind;

  MentionFeed(String room, RoomSurroundings world, ActorContext<Room.Command> context) {
    this.room = room;
    this.world = world;
    this.context = context;
  }

  void awake(RoomState state) {
    if (state.tally().mentioned() == 0) return;
    isBehind = true;
    next();
  }

  /// @param first the seq of the first of `events`
  void follow(long first, List<RoomEvent> events) {
    var isNew = false;
    for (var i = 0; i < events.size(); i++)
      if (events.get(i) instanceof RoomEvent.Posted it && it.mentions().isPresent()) {
        waiting.add(new Mention(first + i, it.by(), it.mentions().get()));
        isNew = true;
      }
    if (waiting.size() > MOST_WAITING) fallBehind();
    if (isNew) next();
  }

  private void fallBehind() {
    isBehind = true;
    waiting = new ArrayList<>();
  }

  private void next() {
    if (isBusy) return;
    if (isBehind) {
      isBusy = true;
      isBehind = false;
      tell(world.mentions().latest(room).thenCompose(this::readOn));
    } else if (!waiting.isEmpty()) {
      isBusy = true;
      var all = waiting;
      waiting = new ArrayList<>();
      tell(write(all, OptionalLong.empty()));
    }
  }

  private CompletionStage<Room.MentionsKept> readOn(long after) {
    return world
        .log()
        .after(room, after, PAGE)
        .thenCompose(page -> write(mentions(page), end(page)));
  }

  private static OptionalLong end(RoomLog.Page page) {
    return page.more() ? OptionalLong.of(page.entries().getLast().seq()) : OptionalLong.empty();
  }

  private static List<Mention> mentions(RoomLog.Page page) {
    var mentions = new ArrayList<Mention>();
    for (var entry : page.entries())
      if (entry instanceof Entry.Message it && it.mentions().isPresent())
        mentions.add(new Mention(it.seq(), it.by(), it.mentions().get()));
    return mentions;
  }

  private CompletionStage<Room.MentionsKept> write(List<Mention> mentions, OptionalLong goesOn) {
    return world
        .mentions()
        .add(room, mentions)
        .thenApply(_ -> new Room.MentionsKept(mentions, goesOn));
  }

  private void tell(CompletionStage<Room.MentionsKept> step) {
    context.pipeToSelf(step, (kept, fault) -> fault == null ? kept : new Room.MentionsNotKept());
  }

  void kept(RoomState state, Room.MentionsKept kept) {
    if (!kept.mentions().isEmpty())
      world.news().accept(Headline.of(room, state).mentioning(kept.mentions()));
    if (kept.goesOn().isPresent()) {
      tell(readOn(kept.goesOn().getAsLong()));
      return;
    }
    isBusy = false;
    next();
  }

  void notKept() {
    fallBehind();
    context.scheduleOnce(AGAIN, context.getSelf(), new Room.MentionsAgain());
  }

  void again() {
    isBusy = false;
    next();
  }
}
