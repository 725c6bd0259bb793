package kith.terminal.plain;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.People.Request;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.model.DueReminders;
import kith.terminal.model.Reactions;
import kith.terminal.model.Timeline;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.RefusedPost;
import kith.terminal.net.SessionEvent;
import org.jspecify.annotations.Nullable;

/// The output of line mode: entries as they arrive, acks and refusals of own posts, the state of
/// the connection.
///
/// Called by the connection's thread and by the thread that reads lines.
final class Transcript implements Consumer<SessionEvent> {
  private final HeldOutput out;
  private final EntryLines shown;
  private final Map<String, String> namesByRoom = new HashMap<>();
  private final ModerationNews moderation = new ModerationNews();
  private final OwnPosts posts = new OwnPosts();
  private final Map<String, Timeline> logs = new HashMap<>();
  private final Set<String> catchingUp = new HashSet<>();
  private final Set<String> askedBy = new HashSet<>();
  private @Nullable String current;
  private String user = "";
  private boolean online;
  private boolean wasOnline;
  private boolean ended;
  private DueReminders reminders = DueReminders.NONE;
  private final Map<ThreadPlace, Long> printedThreads = new HashMap<>();
  private final ReadProgress progress = new ReadProgress();
  private final Map<String, Long> unconfirmedReads = new HashMap<>();
  private final Set<String> leaving = new HashSet<>();
  private ObjLongConsumer<String> readListener = (_, _) -> {};
  private ObjLongConsumer<String> conversationOpener = (_, _) -> {};
  private Function<ServerFrame.Notices, List<String>> noticeLines = _ -> List.of();

  Transcript(PrintStream out, ZoneId zone) {
    this.out = new HeldOutput(out);
    shown = new EntryLines(zone);
  }

  /// Calls `reader` with the room and the `seq` up to which it was printed without a gap.
  synchronized void onRead(ObjLongConsumer<String> reader) {
    readListener = reader;
  }

  /// Prints the lines that `lines` makes from administrators' notices.
  synchronized void onNotices(Function<ServerFrame.Notices, List<String>> lines) {
    noticeLines = lines;
  }

  /// Calls `opener` with the room of a new direct conversation and the `seq` after which it is
  /// unread.
  synchronized void onNewConversation(ObjLongConsumer<String> opener) {
    conversationOpener = opener;
  }

  private void listed(InboxRoom room) {
    know(room);
    var with = room.with().filter(_ -> room.unread() > 0);
    if (with.isEmpty() || namesByRoom.containsKey(room.room())) return;
    namesByRoom.put(room.room(), "@" + with.get());
    print(
        "-- @" + Sanitizer.line(with.get()) + " wrote to you: /msg " + Sanitizer.line(with.get()));
    conversationOpener.accept(room.room(), room.read());
  }

  /// Prints each request to begin a conversation once.
  private void asked(ServerFrame.Requests requests) {
    requests.removed().forEach(askedBy::remove);
    if (requests.whole())
      askedBy.retainAll(requests.incoming().stream().map(Request::user).toList());
    for (var request : requests.incoming())
      if (askedBy.add(request.user())) print(RequestLines.incoming(request));
  }

  /// Registers the read position of a room before its first entries arrive.
  synchronized void know(InboxRoom room) {
    progress.listed(room);
    long wanted = unconfirmedReads.getOrDefault(room.room(), Long.MAX_VALUE);
    if (room.read() >= wanted && room.unreadFrom().isEmpty()) unconfirmedReads.remove(room.room());
  }

  synchronized void print(String line) {
    out.print(line);
  }

  /// Prints nothing until `release`, because another program has the terminal.
  synchronized void hold() {
    out.hold();
  }

  synchronized void release() {
    out.release();
  }

  /// The position up to which a room was printed or read; absent if it is unknown.
  synchronized OptionalLong position(String room) {
    return progress.position(room);
  }

  synchronized void markedUnread(String room, long seq) {
    progress.unread(room, seq);
  }

  /// Registers read positions that the server is to confirm.
  synchronized void reading(Map<String, Long> seqs) {
    unconfirmedReads.putAll(seqs);
    seqs.forEach((room, seq) -> progress.printed(room, 1, seq));
  }

  /// Waits until the server has confirmed them, or the time limit is reached.
  ///
  /// @return whether it has
  synchronized boolean awaitReads(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!unconfirmedReads.isEmpty() && !ended) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) break;
      wait(left);
    }
    boolean isConfirmed = unconfirmedReads.isEmpty();
    unconfirmedReads.clear();
    return isConfirmed;
  }

  synchronized void addRoom(Room room) {
    namesByRoom.put(room.room(), room.title());
    leaving.remove(room.room());
  }

  /// The room of a known conversation.
  synchronized Optional<String> conversationWith(String user) {
    return namesByRoom.entrySet().stream()
        .filter(it -> it.getValue().equalsIgnoreCase("@" + user))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  synchronized void setCurrent(@Nullable String room) {
    current = room;
    if (room != null) print("-- in " + name(room));
    else
      print(
          "-- you are not in a room; "
              + (namesByRoom.isEmpty() ? "/join or /create one" : "/switch to one"));
  }

  synchronized boolean isCurrent(String room) {
    return room.equals(current);
  }

  /// The user leaves the room or deletes it: the entries and the end of the room, which the server
  /// also sends, are not printed.
  synchronized void leaving(String room) {
    leaving.add(room);
  }

  synchronized void stays(String room) {
    leaving.remove(room);
  }

  synchronized void removeRoom(String room) {
    namesByRoom.remove(room);
    logs.remove(room);
    catchingUp.remove(room);
    progress.forget(List.of(room));
  }

  synchronized String name(String room) {
    return Sanitizer.line(namesByRoom.getOrDefault(room, room));
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /// Registers a post before it is submitted. Blocks while too many are unanswered.
  synchronized void posting(ClientFrame.Post post) throws InterruptedException {
    while (posts.isFull() && !ended) wait();
    posts.add(post);
    if (!online) print("… waiting for the connection: " + OwnPosts.summary(post));
  }

  /// A post that adds or removes the user's reaction; absent if there is no message to react to.
  ///
  /// @param target the latest message by another user if absent
  synchronized Optional<ClientFrame.Post> reaction(
      String id, String room, OptionalLong target, String emoji) {
    var log = known(logs.get(room));
    var seq = target.isPresent() ? target : Reactions.latestTarget(log, user);
    return seq.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Reactions.toggled(id, room, seq.getAsLong(), emoji, user, log, posts.unanswered()));
  }

  private static Timeline known(@Nullable Timeline log) {
    return log == null ? Timeline.endingAt(0) : log;
  }

  /// Waits until every post is answered, the connection ends, or the time limit is reached.
  ///
  /// @return the number of unanswered posts
  synchronized int awaitAnswers(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!posts.unanswered().isEmpty() && !ended) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) break;
      wait(left);
    }
    return posts.unanswered().size();
  }

  @Override
  public synchronized void accept(SessionEvent event) {
    switch (event) {
      case SessionEvent.StateChanged(var state) -> changed(state);
      case SessionEvent.Arrived(var room, var entries) -> {
        logs.compute(room, (_, log) -> known(log).arrived(entries, false));
        entries.forEach(it -> arrived(room, it));
        read(room, entries);
      }
      case SessionEvent.CaughtUp(var room, _) -> caughtUp(room);
      case SessionEvent.Missing(var room, var from, var to) ->
          print("-- " + name(room) + ": #" + from + " to #" + to + " are no longer kept");
      case SessionEvent.Rewound(var room, var had, var has) -> {
        logs.computeIfPresent(room, (_, log) -> log.rewound(has));
        print("-- " + name(room) + ": the server's log was reset from #" + had + " to #" + has);
      }
      case SessionEvent.Inbox(var rooms, var removed, _) -> {
        rooms.forEach(this::listed);
        progress.forget(removed);
      }
      case SessionEvent.Requests(var it) -> asked(it);
      case SessionEvent.Notices(var notices) ->
          noticeLines.apply(notices).forEach(it -> print("** " + Sanitizer.line(it)));
      case SessionEvent.Thread(var it) -> thread(it);
      case SessionEvent.Reminder(var it) -> reminded(it);
      case SessionEvent.Moderation(var it) ->
          moderation.lines(name(it.room()), it).forEach(line -> print("** " + line));
      case SessionEvent.JoinRequests(var it) ->
          moderation.lines(it).forEach(line -> print("** " + line));
      case SessionEvent.Answered(var answer) ->
          print(
              (answer.room().equals(current) ? "" : name(answer.room()) + " ")
                  + CommandLines.author(answer)
                  + ": "
                  + EntryLines.body(CommandLines.text(answer)));
      case SessionEvent.Called _,
          SessionEvent.Kept _,
          SessionEvent.Delayed _,
          SessionEvent.UploadKept _,
          SessionEvent.UploadNotKept _,
          SessionEvent.OfAccount _ -> {}
      case SessionEvent.Sent(var post, var seq, _) -> print(posts.sent(post, seq));
      case SessionEvent.Failed(var post, var code, var message) ->
          posts.failed(new RefusedPost(post, message), code).forEach(this::print);
      case SessionEvent.Page(_, var room, var entries, _) ->
          entries.forEach(entry -> printEntry(room, entry));
      case SessionEvent.NoPage(_, _, _, var message) -> print("! " + Sanitizer.line(message));
      case SessionEvent.RoomClosed(var room, _, var message) -> {
        if (leaving.contains(room)) break;
        print("-- " + name(room) + " is closed: " + Sanitizer.line(message));
        boolean wasCurrent = isCurrent(room);
        removeRoom(room);
        if (wasCurrent) setCurrent(null);
      }
    }
    notifyAll();
  }

  /// Reports replies that were written while the client was offline. Replies that arrive live are
  /// printed.
  private void thread(ServerFrame.Thread it) {
    boolean isPrinted = it.last().orElse(0) <= known(logs.get(it.room())).end();
    if (it.unread() == 0) printedThreads.remove(ThreadPlace.of(it));
    else if (isPrinted) printedThreads.put(ThreadPlace.of(it), it.last().orElse(it.root()));
    else print("** " + ThreadLines.news(name(it.room()), it));
  }

  /// A due reminder is printed once, even if it is sent again after a new connection.
  private void reminded(ServerFrame.Reminder it) {
    if (reminders.isNew(it))
      print("** " + ReminderLines.news(it, it.room().map(this::name).orElse("")));
    reminders = reminders.updated(it);
  }

  /// The followed threads whose latest replies were printed and are not read, with these replies.
  synchronized Map<ThreadPlace, Long> takePrintedThreads() {
    var taken = Map.copyOf(printedThreads);
    printedThreads.clear();
    return taken;
  }

  record ThreadPlace(String room, long root) {
    private static ThreadPlace of(ServerFrame.Thread it) {
      return new ThreadPlace(it.room(), it.root());
    }
  }

  private void changed(ConnectionState state) {
    switch (state) {
      case ConnectionState.Connecting() -> {}
      case ConnectionState.Online(var welcome) -> {
        user = welcome.user();
        if (!wasOnline) print("-- online as " + Sanitizer.line(welcome.user()));
        else if (!online) reconnected();
        online = true;
        wasOnline = true;
      }
      case ConnectionState.Waiting(_, var why) -> {
        if (online) print("-- connection lost, trying again");
        else if (!wasOnline) print("-- " + Sanitizer.line(why) + " Trying again.");
        online = false;
      }
      case ConnectionState.Ended(var code, var message) -> {
        ended = true;
        if (!code.equals("stopped")) print("-- ended: " + Sanitizer.line(message));
      }
    }
  }

  private void reconnected() {
    catchingUp.clear();
    catchingUp.addAll(namesByRoom.keySet());
    if (catchingUp.isEmpty()) print("-- back, nothing missed");
  }

  private void caughtUp(String room) {
    if (catchingUp.remove(room) && catchingUp.isEmpty()) print("-- back, nothing missed");
  }

  private void arrived(String room, Entry entry) {
    if (isOwn(entry) || leaving.contains(room)) return;
    printEntry(room, entry);
  }

  private void read(String room, List<Entry> entries) {
    progress
        .printed(room, entries.getFirst().seq(), entries.getLast().seq())
        .ifPresent(seq -> readListener.accept(room, seq));
  }

  /// Entries after the read position that the user asked for.
  synchronized void printUnread(String room, List<Entry> entries) {
    if (entries.isEmpty()) return;
    entries.forEach(it -> printEntry(room, it));
    logs.compute(room, (_, log) -> known(log).arrived(entries, false));
    read(room, entries);
  }

  /// Own text is on the screen already; only its `✓` is printed.
  private boolean isOwn(Entry entry) {
    return entry instanceof Entry.OfPost post && posts.isTypedHere(post.id());
  }

  void printEntries(String room, List<Entry> entries) {
    entries.forEach(entry -> printEntry(room, entry));
  }

  private synchronized void printEntry(String room, Entry entry) {
    var where = room.equals(current) ? "" : name(room) + " ";
    shown.line(entry).ifPresent(line -> print(where + line));
  }

  /// The posts of an earlier run that were refused.
  synchronized void restore(List<RefusedPost> earlier) {
    posts.restore(earlier, room -> isCurrent(room) ? "" : name(room) + " ").forEach(this::print);
  }

  /// Removes the oldest refused post of a room.
  synchronized Optional<ClientFrame.Post> takeRefused(String room) {
    return posts.takeRefused(room);
  }
}
