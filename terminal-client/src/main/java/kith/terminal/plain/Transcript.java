package kith.terminal.plain;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import kith.protocol.frame.ServerFrame.OwnMute;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Joining.OwnJoinRequest;
import kith.protocol.rest.People.Request;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.model.DueReminders;
import kith.terminal.model.Pins;
import kith.terminal.model.Reactions;
import kith.terminal.model.Timeline;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionEvent;
import org.jspecify.annotations.Nullable;

/// The output of line mode: entries as they arrive, acks and refusals of own posts, the state of
/// the connection.
///
/// Called by the connection's thread and by the thread that reads lines.
final class Transcript implements Consumer<SessionEvent> {
  private static final int MAX_WAITING = 500;

  private final PrintStream out;
  private final EntryLines shown;
  private final Map<String, String> namesByRoom = new HashMap<>();
  private final Map<String, OwnMute> mutes = new HashMap<>();
  private final Map<String, Integer> reports = new HashMap<>();
  private final Map<String, Integer> joins = new HashMap<>();
  private List<OwnJoinRequest> joinRequests = List.of();
  private final Map<String, ClientFrame.Post> unanswered = new LinkedHashMap<>();
  private final Set<String> ackedBeforeEntry = new HashSet<>();
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
  private ObjLongConsumer<String> shownListener = (_, _) -> {};
  private ObjLongConsumer<String> conversationOpener = (_, _) -> {};
  private Consumer<ClientFrame.Post> refusalListener = _ -> {};
  private Function<ServerFrame.Notices, List<String>> noticeLines = _ -> List.of();

  Transcript(PrintStream out, ZoneId zone) {
    this.out = out;
    shown = new EntryLines(zone);
  }

  /// Calls `reader` with the room and the `seq` of printed entries.
  synchronized void onShown(ObjLongConsumer<String> reader) {
    shownListener = reader;
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

  /// Calls `listener` with each post whose refusal is printed.
  synchronized void onRefused(Consumer<ClientFrame.Post> listener) {
    refusalListener = listener;
  }

  private void listed(InboxRoom room) {
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

  synchronized void print(String line) {
    out.println(line);
    out.flush();
  }

  synchronized void addRoom(Room room) {
    namesByRoom.put(room.room(), room.title());
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
    print(room == null ? "-- you are not in a room; /join or /create one" : "-- in " + name(room));
  }

  synchronized void removeRoom(String room) {
    namesByRoom.remove(room);
    logs.remove(room);
    catchingUp.remove(room);
    if (room.equals(current)) setCurrent(null);
  }

  private String name(String room) {
    return Sanitizer.line(namesByRoom.getOrDefault(room, room));
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /// Registers a post before it is submitted. Blocks while too many are unanswered.
  synchronized void posting(ClientFrame.Post post) throws InterruptedException {
    while (unanswered.size() >= MAX_WAITING && !ended) wait();
    unanswered.put(post.id(), post);
    if (!online) print("… waiting for the connection: " + summary(post));
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
            Reactions.toggled(id, room, seq.getAsLong(), emoji, user, log, unanswered.values()));
  }

  private static Timeline known(@Nullable Timeline log) {
    return log == null ? Timeline.endingAt(0) : log;
  }

  /// Waits until every post is answered, the connection ends, or the time is over.
  ///
  /// @return the number of unanswered posts
  synchronized int awaitAnswers(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!unanswered.isEmpty() && !ended) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) break;
      wait(left);
    }
    return unanswered.size();
  }

  @Override
  public synchronized void accept(SessionEvent event) {
    switch (event) {
      case SessionEvent.StateChanged(var state) -> changed(state);
      case SessionEvent.Arrived(var room, var entries) -> {
        logs.compute(room, (_, log) -> known(log).arrived(entries, false));
        entries.forEach(it -> arrived(room, it));
        shownListener.accept(room, entries.getLast().seq());
      }
      case SessionEvent.CaughtUp(var room, _) -> caughtUp(room);
      case SessionEvent.Missing(var room, var from, var to) ->
          print("-- " + name(room) + ": #" + from + " to #" + to + " are no longer kept");
      case SessionEvent.Rewound(var room, var had, var has) -> {
        logs.computeIfPresent(room, (_, log) -> log.rewound(has));
        print("-- " + name(room) + ": the server's log was reset from #" + had + " to #" + has);
      }
      case SessionEvent.Inbox(var rooms, _, _) -> rooms.forEach(this::listed);
      case SessionEvent.Requests(var it) -> asked(it);
      case SessionEvent.Notices(var notices) ->
          noticeLines.apply(notices).forEach(it -> print("** " + Sanitizer.line(it)));
      case SessionEvent.Thread(var it) -> thread(it);
      case SessionEvent.Reminder(var it) -> reminded(it);
      case SessionEvent.Moderation(var it) -> moderated(it);
      case SessionEvent.JoinRequests(var it) -> {
        JoinLines.news(joinRequests, it.requests(), it.joined().map(ServerFrame.JoinedRoom::name))
            .forEach(line -> print("** " + line));
        joinRequests = it.requests();
      }
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
      case SessionEvent.Sent(var post, var seq, _) -> sent(post, seq);
      case SessionEvent.Failed(var post, var code, var message) -> failed(post, code, message);
      case SessionEvent.Page(_, var room, var entries, _) ->
          entries.forEach(entry -> printEntry(room, entry));
      case SessionEvent.NoPage(_, _, _, var message) -> print("! " + Sanitizer.line(message));
      case SessionEvent.RoomClosed(var room, _, var message) -> {
        print("-- " + name(room) + " is closed: " + Sanitizer.line(message));
        removeRoom(room);
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

  private void moderated(ServerFrame.Moderation it) {
    var room = it.room();
    ModerationLines.news(name(room), Optional.ofNullable(mutes.get(room)), it.mute())
        .ifPresent(line -> print("** " + line));
    ModerationLines.news(name(room), reports.getOrDefault(room, 0), it.reports().orElse(0))
        .ifPresent(line -> print("** " + line));
    JoinLines.news(name(room), joins.getOrDefault(room, 0), it.joinRequests().orElse(0))
        .ifPresent(line -> print("** " + line));
    joins.put(room, it.joinRequests().orElse(0));
    if (it.mute().isPresent()) mutes.put(room, it.mute().get());
    else mutes.remove(room);
    reports.put(room, it.reports().orElse(0));
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
    if (isOwn(entry)) return;
    printEntry(room, entry);
  }

  /// Own text is on the screen already; only its `✓` is printed.
  private boolean isOwn(Entry entry) {
    return entry instanceof Entry.OfPost post && isTypedHere(post.id());
  }

  private boolean isTypedHere(String id) {
    return unanswered.containsKey(id) || ackedBeforeEntry.remove(id);
  }

  void printEntries(String room, List<Entry> entries) {
    entries.forEach(entry -> printEntry(room, entry));
  }

  private synchronized void printEntry(String room, Entry entry) {
    var where = room.equals(current) ? "" : name(room) + " ";
    shown.line(entry).ifPresent(line -> print(where + line));
  }

  private void sent(ClientFrame.Post post, long seq) {
    if (unanswered.remove(post.id()) == null) {
      print("✓ #" + seq + " (written earlier) " + summary(post));
      return;
    }
    if (ackedBeforeEntry.size() < MAX_WAITING) ackedBeforeEntry.add(post.id());
    print("✓ #" + seq);
  }

  private void failed(ClientFrame.Post post, String code, String message) {
    unanswered.remove(post.id());
    print(
        "✗ not sent ("
            + Sanitizer.line(code)
            + "): "
            + Sanitizer.line(message)
            + " — "
            + summary(post));
    refusalListener.accept(post);
  }

  private static String summary(ClientFrame.Post post) {
    return switch (post) {
      case ClientFrame.Send send -> Sanitizer.line(send.body());
      case ClientFrame.Edit edit -> "/edit " + edit.target() + " " + Sanitizer.line(edit.body());
      case ClientFrame.Redact redact -> "/redact " + redact.target();
      case ClientFrame.React react -> Sanitizer.line(Reactions.command(react));
      case ClientFrame.Pin pin -> Pins.command(pin);
      case ClientFrame.FeaturePost _ -> "a post";
    };
  }
}
