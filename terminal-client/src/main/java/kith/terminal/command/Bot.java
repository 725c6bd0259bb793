package kith.terminal.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Malformed;
import kith.protocol.rest.SlashCommands.AnswerCall;
import kith.terminal.layout.Markup;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Connection;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.ProgramEvent;
import kith.terminal.plain.Sanitizer;
import org.jspecify.annotations.Nullable;

/// Passes the entries of rooms and the calls of commands to a program, in order, and executes the
/// requests in its output.
///
/// The socket only signals that a room has new entries. The entries after the bot's position are
/// read by REST, so waiting entries need no memory while the program is slow, and a restart
/// continues at that position.
final class Bot implements Consumer<SessionEvent> {
  private static final OptionalInt PAGE = OptionalInt.of(100);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  /// Calls that wait for the program. Later ones get no answer.
  private static final int MOST_CALLS = 1_000;

  /// The entries that the program receives. It receives all calls.
  enum Wanted {
    CALL,
    MENTION,
    MESSAGE,
    ALL
  }

  /// The program's handling of an event.
  interface Handler {
    /// False if the bot ends before the event is handled.
    boolean handle(ProgramEvent event) throws InterruptedException;
  }

  private record Answer(Optional<String> fault) {}

  private final String me;
  private final CommandCalls answers;
  private final Map<String, String> namesByRoom;
  private final Wanted wanted;
  private final boolean programs;
  private final @Nullable Path state;
  private final Map<String, Long> handled;
  private final Map<String, Long> newest = new HashMap<>();
  private final Queue<ServerFrame.Call> calls = new ArrayDeque<>();

  /// Ids of the latest calls: one that was not answered in time arrives again after a reconnect.
  private final SequencedSet<String> called = new LinkedHashSet<>();

  private final Map<String, CompletableFuture<Answer>> posts = new ConcurrentHashMap<>();
  private final Set<String> announced = new HashSet<>();
  private @Nullable Connection connection;
  private @Nullable Throwable failure;
  private int exit = -1;

  /// @param me the user name of the bot
  /// @param programs whether messages of other programs count
  Bot(
      String me,
      CommandCalls answers,
      Map<String, String> namesByRoom,
      Wanted wanted,
      boolean programs,
      @Nullable Path state)
      throws IOException {
    this.me = me;
    this.answers = answers;
    this.namesByRoom = new HashMap<>(namesByRoom);
    this.wanted = wanted;
    this.programs = programs;
    this.state = state;
    this.handled =
        new HashMap<>(state == null ? Map.<String, Long>of() : BotPositions.read(state).handled());
  }

  void begin(Connection opened) {
    connection = opened;
    for (var room : namesByRoom.keySet())
      opened.submit(new SessionCommand.Open(room, OptionalLong.empty()));
  }

  // from the socket

  @Override
  public synchronized void accept(SessionEvent event) {
    switch (event) {
      case SessionEvent.Arrived(var room, var entries) -> news(room, entries.getLast().seq());
      case SessionEvent.CaughtUp(var room, var seq) -> {
        // a new bot begins with the next entry
        handled.putIfAbsent(room, seq);
        announce(room);
        news(room, seq);
      }
      case SessionEvent.Sent(var post, _, _) -> answered(post, Optional.empty());
      case SessionEvent.Failed(var post, _, var message) -> answered(post, Optional.of(message));
      case SessionEvent.Called(var call) -> called(call);
      case SessionEvent.RoomClosed(var room, var code, var message) -> closed(room, code, message);
      case SessionEvent.StateChanged(ConnectionState.Ended(_, var message)) ->
          fail(new NotLoggedIn(message));
      case SessionEvent.StateChanged(ConnectionState.Waiting(_, var why)) ->
          say(why + " Trying again.");
      case SessionEvent.Missing _,
          SessionEvent.Rewound _,
          SessionEvent.StateChanged _,
          SessionEvent.Kept _,
          SessionEvent.Delayed _,
          SessionEvent.UploadKept _,
          SessionEvent.UploadNotKept _,
          SessionEvent.Page _,
          SessionEvent.NoPage _,
          SessionEvent.Answered _,
          SessionEvent.OfAccount _ -> {}
    }
  }

  /// Everything later in the room is passed, which a script that started the bot can wait for.
  private void announce(String room) {
    if (namesByRoom.containsKey(room) && announced.add(room))
      say(me + " takes part in " + namesByRoom.get(room) + ".");
  }

  private void called(ServerFrame.Call call) {
    if (!namesByRoom.containsKey(call.room()) || calls.size() >= MOST_CALLS) return;
    if (!called.add(call.call())) return;
    if (called.size() > MOST_CALLS) called.removeFirst();
    calls.add(call);
    notifyAll();
  }

  private void news(String room, long seq) {
    if (wanted == Wanted.CALL) return;
    newest.merge(room, seq, Math::max);
    notifyAll();
  }

  private void answered(ClientFrame.Post post, Optional<String> fault) {
    var waiting = posts.remove(post.id());
    if (waiting != null) waiting.complete(new Answer(fault));
  }

  private void closed(String room, String code, String message) {
    if (!namesByRoom.containsKey(room)) return;
    say("#" + namesByRoom.get(room) + ": " + message);
    namesByRoom.remove(room);
    newest.remove(room);
    if (namesByRoom.isEmpty()) fail(new Refused(0, code, message, OptionalLong.empty()));
  }

  private synchronized void fail(Throwable why) {
    if (failure == null) failure = why;
    posts.values().forEach(it -> it.complete(new Answer(Optional.of("The bot ends."))));
    notifyAll();
  }

  synchronized void end(int code) {
    exit = code;
    notifyAll();
  }

  // to the program

  private sealed interface Work {}

  private record Over() implements Work {}

  private record News(String room) implements Work {}

  private record Called(ProgramEvent event) implements Work {}

  /// Handles entries and calls until the bot ends. Returns its exit code.
  int run(Rest rest, Handler handler) throws Exception {
    while (true) {
      boolean goesOn =
          switch (awaitWork()) {
            case Over() -> false;
            case News(var room) -> readOn(rest, room, handler);
            case Called(var event) -> handler.handle(event);
          };
      if (!goesOn) return exit;
    }
  }

  /// A caller waits, so calls come first.
  private synchronized Work awaitWork() throws Exception {
    while (true) {
      if (failure instanceof Exception fault) throw fault;
      if (exit >= 0) return new Over();
      var call = calls.poll();
      if (call != null)
        return new Called(
            ProgramEvent.of(call, namesByRoom.getOrDefault(call.room(), call.room())));
      for (var room : newest.keySet()) if (newest.get(room) > position(room)) return new News(room);
      wait();
    }
  }

  private synchronized long position(String room) {
    return handled.getOrDefault(room, 0L);
  }

  private boolean readOn(Rest rest, String room, Handler handler) throws Exception {
    var page = page(rest, room);
    for (var entry : page) {
      var event = event(room, entry);
      if (event.isPresent() && !handler.handle(event.get())) return false;
      moved(room, entry.seq());
      // a bot that was removed from its room stops handling it
      if (!isOpen(room)) return true;
    }
    // entries that retention removed are skipped
    if (page.isEmpty()) moved(room, seen(room));
    return true;
  }

  /// Waits while no node answers. Returns no entries of a room that may no longer be read.
  private List<Entry> page(Rest rest, String room) throws InterruptedException {
    while (true) {
      try {
        return rest.entries(room, OptionalLong.empty(), OptionalLong.of(position(room)), PAGE)
            .entries();
      } catch (Unreachable down) {
        say(down.getMessage() + " Trying again.");
        Thread.sleep(BETWEEN_TRIES);
      } catch (Refused refused) {
        if (refused.is(Code.UNAVAILABLE)) Thread.sleep(BETWEEN_TRIES);
        else if (refused.status() == 401) throw refused;
        else {
          lost(room, refused);
          return List.of();
        }
      }
    }
  }

  private synchronized void lost(String room, Refused refused) {
    closed(room, refused.code(), String.valueOf(refused.getMessage()));
  }

  private synchronized boolean isOpen(String room) {
    return namesByRoom.containsKey(room);
  }

  private synchronized long seen(String room) {
    return newest.getOrDefault(room, 0L);
  }

  private void moved(String room, long seq) throws IOException {
    synchronized (this) {
      handled.put(room, seq);
    }
    if (state != null) new BotPositions(handled).write(state);
  }

  private synchronized Optional<ProgramEvent> event(String room, Entry entry) {
    if (entry.by().equals(me)) return Optional.empty();
    var kind = kind(entry);
    boolean isWanted =
        switch (wanted) {
          case CALL -> false;
          case MENTION -> kind.equals(ProgramEvent.MENTION);
          case MESSAGE -> !kind.equals(ProgramEvent.ENTRY);
          case ALL -> true;
        };
    // two programs that answer each other would never end
    boolean isOfProgram =
        entry instanceof Entry.Message message && message.program().isPresent() && !programs;
    return isWanted && !isOfProgram
        ? Optional.of(new ProgramEvent(kind, room, namesByRoom.getOrDefault(room, ""), entry))
        : Optional.empty();
  }

  private String kind(Entry entry) {
    if (!(entry instanceof Entry.Message message)) return ProgramEvent.ENTRY;
    return Markup.mentions(message, me) ? ProgramEvent.MENTION : ProgramEvent.MESSAGE;
  }

  // from the program

  /// Carries out the action of a line and waits for the answer. The id of the post follows from the
  /// event and the number of the line, so an event that is handled again after a crash posts
  /// nothing twice.
  void act(BotAction action, Optional<ProgramEvent> event, int number) throws InterruptedException {
    var room = action.room().or(() -> event.map(ProgramEvent::room)).or(this::onlyRoom);
    if (room.isEmpty() || !isOpen(room.get())) {
      say("Not sent: 'room' is not a room of this bot.");
      return;
    }
    if (action.answer().isPresent()) {
      answer(action, room.get(), event.flatMap(ProgramEvent::call));
      return;
    }
    var newId = event.map(it -> id(it, number)).orElseGet(() -> UUID.randomUUID().toString());
    var target = event.flatMap(ProgramEvent::entry).map(it -> OptionalLong.of(it.seq()));
    var post = action.post(room.get(), newId, target.orElse(OptionalLong.empty()));
    if (post.isEmpty()) say("Not sent: a line needs 'say', 'answer', or 'react' and 'target'.");
    else send(post.get());
  }

  /// Repeats the answer while no node replies: the server takes it once.
  private void answer(BotAction action, String room, Optional<ServerFrame.Call> event)
      throws InterruptedException {
    var call = action.call().or(() -> event.map(ServerFrame.Call::call));
    if (call.isEmpty()) {
      say("Not answered: 'call' is missing.");
      return;
    }
    var answer = new AnswerCall(action.answer().orElse(""), action.only());
    while (isOpen(room)) {
      try {
        answers.answer(room, call.get(), answer);
        return;
      } catch (Unreachable down) {
        say(down.getMessage() + " Trying again.");
      } catch (Refused refused) {
        if (!refused.is(Code.UNAVAILABLE)) {
          say("Not answered: " + refused.sentence());
          return;
        }
      }
      Thread.sleep(BETWEEN_TRIES);
    }
  }

  /// Parses a line of the program.
  Optional<BotAction> action(String line) {
    try {
      return Optional.of(BotAction.of(line));
    } catch (Malformed malformed) {
      say("Not sent: " + malformed.sentence());
      return Optional.empty();
    }
  }

  private void send(ClientFrame.Post post) throws InterruptedException {
    var answer = new CompletableFuture<Answer>();
    Connection socket;
    synchronized (this) {
      if (failure != null || connection == null) return;
      posts.put(post.id(), answer);
      socket = connection;
    }
    // without the lock, which the socket's thread may wait for
    socket.submit(new SessionCommand.Post(post));
    try {
      answer.get().fault().ifPresent(why -> say("Not sent: " + why));
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private synchronized Optional<String> onlyRoom() {
    return namesByRoom.size() == 1 ? namesByRoom.keySet().stream().findFirst() : Optional.empty();
  }

  private static String id(ProgramEvent event, int number) {
    try {
      var text = event.room() + " " + event.id() + " " + number;
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "bot-" + HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static void say(String sentence) {
    Streams.err().println(Sanitizer.line(sentence));
  }
}
