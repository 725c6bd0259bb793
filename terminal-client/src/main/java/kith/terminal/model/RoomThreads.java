package kith.terminal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Threads;
import kith.protocol.rest.Threads.ThreadPage;

/// The threads of a room, by their first messages.
///
/// @param counts of replies, as far as they are known
/// @param followed the threads that the user follows, as far as they are known
/// @param pane the thread on the screen
public record RoomThreads(
    Map<Long, Count> counts, Map<Long, Followed> followed, Optional<ThreadPane> pane) {
  public static final RoomThreads NONE = new RoomThreads(Map.of(), Map.of(), Optional.empty());
  private static final int MAX_COUNTS = 2_000;

  public RoomThreads {
    counts = Map.copyOf(counts);
    followed = Map.copyOf(followed);
  }

  /// @param last the latest counted reply: each reply counts once, however often it arrives
  public record Count(long replies, long last) {
    Count with(long reply) {
      return reply > last ? new Count(replies + 1, reply) : this;
    }
  }

  /// @param last the latest reply
  public record Followed(long last, long read, int unread) {}

  public long replies(long root) {
    var count = counts.get(root);
    return count == null ? 0 : count.replies();
  }

  public int unread(long root) {
    var it = followed.get(root);
    return it == null ? 0 : it.unread();
  }

  public boolean follows(long root) {
    return followed.containsKey(root);
  }

  /// The number of followed threads with unread replies.
  public int unreadThreads() {
    return (int) followed.values().stream().filter(it -> it.unread() > 0).count();
  }

  /// Counts that the server has for a part of the log.
  ///
  /// @param log has the replies that the server has not counted yet
  public RoomThreads counted(List<Threads.ThreadCount> news, List<Entry> log) {
    var changed = new TreeMap<>(counts);
    for (var it : news) {
      var count = new Count(it.replies(), it.last());
      for (var entry : log)
        if (entry instanceof Entry.Message reply && reply.thread().orElse(0) == it.root())
          count = count.with(reply.seq());
      changed.put(it.root(), count);
    }
    return withCounts(changed);
  }

  /// New entries of the room.
  public RoomThreads arrived(List<Entry> entries) {
    boolean isIdle = pane.isEmpty() && entries.stream().noneMatch(RoomThreads::isReply);
    if (isIdle) return this;
    var changed = new TreeMap<>(counts);
    for (var entry : entries)
      if (entry instanceof Entry.Message reply && isReply(reply))
        changed.merge(
            reply.thread().getAsLong(),
            new Count(1, reply.seq()),
            (count, _) -> count.with(reply.seq()));
    return withCounts(changed)
        .changingPane(it -> it.with(it.log().arrivedInThread(it.root(), entries)));
  }

  private static boolean isReply(Entry entry) {
    return entry instanceof Entry.Message message && message.thread().isPresent();
  }

  /// Those of the earliest messages are dropped first.
  private RoomThreads withCounts(TreeMap<Long, Count> changed) {
    while (changed.size() > MAX_COUNTS) changed.pollFirstEntry();
    return new RoomThreads(changed, followed, pane);
  }

  /// The state of a followed thread, or of one that the user has unfollowed.
  public RoomThreads updated(ServerFrame.Thread news) {
    var changed = new TreeMap<>(followed);
    if (news.followed())
      changed.put(
          news.root(), new Followed(news.last().orElse(news.root()), news.read(), news.unread()));
    else changed.remove(news.root());
    var next = new RoomThreads(counts, changed, pane);
    return next.changingPane(it -> it.root() == news.root() ? it.following(news.followed()) : it);
  }

  /// The user has read a thread up to a reply.
  public RoomThreads read(long root, long seq) {
    var it = followed.get(root);
    if (it == null || seq < it.last()) return this;
    var changed = new TreeMap<>(followed);
    changed.put(root, new Followed(it.last(), seq, 0));
    return new RoomThreads(counts, changed, pane);
  }

  /// Nothing counts as unread until the server reports it again.
  public RoomThreads forgetUnread() {
    var changed = new TreeMap<Long, Followed>();
    followed.forEach((root, it) -> changed.put(root, new Followed(it.last(), it.read(), 0)));
    return new RoomThreads(counts, changed, pane);
  }

  /// Shows a thread, as far as its entries are loaded. It gets the focus.
  ///
  /// @param aside the unsent text of the room
  public RoomThreads opened(long root, List<Entry> loaded, Editor aside) {
    var entries =
        loaded.stream()
            .filter(it ->
                it instanceof Entry.Message message
                    && (message.seq() == root || message.thread().orElse(0) == root))
            .toList();
    var log = Timeline.ofThread(entries, false).loading(true);
    var known = followed.get(root);
    long read = known == null ? log.last() : known.read();
    boolean isFollowed = known != null;
    var pane =
        new ThreadPane(root, log, Reading.of(read), OptionalLong.empty(), isFollowed, true, aside);
    return new RoomThreads(counts, followed, Optional.of(pane));
  }

  /// A page of a thread arrived.
  ///
  /// @param asked the message whose thread was requested
  public RoomThreads loaded(long asked, OptionalLong before, ThreadPage page) {
    return changingPane(it -> {
      if (it.root() != asked && it.root() != page.root()) return it;
      var entries = new ArrayList<Entry>();
      page.message().ifPresent(entries::add);
      entries.addAll(page.entries());
      long last = entries.isEmpty() ? page.root() : entries.getLast().seq();
      it.log().entries().stream()
          .filter(entry -> entry.seq() > (before.isEmpty() ? last : page.root()))
          .filter(entry -> entries.stream().noneMatch(other -> other.seq() == entry.seq()))
          .forEach(entries::add);
      var log = Timeline.ofThread(entries, page.before().isEmpty());
      long read = page.follow().map(Threads.ThreadFollow::read).orElse(log.last());
      // an earlier page does not change the user's place in the thread
      var reading = before.isEmpty() ? Reading.of(read) : it.reading();
      return new ThreadPane(
          page.root(),
          log,
          reading,
          page.before(),
          page.follow().isPresent(),
          it.hasFocus(),
          it.aside());
    });
  }

  public RoomThreads changingPane(UnaryOperator<ThreadPane> how) {
    return new RoomThreads(counts, followed, pane.map(how));
  }

  public RoomThreads closed() {
    return new RoomThreads(counts, followed, Optional.empty());
  }
}
