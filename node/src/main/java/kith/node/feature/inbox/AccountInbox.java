package kith.node.feature.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.account.Page;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import kith.node.feature.conversations.Conversation;
import kith.node.feature.conversations.ConversationList;
import kith.node.feature.presence.ChosenStatus;
import kith.node.platform.config.Intervals;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ShownTo;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The read positions of an account in its rooms, on their way between its sessions and the
/// database.
///
/// Positions are not events: they are merged by maximum, and the next read restores a position lost
/// in a crash.
public final class AccountInbox implements AccountPart<AccountInbox.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// @param after the last room of the page before
  public record Ask(ActorRef<Asked> replyTo, Optional<String> after) implements Command {}

  /// A device has shown the room up to `seq`.
  ///
  /// @param counts the room's counts up to `seq`, if known
  public record ReadUpTo(String room, long seq, Optional<Counts> counts) implements Command {
    ReadUpTo and(ReadUpTo later) {
      return later.seq > seq || (later.seq == seq && counts.isEmpty()) ? later : this;
    }
  }

  /// All reads known to a session, for an account that may have lost the latest.
  public record ReadAgain(List<ReadUpTo> reads) implements Command {
    public ReadAgain {
      reads = List.copyOf(reads);
    }
  }

  /// A device has received the room up to `seq`.
  public record Delivered(String room, long seq) implements Command {
    Delivered and(Delivered later) {
      return later.seq > seq ? later : this;
    }
  }

  public record MarkUnread(String room, long seq) implements Command {}

  public record Mute(String room, boolean muted, ActorRef<Answer> replyTo) implements Command {}

  record Loaded(Optional<List<Position>> positions) implements Command {}

  record Counted(Map<String, Long> asked, Optional<Map<String, Place>> places) implements Command {}

  record Again() implements Command {}

  /// The answer to `Ask`.
  public sealed interface Asked extends CborSerializable {}

  public record NotNow() implements Asked {}

  /// Messages to live sessions.
  public sealed interface Word extends Account.PartWord {}

  /// All positions and conversations of the account, in pages; differences follow. The session
  /// already knows the rooms.
  public record Known(Page page, List<Position> positions, List<Conversation> conversations)
      implements Word {
    public Known {
      positions = List.copyOf(positions);
      conversations = List.copyOf(conversations);
    }

    static Known of(List<Known> pages) {
      return new Known(
          Page.ONLY,
          pages.stream().flatMap(it -> it.positions.stream()).toList(),
          pages.stream().flatMap(it -> it.conversations.stream()).toList());
    }
  }

  /// A page of an inbox that is read over REST.
  ///
  /// @param rooms in order
  /// @param conversations those among the rooms, in the first page
  /// @param circle in the first page
  /// @param after the room after which this page begins
  /// @param next the room after which the next page begins
  public record State(
      List<String> rooms,
      List<Position> positions,
      Optional<List<Conversation>> conversations,
      Optional<Relations> circle,
      Optional<String> after,
      Optional<String> next)
      implements Asked {
    public State {
      rooms = List.copyOf(rooms);
      positions = List.copyOf(positions);
      conversations = conversations.map(List::copyOf);
    }

    public InboxVisibility sight() {
      return InboxVisibility.of(
          conversations.orElse(List.of()), circle.map(Relations::blocked).orElse(Set.of()));
    }

    State after(Optional<String> room, int mostRooms) {
      var following =
          rooms.stream()
              .filter(it -> room.filter(last -> it.compareTo(last) <= 0).isEmpty())
              .toList();
      var some = following.subList(0, Math.min(mostRooms, following.size()));
      var ids = Set.copyOf(some);
      return new State(
          some,
          positions.stream().filter(it -> ids.contains(it.room())).toList(),
          room.isPresent() ? Optional.empty() : conversations,
          room.isPresent() ? Optional.empty() : circle,
          room,
          some.size() < following.size() ? Optional.of(some.getLast()) : Optional.empty());
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

  /// A conversation that is new, or was hidden or brought back.
  public record Conversing(Conversation conversation) implements Word {}

  public record Moved(List<Position> positions) implements Word {
    public Moved {
      positions = List.copyOf(positions);
    }
  }

  public record Joined(Position position) implements Word {}

  public record Left(String room) implements Word {}

  private final AccountHost account;
  private final TimerScheduler<Account.Command> timers;
  private final AccountPositions positions;
  private final RoomSummaries summaries;
  private final InboxSettings bounds;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /// Rooms that were joined without a known place.
  private final Set<String> arriving = new HashSet<>();

  /// Reads that are not counted yet; at most one per room.
  private Map<String, Long> uncounted = new HashMap<>();

  private boolean isCounting;
  private boolean isEnding;
  private boolean isFlushing;

  private AccountInbox(
      AccountHost account, Positions positions, RoomSummaries summaries, InboxSettings bounds) {
    this.account = account;
    this.timers = account.timers();
    this.positions =
        new AccountPositions(account, positions, new WaitingInboxCommands(bounds.waiting()));
    this.summaries = summaries;
    this.bounds = bounds;
  }

  public static AccountPart.Factory<Command> part(
      Positions positions, RoomSummaries summaries, InboxSettings bounds) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountInbox(account, positions, summaries, bounds));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    handle(state, command);
    if (isEnding) endWhenDone();
    return account.noReply();
  }

  private void handle(AccountState state, Command command) {
    switch (command) {
      case Loaded(var found) -> onLoaded(state, found);
      case Counted(var asked, var places) -> onCounted(state, asked, places);
      case Again _ -> again();
      case Command asked when !positions.areHere() -> positions.await(asked, state.joined());
      case Ask(var replyTo, var after) -> replyTo.tell(all(state).after(after, bounds.pageRooms()));
      case ReadUpTo read -> onRead(state, read);
      case ReadAgain(var reads) -> reads.forEach(read -> onRead(state, read));
      case Delivered(var room, var seq) -> onDelivered(state, room, seq);
      case MarkUnread(var room, var seq) -> onMarkUnread(state, room, seq);
      case Mute mute -> onMute(state, mute);
    }
  }

  private void onLoaded(AccountState state, Optional<List<Position>> found) {
    var waiting = positions.onLoaded(found);
    // a crash may have lost the latest positions, but not the places of the joins
    if (positions.areHere()) {
      state.places().forEach((room, at) -> came(state, room, at));
      known(state).forEach(account::tellLive);
    }
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

  // live sessions

  @Override
  public void attached(AccountState state, ActorRef<Account.AttachReply> session) {
    if (positions.areHere()) known(state).forEach(session::tell);
    else positions.load();
  }

  private List<Known> known(AccountState state) {
    var positionPages = Page.divide(positions(state), bounds.pageRooms());
    var conversationPages = Page.divide(conversations(state), bounds.pageRooms());
    return Page.upTo(Math.max(positionPages.size(), conversationPages.size())).stream()
        .map(page -> new Known(page, page.of(positionPages), page.of(conversationPages)))
        .toList();
  }

  private List<Position> positions(AccountState state) {
    return state.joined().stream()
        .sorted()
        .flatMap(room -> positions.known(room).stream())
        .toList();
  }

  private static List<Conversation> conversations(AccountState state) {
    return List.copyOf(ConversationList.of(state).byRoom().values());
  }

  private State all(AccountState state) {
    return new State(
        state.joined().stream().sorted().toList(),
        positions(state),
        Optional.of(conversations(state)),
        Optional.of(state.relations()),
        Optional.empty(),
        Optional.empty());
  }

  // changes of the account

  @Override
  public void changed(AccountState before, AccountState after) {
    conversationsChanged(before, after);
    if (before.joined().equals(after.joined())) return;
    for (var room : before.joined()) if (!after.joined().contains(room)) left(room);
    for (var room : after.joined()) if (!before.joined().contains(room)) joined(after, room);
  }

  private void conversationsChanged(AccountState before, AccountState after) {
    var was = ConversationList.of(before);
    var now = ConversationList.of(after);
    if (was.equals(now)) return;
    for (var conversation : now.byRoom().values())
      if (before.joined().contains(conversation.room())
          && after.joined().contains(conversation.room()))
        conversationIs(was.in(conversation.room()), conversation);
  }

  private void conversationIs(Optional<Conversation> before, Conversation now) {
    if (before.equals(Optional.of(now))) return;
    account.tellLive(new Conversing(now));
    // hidden entries count as read
    if (before.filter(it -> it.hiddenUpTo() < now.hiddenUpTo()).isPresent())
      readUpTo(now.room(), now.hiddenUpTo());
    if (before.filter(it -> it.requested().equals(now.requested())).isEmpty()) readRequest(now);
  }

  /// The author of a message has read it; for a request, no session reports that.
  private void readRequest(Conversation conversation) {
    conversation.requested().ifPresent(seq -> readUpTo(conversation.room(), seq));
  }

  private void readUpTo(String room, long seq) {
    account.actor().getSelf().tell(new ReadUpTo(room, seq, Optional.empty()));
  }

  private void joined(AccountState state, String room) {
    var conversation = ConversationList.of(state).in(room);
    var at = state.places().get(room);
    if (conversation.isPresent()) {
      // the other user may have written already: these messages are unread
      account.tellLive(new Conversing(conversation.get()));
      account.tellLive(new Joined(positions.of(room)));
      readRequest(conversation.get());
    } else if (at == null) {
      arriving.add(room);
      readUpTo(room, Long.MAX_VALUE);
    } else {
      if (positions.areHere()) came(state, room, at);
      account.tellLive(new Joined(positions.of(room).advanced(at)));
    }
  }

  private void left(String room) {
    positions.forget(room);
    uncounted.remove(room);
    arriving.remove(room);
    account.tellLive(new Left(room));
  }

  // positions

  private void onRead(AccountState state, ReadUpTo read) {
    if (!state.joined().contains(read.room())) return;
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

  /// One query for all reads that arrived during the query before.
  private void count() {
    if (isCounting || uncounted.isEmpty()) return;
    isCounting = true;
    var asked = uncounted;
    uncounted = new HashMap<>();
    account
        .actor()
        .pipeToSelf(
            summaries.at(asked),
            (places, fault) ->
                new Counted(asked, fault == null ? Optional.of(places) : Optional.empty()));
  }

  private void onCounted(
      AccountState state, Map<String, Long> asked, Optional<Map<String, Place>> places) {
    isCounting = false;
    if (places.isEmpty()) {
      asked.forEach((room, seq) -> uncounted.merge(room, seq, Math::max));
      timers.startSingleTimer(new Again(), Intervals.RETRY);
      return;
    }
    var moved = new ArrayList<Position>();
    places
        .get()
        .forEach((room, place) -> {
          if (state.joined().contains(room)) moved.add(positions.of(room).advanced(place));
        });
    move(state, moved);
    for (var room : asked.keySet())
      if (arriving.remove(room)) account.tellLive(new Joined(positions.of(room)));
    count();
  }

  private void onMarkUnread(AccountState state, String room, long seq) {
    if (state.joined().contains(room)) move(state, positions.of(room).unread(seq));
  }

  private void onDelivered(AccountState state, String room, long seq) {
    if (!state.joined().contains(room)) return;
    var before = positions.of(room);
    var now = shown(state, before, seq);
    if (now.equals(before)) return;
    positions.keep(now);
  }

  /// The position as other members may see it.
  private static Position shown(AccountState state, Position position, long delivered) {
    var privacy = state.privacy();
    var isWithBlocked =
        ConversationList.of(state)
            .in(position.room())
            .filter(it -> privacy.blocked().contains(it.with()))
            .isPresent();
    return privacy.settings().receipts() == ShownTo.NOBODY
            || isWithBlocked
            || ChosenStatus.of(state).isInvisible()
        ? position
        : position.shown(delivered);
  }

  private void onMute(AccountState state, Mute mute) {
    if (!state.joined().contains(mute.room())) {
      mute.replyTo().tell(Refused.because(Code.UNKNOWN_ROOM));
      return;
    }
    move(state, positions.of(mute.room()).muted(mute.muted()));
    if (!positions.isTaken(mute.room())) {
      mute.replyTo().tell(Refused.UNAVAILABLE);
      return;
    }
    positions
        .flush()
        .whenComplete(
            (_, fault) -> mute.replyTo().tell(fault == null ? new Done() : Refused.UNAVAILABLE));
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
    if (!news.isEmpty()) account.tellLive(new Moved(news));
  }

  // unsaved work

  @Override
  public boolean isBusy() {
    return isCounting || !uncounted.isEmpty() || positions.isBusy();
  }

  @Override
  public CompletionStage<Void> end() {
    isEnding = true;
    again();
    endWhenDone();
    return ended;
  }

  private void endWhenDone() {
    if (isBusy() || isFlushing) return;
    isFlushing = true;
    positions.flush().whenComplete((_, _) -> ended.complete(null));
  }
}
