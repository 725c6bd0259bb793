package kith.node.feature.mentions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Room;
import kith.node.core.room.RoomContext;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomState;
import kith.node.feature.inbox.RoomSummary;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Writes who was mentioned in a room beside its log, and tells it when it is written: whoever
/// looks after having heard nothing finds it.
///
/// One write at a time and in order, so the index is complete up to its latest message. What a room
/// could not write before it died is read from its log by the next one, which also says again what
/// was written last: the one before may have died before it could.
public final class MentionFeed {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int MOST_WAITING = 1_000;
  private static final int PAGE = 200;

  /// Names that are said again.
  private static final int NEWEST = 500;

  private final String room;
  private final RoomContext world;
  private final ActorContext<Room.Command> context;
  private List<Mention> waiting = new ArrayList<>();
  private boolean isBusy;
  private boolean isBehind;

  /// The latest message that mentions somebody; else 0.
  private long mentioned;

  public MentionFeed(String room, RoomContext world, ActorContext<Room.Command> context) {
    this.room = room;
    this.world = world;
    this.context = context;
  }

  public void awake(RoomState state) {
    mentioned = state.tally().mentioned();
    if (mentioned == 0 || !state.isOpen()) return;
    isBehind = true;
    next();
  }

  /// @param first the seq of the first of `events`
  public void follow(long first, List<RoomEvent> events) {
    var isNew = false;
    for (var i = 0; i < events.size(); i++)
      if (events.get(i) instanceof RoomEvent.Posted it && it.mentions().isPresent()) {
        mentioned = first + i;
        waiting.add(new Mention(mentioned, it.by(), it.mentions().get()));
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
      var end = mentioned;
      tell(world.mentions().newest(room, NEWEST).thenApply(some -> written(some, end)));
    } else if (!waiting.isEmpty()) {
      isBusy = true;
      var some = waiting.subList(0, Math.min(waiting.size(), PAGE));
      tell(write(List.copyOf(some), OptionalLong.empty()));
      some.clear();
    }
  }

  private static Room.MentionsKept written(List<Mention> newest, long end) {
    var latest = newest.stream().mapToLong(Mention::seq).max().orElse(0);
    return new Room.MentionsKept(
        newest, latest < end ? OptionalLong.of(latest) : OptionalLong.empty());
  }

  private CompletionStage<Room.MentionsKept> readOn(long after) {
    var end = mentioned;
    return world
        .log()
        .after(room, after, PAGE)
        .thenCompose(page -> write(mentions(page), goesOn(page, end)));
  }

  private static OptionalLong goesOn(RoomLog.Page page, long end) {
    if (!page.more()) return OptionalLong.empty();
    var last = page.entries().getLast().seq();
    return last < end ? OptionalLong.of(last) : OptionalLong.empty();
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

  public void kept(RoomState state, Room.MentionsKept kept) {
    if (!kept.mentions().isEmpty())
      world.news().accept(RoomSummary.of(room, state).mentioning(kept.mentions()));
    if (kept.goesOn().isPresent()) {
      tell(readOn(kept.goesOn().getAsLong()));
      return;
    }
    isBusy = false;
    next();
  }

  public void notKept() {
    fallBehind();
    context.scheduleOnce(AGAIN, context.getSelf(), new Room.MentionsAgain());
  }

  public void again() {
    isBusy = false;
    next();
  }
}
