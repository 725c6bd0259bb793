package kith.node.feature.inbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import kith.node.core.account.Account;
import kith.node.core.room.Counts;
import kith.node.core.session.Outbound;
import kith.node.core.session.Session;
import kith.node.core.session.SessionContext;
import kith.node.feature.conversations.Conversation;
import kith.node.privacy.Relations;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a session knows of all rooms of its account, open or not, and what of it the client does
/// not know yet.
///
/// First it follows the news, then it looks up where the rooms are, so that nothing is missed
/// between the two; what comes twice is told apart by `seq`. While the socket takes nothing, only
/// the latest of each room is kept.
public final class SessionInbox {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration FOLLOW_AGAIN = Duration.ofSeconds(2);
  private static final Duration OWN_POSTS = Duration.ofMillis(500);

  private final ActorContext<Session.Command> context;
  private final TimerScheduler<Session.Command> timers;
  private final SessionContext world;
  private final Outbound outbound;
  private final String user;
  private final boolean isWanted;
  private final ActorRef<AccountInbox.Word> ears;
  private final ActorRef<InboxNews.ToSession> newsEars;

  private final Map<String, InboxRow> rows = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final UnconfirmedReads own = new UnconfirmedReads();

  private ActorRef<Account.Command> account;

  /// What has come of an account's rooms, while it is not all.
  private Optional<AccountInbox.State> begun = Optional.empty();

  private InboxVisibility sight = InboxVisibility.ALL;
  private boolean isShown;

  /// The next frame is the first of all.
  private boolean isWhole;

  /// Not all is told that there was when it began, or not that this was all.
  private boolean isBeginning;

  /// Told what was read by writing.
  private BiConsumer<String, Long> reads = (_, _) -> {};

  public SessionInbox(
      ActorContext<Session.Command> context,
      TimerScheduler<Session.Command> timers,
      SessionContext world,
      Outbound outbound,
      String user,
      ActorRef<Account.Command> account,
      boolean isWanted) {
    this.context = context;
    this.timers = timers;
    this.world = world;
    this.outbound = outbound;
    this.user = user;
    this.account = account;
    this.isWanted = isWanted;
    this.ears = context.messageAdapter(AccountInbox.Word.class, Session.FromInbox::new);
    this.newsEars = context.messageAdapter(InboxNews.ToSession.class, Session.FromNews::new);
  }

  public void onReads(BiConsumer<String, Long> told) {
    reads = told;
  }

  /// Said until the answer comes: an account that moves may lose it.
  public void follow() {
    if (!isWanted) return;
    account.tell(new AccountInbox.Follow(ears));
    timers.startSingleTimer(new Session.FollowAgain(), FOLLOW_AGAIN);
  }

  /// The account lives elsewhere now, and may have lost the last second of what was read.
  public void accountIs(ActorRef<Account.Command> now) {
    account = now;
    follow();
    var reads = own.unconfirmed();
    for (var row : rows.values()) row.read().ifPresent(reads::add);
    if (!reads.isEmpty()) account.tell(new AccountInbox.ReadAgain(reads));
  }

  // what this client says

  public void read(String room, long seq) {
    var row = rows.get(room);
    var counts = row != null && row.seq == seq ? Optional.of(row.counts) : Optional.<Counts>empty();
    account.tell(new AccountInbox.ReadUpTo(room, seq, counts));
    // said again later, it must not be more than there was
    if (row != null) own.said(new AccountInbox.ReadUpTo(room, Math.min(seq, row.seq), counts));
  }

  public boolean has(String room) {
    return rows.containsKey(room);
  }

  /// The end of the room as far as it is known here, or 0.
  public long latest(String room) {
    var row = rows.get(room);
    return row == null ? 0 : row.seq;
  }

  /// Is this a conversation with somebody who is blocked?
  public boolean isSilent(String room) {
    return sight.isSilent(room);
  }

  public void tellAccount(AccountInbox.Delivered delivered) {
    account.tell(delivered);
  }

  public void unread(String room, long seq) {
    account.tell(new AccountInbox.MarkUnread(room, seq));
  }

  /// Whoever writes has read. Told at once, and then no more than now and then.
  public void posted(String room, long seq, Counts counts) {
    own.posted(room, seq, counts);
    if (!timers.isTimerActive(new Session.TellOwnPosts())) tellOwnPosts();
  }

  public void tellOwnPosts() {
    var posts = tellPosts();
    if (posts.isEmpty()) return;
    posts.forEach(it -> reads.accept(it.room(), it.seq()));
    timers.startSingleTimer(new Session.TellOwnPosts(), OWN_POSTS);
  }

  public void ends() {
    tellPosts();
  }

  private List<AccountInbox.ReadUpTo> tellPosts() {
    var posts = own.takePosts();
    posts.forEach(account::tell);
    return posts;
  }

  // what the account says

  public void on(AccountInbox.Word word) {
    switch (word) {
      case AccountInbox.State portion -> onPortion(portion);
      case AccountInbox.Conversing(var conversation) -> onConversing(conversation);
      case AccountInbox.Moved(var positions) -> onMoved(positions);
      case AccountInbox.Joined(var position) -> onJoined(position);
      case AccountInbox.Left(var room) -> remove(room);
    }
    tell();
  }

  private void onPortion(AccountInbox.State portion) {
    var all =
        portion.after().isEmpty()
            ? Optional.of(portion)
            : begun.filter(it -> it.isFollowedBy(portion)).map(it -> it.and(portion));
    begun = all.filter(it -> it.next().isPresent());
    if (begun.isEmpty()) all.ifPresent(this::onState);
  }

  private void onState(AccountInbox.State state) {
    timers.cancel(new Session.FollowAgain());
    sight = state.sight();
    var all = state.rooms();
    for (var gone : Set.copyOf(rows.keySet())) if (!all.contains(gone)) remove(gone);
    for (var room : all) rows.computeIfAbsent(room, _ -> new InboxRow(user, Position.none(room)));
    onMoved(state.positions());
    lookAgain();
  }

  private void onConversing(Conversation conversation) {
    sight = sight.with(List.of(conversation));
    var row = rows.get(conversation.room());
    if (row == null) return;
    row.isChanged = true;
    // what the client was told of it is forgotten there
    if (!row.isTold) follow(Set.of(conversation.room()));
  }

  /// Who is blocked shows in all rooms.
  public void circleIs(Relations circle) {
    if (sight.blocked().equals(circle.blocked())) return;
    sight = sight.blocking(circle.blocked());
    rows.values().forEach(row -> row.ignores(sight.blocked()));
    if (isWanted) lookAgain();
  }

  private void onMoved(List<Position> positions) {
    for (var position : positions) {
      own.confirmed(position);
      var row = rows.get(position.room());
      if (row == null) continue;
      row.is(row.position.and(position));
    }
  }

  private void onJoined(Position position) {
    var room = position.room();
    removed.remove(room);
    rows.computeIfAbsent(room, _ -> new InboxRow(user, position)).since = Long.MAX_VALUE;
    follow(Set.of(room));
  }

  private void remove(String room) {
    own.left(room);
    var row = rows.remove(room);
    if (row == null) return;
    world.news().tell(new InboxNews.Unfollow(room, newsEars));
    if (row.isTold) removed.add(room);
  }

  // what is new in the rooms

  public void lookAgain() {
    follow(rows.keySet());
  }

  private void follow(Set<String> rooms) {
    world.news().tell(new InboxNews.Follow(user, rooms, newsEars));
  }

  public void on(InboxNews.ToSession word) {
    switch (word) {
      case InboxNews.Following(var rooms) -> lookUp(rooms);
      case InboxNews.New(var headlines) -> headlines.forEach(this::onHeadline);
      case InboxNews.Gone(var room, var seq) -> onGone(room, seq);
      // not all sessions of the node in the same instant
      case InboxNews.LookAgain _ -> againWithin(AGAIN);
    }
    tell();
  }

  private void lookUp(Set<String> following) {
    var readByRoom = new HashMap<String, Long>();
    for (var room : following) {
      var row = rows.get(room);
      if (row != null) readByRoom.put(room, row.position.read());
    }
    context.pipeToSelf(
        world.overview().of(user, readByRoom, sight.blocked()),
        (found, fault) ->
            new Session.HeadlinesRead(fault == null ? Optional.of(found) : Optional.empty()));
  }

  public void onRead(Optional<List<RoomSummary>> found) {
    found.ifPresentOrElse(
        headlines -> {
          headlines.forEach(this::onHeadline);
          if (!isShown) isShown = isWhole = isBeginning = true;
        },
        () -> againWithin(AGAIN));
    tell();
  }

  private void againWithin(Duration longest) {
    var wait = ThreadLocalRandom.current().nextLong(longest.toMillis()) + 1;
    timers.startSingleTimer(new Session.LookAgain(), Duration.ofMillis(wait));
  }

  private void onHeadline(RoomSummary headline) {
    var row = rows.get(headline.room());
    if (row == null) return;
    row.ignores(sight.blocked());
    row.is(headline);
    if (row.since == Long.MAX_VALUE) row.since = row.seq;
  }

  private void onGone(String room, long seq) {
    var row = rows.get(room);
    // came back since: the word of it was faster
    if (row != null && row.since > seq) follow(Set.of(room));
    else remove(room);
  }

  // what the client is told

  /// What it does not know, as far as the socket takes it.
  public void tell() {
    if (!isShown) return;
    var untold = untold();
    outbound.sayWhile(
        () -> isBeginning || !untold.isEmpty() || !removed.isEmpty(), () -> next(untold));
  }

  private Deque<InboxRow> untold() {
    var untold = new ArrayDeque<InboxRow>();
    for (var row : rows.values()) {
      if (!row.isChanged || row.seq == 0) continue;
      if (!row.isIn(sight)) hide(row);
      // however much changes, the beginning comes to its end
      else if (row.isTold) untold.addLast(row);
      else untold.addFirst(row);
    }
    return untold;
  }

  private ServerFrame next(Deque<InboxRow> untold) {
    var told = new ArrayList<InboxRoom>();
    while (told.size() < Outbound.MOST_ROWS && !untold.isEmpty()) {
      var row = untold.remove();
      removed.remove(row.position.room());
      told.add(row.told(sight));
    }
    // behind all rows: one of them may have gone and come back
    var gone = untold.isEmpty() ? List.copyOf(removed) : List.<String>of();
    gone.forEach(removed::remove);
    var isFirst = isWhole;
    isWhole = false;
    isBeginning &= !untold.isEmpty() && !untold.getFirst().isTold;
    return new ServerFrame.Inbox(
        told, gone, isFirst, isBeginning ? Optional.of(true) : Optional.empty());
  }

  private void hide(InboxRow row) {
    if (row.isTold) removed.add(row.position.room());
    row.isTold = false;
    row.isChanged = false;
    row.headline = null;
  }
}
