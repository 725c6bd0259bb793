package kith.node.core.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.InboxCommand;
import kith.node.core.account.Account.Refused;
import kith.node.core.room.Counts;
import kith.node.feature.conversations.Conversation;
import kith.node.feature.inbox.InboxVisibility;
import kith.node.feature.inbox.Position;
import kith.node.feature.inbox.RoomSummaries;
import kith.node.core.room.Place;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ShownTo;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The part of an account that knows how far each of its rooms was read, and tells all its devices.
///
/// Positions are no events: they are merged by maximum, so that losing the last second of them in a
/// crash costs nothing that the next reading does not bring back.
public final class AccountInbox {

  /// A session wants the inbox, and each change of it.
  public record Follow(ActorRef<Word> session) implements InboxCommand {}

  /// @param after the room behind which the answer before ended
  public record Ask(ActorRef<Asked> replyTo, Optional<String> after) implements InboxCommand {}

  /// Something was read.
  ///
  /// @param counts what the room counted up to there, where that is known
  public record ReadUpTo(String room, long seq, Optional<Counts> counts) implements InboxCommand {
    ReadUpTo and(ReadUpTo later) {
      return later.seq > seq || (later.seq == seq && counts.isEmpty()) ? later : this;
    }
  }

  /// All that a session knows to be read, for an account that may have lost the last of it.
  public record ReadAgain(List<ReadUpTo> reads) implements InboxCommand {
    public ReadAgain {
      reads = List.copyOf(reads);
    }
  }

  /// A device has a room up to there.
  public record Delivered(String room, long seq) implements InboxCommand {
    Delivered and(Delivered later) {
      return later.seq > seq ? later : this;
    }
  }

  public record MarkUnread(String room, long seq) implements InboxCommand {}

  public record Mute(String room, boolean muted, ActorRef<Answer> replyTo)
      implements InboxCommand {}

  record Loaded(Optional<List<Position>> positions) implements InboxCommand {}

  record Counted(Map<String, Long> asked, Optional<Map<String, Place>> places)
      implements InboxCommand {}

  record Again() implements InboxCommand {}

  /// The answer to `Ask`.
  public sealed interface Asked extends CborSerializable {}

  public record NotNow() implements Asked {}

  /// What a session is told.
  public sealed interface Word extends CborSerializable {}

  /// All there is, and the beginning of what follows. Much of it comes in portions.
  ///
  /// @param rooms in order
  /// @param conversations those among the rooms, in the first portion
  /// @param circle of whoever wants to know it with the rest, in the first portion
  /// @param after the room behind which this portion begins
  /// @param next the room behind which the next portion begins
  public record State(
      List<String> rooms,
      List<Position> positions,
      Optional<List<Conversation>> conversations,
      Optional<Relations> circle,
      Optional<String> after,
      Optional<String> next)
      implements Word, Asked {
    /// With a long circle still well below what one message between nodes may have.
    static final int MOST_ROOMS = 1_000;

    public State {
      rooms = List.copyOf(rooms);
      positions = List.copyOf(positions);
      conversations = conversations.map(List::copyOf);
    }

    public InboxVisibility sight() {
      return InboxVisibility.of(
          conversations.orElse(List.of()), circle.map(Relations::blocked).orElse(Set.of()));
    }

    List<State> inPortions() {
      var portions = new ArrayList<State>(List.of(behind(Optional.empty())));
      while (portions.getLast().next().isPresent()) portions.add(behind(portions.getLast().next()));
      return portions;
    }

    State behind(Optional<String> room) {
      var behind =
          rooms.stream().filter(it -> room.filter(last -> it.compareTo(last) <= 0).isEmpty());
      var left = behind.toList();
      var some = left.subList(0, Math.min(MOST_ROOMS, left.size()));
      var ids = Set.copyOf(some);
      return new State(
          some,
          positions.stream().filter(it -> ids.contains(it.room())).toList(),
          room.isPresent() ? Optional.empty() : conversations,
          room.isPresent() ? Optional.empty() : circle,
          room,
          some.size() < left.size() ? Optional.of(some.getLast()) : Optional.empty());
    }

    public boolean isFollowedBy(State other) {
      return next.isPresent() && next.equals(other.after);
    }

    public State and(State following) {
      return new State(
          Stream.concat(rooms.stream(), following.rooms.stream()).toList(),
          Stream.concat(positions.stream(), following.positions.stream()).toList(),
          conversations,
          circle,
          after,
          following.next);
    }
  }

  /// A conversation that is new, or put out of sight, or brought back.
  public record Conversing(Conversation conversation) implements Word {}

  public record Moved(List<Position> positions) implements Word {
    public Moved {
      positions = List.copyOf(positions);
    }
  }

  public record Joined(Position position) implements Word {}

  public record Left(String room) implements Word {}

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);
  private static final Refused UNAVAILABLE = Refused.because(Code.UNAVAILABLE);

  private final Account account;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final AccountPositions positions;
  private final RoomSummaries headlines;

  /// Among the attached sessions, which the account watches.
  private final Map<ActorPath, ActorRef<Word>> followers = new HashMap<>();

  /// Joined, but the rooms did not say how much there is in them.
  private final Set<String> arriving = new HashSet<>();

  /// Read, but not counted yet; no more than there are rooms.
  private Map<String, Long> uncounted = new HashMap<>();

  private boolean isCounting;
  private boolean isEnding;
  private boolean isFlushing;

  AccountInbox(
      String user,
      Account account,
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Account.Surroundings surroundings) {
    this.account = account;
    this.context = context;
    this.timers = timers;
    this.positions = new AccountPositions(user, context, timers, surroundings.positions());
    this.headlines = surroundings.headlines();
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, InboxCommand command) {
    handle(state, command);
    if (isEnding) endWhenDone();
    return account.Effect().noReply();
  }

  private void handle(AccountState state, InboxCommand command) {
    switch (command) {
      case Loaded(var found) -> onLoaded(state, found);
      case Counted(var asked, var places) -> onCounted(state, asked, places);
      case Again _ -> again();
      case InboxCommand asked when !positions.areHere() ->
          positions.await(asked, state.rooms().joined());
      case Follow(var session) -> onFollow(state, session);
      case Ask(var replyTo, var after) -> replyTo.tell(all(state).behind(after));
      case ReadUpTo read -> onRead(state, read);
      case ReadAgain(var reads) -> reads.forEach(read -> onRead(state, read));
      case Delivered(var room, var seq) -> onDelivered(state, room, seq);
      case MarkUnread(var room, var seq) -> onMarkUnread(state, room, seq);
      case Mute mute -> onMute(state, mute);
    }
  }

  private void onLoaded(AccountState state, Optional<List<Position>> found) {
    var waiting = positions.onLoaded(found);
    // what was kept last may have been lost with its node; where the account came in is not
    if (positions.areHere()) state.rooms().allPlaces().forEach((room, at) -> came(state, room, at));
    waiting.forEach(it -> handle(state, it));
  }

  private void came(AccountState state, String room, Place at) {
    var position = positions.of(room);
    if (at.seq() > position.read()) move(state, position.advanced(at));
  }

  private void again() {
    count();
    positions.again();
  }

  // who follows

  private void onFollow(AccountState state, ActorRef<Word> session) {
    if (!account.isAttached(session.path())) return;
    followers.put(session.path(), session);
    all(state).inPortions().forEach(session::tell);
  }

  void gone(ActorPath session) {
    followers.remove(session);
  }

  private void tellAll(Word word) {
    followers.values().forEach(session -> session.tell(word));
  }

  private State all(AccountState state) {
    var rooms = state.rooms().sorted();
    return new State(
        rooms,
        rooms.stream().flatMap(room -> positions.known(room).stream()).toList(),
        Optional.of(List.copyOf(state.people().conversations().values())),
        Optional.of(state.people().circle()),
        Optional.empty(),
        Optional.empty());
  }

  /// Whoever comes into a room has nothing to catch up with.
  void joined(AccountState state, String room) {
    var at = state.rooms().allPlaces().get(room);
    if (at == null) {
      arriving.add(room);
      context.getSelf().tell(new ReadUpTo(room, Long.MAX_VALUE, Optional.empty()));
    } else if (positions.areHere()) {
      came(state, room, at);
      tellAll(new Joined(positions.of(room)));
    }
  }

  /// What the other one has written already is not read yet.
  void began(Conversation conversation) {
    isNow(conversation);
    tellAll(new Joined(positions.of(conversation.room())));
  }

  void isNow(Conversation conversation) {
    tellAll(new Conversing(conversation));
  }

  void left(String room) {
    positions.forget(room);
    uncounted.remove(room);
    arriving.remove(room);
    tellAll(new Left(room));
  }

  // how far it was read

  private void onRead(AccountState state, ReadUpTo read) {
    if (!state.rooms().joined().contains(read.room())) return;
    var position = positions.of(read.room());
    var isNews = read.seq() > position.read();
    if (isNews && read.counts().isEmpty()) {
      if (position.unreadFrom().isPresent()) move(state, position.cleared());
      uncounted.merge(read.room(), read.seq(), Math::max);
      count();
    } else if (isNews || position.unreadFrom().isPresent()) {
      move(state, position.read(new Place(read.seq(), read.counts().orElse(Counts.NONE))));
    }
  }

  /// One question for all that was read while the one before was answered.
  private void count() {
    if (isCounting || uncounted.isEmpty()) return;
    isCounting = true;
    var asked = uncounted;
    uncounted = new HashMap<>();
    context.pipeToSelf(
        headlines.at(asked),
        (places, fault) ->
            new Counted(asked, fault == null ? Optional.of(places) : Optional.empty()));
  }

  private void onCounted(
      AccountState state, Map<String, Long> asked, Optional<Map<String, Place>> places) {
    isCounting = false;
    if (places.isEmpty()) {
      asked.forEach((room, seq) -> uncounted.merge(room, seq, Math::max));
      timers.startSingleTimer(new Again(), AGAIN);
      return;
    }
    var moved = new ArrayList<Position>();
    places
        .get()
        .forEach((room, place) -> {
          if (state.rooms().joined().contains(room)) moved.add(positions.of(room).advanced(place));
        });
    move(state, moved);
    for (var room : asked.keySet())
      if (arriving.remove(room)) tellAll(new Joined(positions.of(room)));
    count();
  }

  private void onMarkUnread(AccountState state, String room, long seq) {
    if (state.rooms().joined().contains(room)) move(state, positions.of(room).unread(seq));
  }

  private void onDelivered(AccountState state, String room, long seq) {
    if (!state.rooms().joined().contains(room)) return;
    var before = positions.of(room);
    var now = shown(state, before, seq);
    if (now.equals(before)) return;
    positions.keep(now);
  }

  /// With what others may know of it, as far as they may know anything.
  private static Position shown(AccountState state, Position position, long delivered) {
    var people = state.people();
    var isSilent =
        people
            .conversation(position.room())
            .filter(it -> people.blocked().contains(it.with()))
            .isPresent();
    return people.privacy().receipts() == ShownTo.NOBODY || isSilent || state.isInvisible()
        ? position
        : position.shown(delivered);
  }

  private void onMute(AccountState state, Mute mute) {
    if (!state.rooms().joined().contains(mute.room())) {
      mute.replyTo().tell(Refused.because(Code.UNKNOWN_ROOM));
      return;
    }
    move(state, positions.of(mute.room()).muted(mute.muted()));
    if (!positions.isTaken(mute.room())) {
      mute.replyTo().tell(UNAVAILABLE);
      return;
    }
    positions
        .flush()
        .whenComplete((_, fault) -> mute.replyTo().tell(fault == null ? new Done() : UNAVAILABLE));
  }

  private void move(AccountState state, Position position) {
    move(state, List.of(position));
  }

  private void move(AccountState state, List<Position> moved) {
    var news = new ArrayList<Position>();
    for (var position : moved) {
      var now = shown(state, position, 0);
      positions.keep(now);
      news.add(now);
    }
    if (!news.isEmpty()) tellAll(new Moved(news));
  }

  /// Has it something that nobody else has?
  boolean isBusy() {
    return isCounting || !uncounted.isEmpty() || positions.isBusy();
  }

  /// Those who come after are to find what was read here: the account settles when it is written,
  /// or when that takes too long.
  void end() {
    if (isEnding) return;
    isEnding = true;
    timers.startSingleTimer(new Account.Settled(), LAST_WORDS);
    again();
    endWhenDone();
  }

  private void endWhenDone() {
    if (isBusy() || isFlushing) return;
    isFlushing = true;
    context.pipeToSelf(positions.flush(), (_, _) -> new Account.Settled());
  }
}
