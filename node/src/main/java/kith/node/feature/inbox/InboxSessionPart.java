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
import kith.node.core.account.PageCollector;
import kith.node.core.room.Counts;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.feature.conversations.Conversation;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.config.SessionSettings;
import kith.node.privacy.Relations;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.apache.pekko.actor.typed.ActorRef;

/// The inbox of one client: the state of all rooms of its account, open or not, and the changes
/// that the client has not been sent yet.
///
/// The session subscribes to the news of its rooms first and looks up their state after that, so
/// that nothing is missed in between; duplicates are recognised by `seq`. While the socket is full,
/// only the latest state of each room is kept.
public final class InboxSessionPart
    implements SessionPart.WithCommands<InboxSessionPart.Command>,
        SessionPart.WithFrames<ClientFrame.OfInbox> {

  sealed interface Command extends Session.PartCommand {}

  private record FromNews(InboxNews.ToSession word) implements Command {}

  private record SummariesRead(Optional<List<RoomSummary>> summaries) implements Command {}

  private record LookUpAgain() implements Command {}

  private record SendOwnPosts() implements Command {}

  /// The session part of this feature.
  public record Factory(
      SessionSettings settings, ActorRef<InboxNews.Command> news, InboxLookup lookup)
      implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new InboxSessionPart(host, this);
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }

    @Override
    public Optional<Class<? extends ClientFrame.OfFeature>> frames() {
      return Optional.of(ClientFrame.OfInbox.class);
    }
  }

  private final SessionHost host;
  private final ActorRef<InboxNews.Command> news;
  private final InboxLookup lookup;
  private final ActorRef<InboxNews.ToSession> fromNews;

  private final Map<String, InboxRow> rows = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final UnconfirmedReads reads;

  private final PageCollector<AccountInbox.Known> pages = new PageCollector<>();

  /// The positions in the account's rooms are known.
  private boolean isKnown;

  private InboxVisibility visibility = InboxVisibility.ALL;

  /// The state of all rooms is known, and the client may be sent rows.
  private boolean isLoaded;

  /// The next frame replaces the client's whole inbox.
  private boolean isWhole;

  /// More frames with rows of the whole inbox are to follow.
  private boolean isBeginning;

  private BiConsumer<String, Long> onRead = (_, _) -> {};

  private InboxSessionPart(SessionHost host, Factory services) {
    this.host = host;
    this.news = services.news();
    this.lookup = services.lookup();
    this.reads = new UnconfirmedReads(services.settings().unconfirmedReads());
    this.fromNews = host.context().messageAdapter(InboxNews.ToSession.class, FromNews::new);
  }

  @Override
  public void begin(Account.Attached attached) {
    if (!host.isLive()) return;
    isKnown = false;
    visibility = visibility.blocking(attached.policy().blocked());
    var all = Set.copyOf(attached.rooms());
    for (var gone : Set.copyOf(rows.keySet())) if (!all.contains(gone)) remove(gone);
    for (var room : all)
      rows.computeIfAbsent(room, _ -> new InboxRow(host.user(), Position.none(room)));
  }

  @Override
  public boolean isComplete() {
    return isKnown || !host.isLive();
  }

  /// Positions are written behind: the account may have lost the last second of them.
  @Override
  public void accountChanged(Account.Attached attached) {
    begin(attached);
    drained();
    var again = reads.unconfirmed();
    for (var row : rows.values()) row.read().ifPresent(again::add);
    if (!again.isEmpty()) host.account().tell(new AccountInbox.ReadAgain(again));
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case FromNews(var word) -> onNews(word);
      case SummariesRead(var summaries) -> onSummaries(summaries);
      case LookUpAgain _ -> followAll();
      case SendOwnPosts _ -> sendOwnPosts();
    }
  }

  // for the parts of other features

  /// Calls `listener` with the room and seq of everything that this client reads, also by posting.
  public void onRead(BiConsumer<String, Long> listener) {
    onRead = listener;
  }

  public boolean has(String room) {
    return rows.containsKey(room);
  }

  /// The last seq of the room known to this session, or 0.
  public long latest(String room) {
    var row = rows.get(room);
    return row == null ? 0 : row.seq;
  }

  /// True for a conversation with a blocked user.
  public boolean isSilent(String room) {
    return visibility.isSilent(room);
  }

  // the reads of this client

  @Override
  public void on(ClientFrame.OfInbox frame) {
    switch (frame) {
      case ClientFrame.Read(var room, var seq) -> {
        if (host.accepts(room, seq)) read(room, seq);
      }
      case ClientFrame.Unread(var room, var seq) -> {
        if (host.accepts(room, seq)) host.account().tell(new AccountInbox.MarkUnread(room, seq));
      }
    }
  }

  private void read(String room, long seq) {
    var row = rows.get(room);
    var counts = row != null && row.seq == seq ? Optional.of(row.counts) : Optional.<Counts>empty();
    host.account().tell(new AccountInbox.ReadUpTo(room, seq, counts));
    // a later retry must not mark entries as read that do not exist yet
    if (row != null) reads.sent(new AccountInbox.ReadUpTo(room, Math.min(seq, row.seq), counts));
    onRead.accept(room, seq);
  }

  /// A post reads its room. The first one is sent to the account at once, then at intervals.
  @Override
  public void posted(String room, long seq, Counts counts) {
    reads.posted(room, seq, counts);
    if (!host.timers().isTimerActive(new SendOwnPosts())) sendOwnPosts();
  }

  private void sendOwnPosts() {
    var posts = takePosts();
    if (posts.isEmpty()) return;
    posts.forEach(it -> onRead.accept(it.room(), it.seq()));
    host.timers().startSingleTimer(new SendOwnPosts(), Intervals.OWN_POSTS);
  }

  /// The last posts count as read even if the client has gone.
  @Override
  public void ends() {
    takePosts();
  }

  private List<AccountInbox.ReadUpTo> takePosts() {
    var posts = reads.takePosts();
    posts.forEach(host.account()::tell);
    return posts;
  }

  // the account

  @Override
  public void fromAccount(Account.PartWord word) {
    if (word instanceof AccountInbox.Word ofInbox) onInbox(ofInbox);
  }

  private void onInbox(AccountInbox.Word word) {
    switch (word) {
      case AccountInbox.Known page ->
          pages.add(page.page(), page).map(AccountInbox.Known::of).ifPresent(this::onKnown);
      case AccountInbox.Conversing(var conversation) -> onConversing(conversation);
      case AccountInbox.Moved(var positions) -> onMoved(positions);
      case AccountInbox.Joined(var position) -> onJoined(position);
      case AccountInbox.Left(var room) -> remove(room);
    }
    drained();
  }

  private void onKnown(AccountInbox.Known known) {
    isKnown = true;
    visibility = InboxVisibility.of(known.conversations(), host.relations().blocked());
    onMoved(known.positions());
    followAll();
  }

  private void onConversing(Conversation conversation) {
    visibility = visibility.with(List.of(conversation));
    var row = rows.get(conversation.room());
    if (row == null) return;
    row.isChanged = true;
    // a hidden row has dropped the room's summary
    if (!row.isSent && isKnown) follow(Set.of(conversation.room()));
  }

  /// A change of the blocked users affects every room.
  @Override
  public void relationsChanged(Relations before, Relations now) {
    if (visibility.blocked().equals(now.blocked())) return;
    visibility = visibility.blocking(now.blocked());
    rows.values().forEach(row -> row.ignore(visibility.blocked()));
    if (isKnown) followAll();
  }

  private void onMoved(List<Position> positions) {
    for (var position : positions) {
      reads.confirmed(position);
      var row = rows.get(position.room());
      if (row == null) continue;
      row.update(row.position.merge(position));
    }
  }

  private void onJoined(Position position) {
    var room = position.room();
    removed.remove(room);
    rows.computeIfAbsent(room, _ -> new InboxRow(host.user(), position)).since = Long.MAX_VALUE;
    if (isKnown) follow(Set.of(room));
  }

  private void remove(String room) {
    reads.left(room);
    var row = rows.remove(room);
    if (row == null) return;
    news.tell(new InboxNews.Unfollow(room, fromNews));
    if (row.isSent) removed.add(room);
  }

  // news of the rooms

  private void followAll() {
    follow(rows.keySet());
  }

  private void follow(Set<String> rooms) {
    news.tell(new InboxNews.Follow(host.user(), rooms, fromNews));
  }

  private void onNews(InboxNews.ToSession word) {
    switch (word) {
      case InboxNews.Following(var rooms) -> lookUp(rooms);
      case InboxNews.New(var summaries) -> summaries.forEach(this::onSummary);
      case InboxNews.Gone(var room, var seq) -> onGone(room, seq);
      case InboxNews.LookAgain _ -> lookUpLater();
    }
    drained();
  }

  private void lookUp(Set<String> following) {
    var readByRoom = new HashMap<String, Long>();
    for (var room : following) {
      var row = rows.get(room);
      if (row != null) readByRoom.put(room, row.position.read());
    }
    host.context()
        .pipeToSelf(
            lookup.of(host.user(), readByRoom, visibility.blocked()),
            (found, fault) ->
                new SummariesRead(fault == null ? Optional.of(found) : Optional.empty()));
  }

  private void onSummaries(Optional<List<RoomSummary>> found) {
    found.ifPresentOrElse(
        summaries -> {
          summaries.forEach(this::onSummary);
          if (!isLoaded) isLoaded = isWhole = isBeginning = true;
        },
        this::lookUpLater);
    drained();
  }

  private void lookUpLater() {
    // not all sessions of the node may ask the database at the same time
    var wait = ThreadLocalRandom.current().nextLong(Intervals.RETRY.toMillis()) + 1;
    host.timers().startSingleTimer(new LookUpAgain(), Duration.ofMillis(wait));
  }

  private void onSummary(RoomSummary summary) {
    var row = rows.get(summary.room());
    if (row == null) return;
    row.ignore(visibility.blocked());
    row.update(summary);
    if (row.since == Long.MAX_VALUE) row.since = row.seq;
  }

  private void onGone(String room, long seq) {
    var row = rows.get(room);
    // the user has joined again since, and the account's message about that came first
    if (row != null && row.since > seq) follow(Set.of(room));
    else remove(room);
  }

  // frames to the client

  /// Sends the unsent changes while the socket has room.
  @Override
  public void drained() {
    if (!isLoaded) return;
    var unsent = unsent();
    host.outbound()
        .sendWhile(
            () -> isBeginning || !unsent.isEmpty() || !removed.isEmpty(), () -> next(unsent));
  }

  private Deque<InboxRow> unsent() {
    var unsent = new ArrayDeque<InboxRow>();
    for (var row : rows.values()) {
      if (!row.isChanged || row.seq == 0) continue;
      if (!row.isVisible(visibility)) hide(row);
      // rows that were never sent go first: changes of others must not delay them forever
      else if (row.isSent) unsent.addLast(row);
      else unsent.addFirst(row);
    }
    return unsent;
  }

  private ServerFrame next(Deque<InboxRow> unsent) {
    var sent = new ArrayList<InboxRoom>();
    while (sent.size() < Portions.LIST_ROWS && !unsent.isEmpty()) {
      var row = unsent.remove();
      removed.remove(row.position.room());
      sent.add(row.sent(visibility));
    }
    // after all rows: a removed room may have come back as one of them
    var gone = unsent.isEmpty() ? List.copyOf(removed) : List.<String>of();
    gone.forEach(removed::remove);
    var isFirst = isWhole;
    isWhole = false;
    isBeginning &= !unsent.isEmpty() && !unsent.getFirst().isSent;
    return new ServerFrame.Inbox(
        sent, gone, isFirst, isBeginning ? Optional.of(true) : Optional.empty());
  }

  private void hide(InboxRow row) {
    if (row.isSent) removed.add(row.position.room());
    row.isSent = false;
    row.isChanged = false;
    row.summary = null;
  }
}
