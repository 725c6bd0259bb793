package kith.terminal.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.model.NewNotices;
import kith.terminal.model.Pins;
import kith.terminal.net.Beginning;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Connection;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomCalls;
import kith.terminal.net.RoomFinder;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.ThreadCalls;
import kith.terminal.net.Unreachable;
import kith.terminal.profile.Access;
import kith.terminal.profile.PreferencesFile;
import org.jspecify.annotations.Nullable;

/// Line mode: each line is a message to the current room or a command.
public final class Chat {
  private static final long SHOWN_AT_FIRST = 20;
  private static final Duration END_TIMEOUT = Duration.ofSeconds(30);

  /// The result of a run.
  public enum End {
    DONE,
    /// some messages are unanswered and stay on disk
    UNSENT,
    /// the server requires a new login
    LOG_IN_AGAIN
  }

  private final Access access;
  private final Rest rest;
  private final RoomCalls calls;
  private final RoomFinder finder;
  private final Transcript transcript;
  private final Connection connection;
  private final boolean isWatched;
  private @Nullable String current;

  private Chat(Access access, Transcript transcript, Connection connection, boolean isWatched) {
    this.access = access;
    this.rest = access.rest();
    this.calls = RoomCalls.of(rest);
    this.finder = calls.finder();
    this.transcript = transcript;
    this.connection = connection;
    this.isWatched = isWatched;
  }

  /// @param isWatched the output goes to a terminal, so printed entries count as read
  public static End run(Access access, BufferedReader in, PrintStream out, boolean isWatched)
      throws IOException, InterruptedException {
    var transcript = new Transcript(out, ZoneId.systemDefault());
    try (var connection =
        Connection.withInbox(access.nodes(), access.tokens(), access.outbox(), transcript)) {
      transcript.onNewConversation(
          (room, seq) -> connection.submit(SessionCommand.Open.after(room, seq)));
      transcript.onNotices(notices -> newLines(access, notices));
      if (isWatched) {
        transcript.onRefused(post -> connection.submit(new SessionCommand.Forget(post)));
        transcript.onShown((room, seq) -> connection.submit(new SessionCommand.Read(room, seq)));
      }
      return new Chat(access, transcript, connection, isWatched).loop(in);
    }
  }

  /// Each announcement is shown once, here or in the full screen.
  private static List<String> newLines(Access access, ServerFrame.Notices notices) {
    var file = PreferencesFile.in(access.profile().preferences());
    var news = NewNotices.of(notices, file.preferences().announcement());
    news.shown().ifPresent(it -> file.keep(file.preferences().withAnnouncement(it)));
    file.write();
    return news.lines();
  }

  private End loop(BufferedReader in) throws IOException, InterruptedException {
    attempt(this::openOwnRooms);
    for (var typed = in.readLine(); typed != null; typed = in.readLine()) {
      if (transcript.hasEnded()) return End.LOG_IN_AGAIN;
      connection.submit(new SessionCommand.Wake());
      var line = LineParser.read(typed);
      if (line instanceof InputLine.Quit) break;
      attempt(() -> run(line));
      if (line instanceof InputLine.LogOut) return End.DONE;
      attempt(this::readThreads);
    }
    attempt(this::readThreads);
    int unsent = transcript.awaitAnswers(END_TIMEOUT);
    if (unsent == 0) return End.DONE;
    transcript.print("-- " + unsent + " unanswered, kept on disk and sent the next time");
    return End.UNSENT;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void attempt(Work work) throws InterruptedException {
    try {
      work.run();
    } catch (Refused refused) {
      transcript.print("! " + Sanitizer.line(refused.sentence()));
    } catch (Unreachable unreachable) {
      transcript.print("! " + Sanitizer.line(unreachable.sentence()));
    }
  }

  /// Threads are read together with the room, because their replies are printed among its other
  /// messages.
  private void readThreads() {
    if (!isWatched) return;
    var threads = new ThreadCalls(rest);
    transcript
        .takePrintedThreads()
        .forEach((thread, last) -> threads.read(thread.room(), thread.root(), last));
  }

  private void openOwnRooms() {
    var rooms = finder.ownRooms();
    rooms.forEach(transcript::addRoom);
    var first = rooms.stream().min(Comparator.comparing(Room::name));
    first.ifPresentOrElse(this::enter, () -> goTo(null));
    for (var room : rooms) {
      if (!room.room().equals(current)) connection.submit(SessionCommand.Open.fromNow(room.room()));
    }
  }

  private void enter(Room room) {
    transcript.addRoom(room);
    goTo(room.room());
    long last = room.lastSeq().orElse(0L);
    connection.submit(SessionCommand.Open.after(room.room(), Math.max(0, last - SHOWN_AT_FIRST)));
  }

  private void goTo(@Nullable String room) {
    current = room;
    transcript.setCurrent(room);
  }

  private void run(InputLine line) throws InterruptedException {
    switch (line) {
      case InputLine.Nothing(), InputLine.Quit() -> {}
      case InputLine.Wrong(var sentence) -> transcript.print("! " + sentence);
      case InputLine.Say(var text) -> say(text, OptionalLong.empty());
      case InputLine.Reply(var seq, var text) -> say(text, OptionalLong.of(seq));
      case InputLine.Edit(var seq, var text) -> edit(seq, text);
      case InputLine.Redact(var seq, var reason) -> redact(seq, reason);
      case InputLine.React(var seq, var emoji) -> react(seq, emoji);
      case InputLine.Pin(var seq, var is) -> post(Pins.post(newId(), currentRoom(), seq, is));
      case InputLine.Pins() ->
          KeptLines.pins(rest, currentRoom()).forEach(it -> transcript.print("-- " + it));
      case InputLine.Bookmark asked ->
          transcript.print("-- " + KeptLines.bookmark(rest, currentRoom(), asked));
      case InputLine.SendFile(var path) -> sendFile(path);
      case InputLine.SaveFiles(var seq) ->
          LineFiles.save(access.files(), currentRoom(), seq)
              .forEach(it -> transcript.print("-- " + it));
      case InputLine.Thread(var seq) ->
          ThreadLines.thread(rest, currentRoom(), seq).forEach(it -> transcript.print("-- " + it));
      case InputLine.Threads() ->
          ThreadLines.followed(rest).forEach(it -> transcript.print("-- " + it));
      case InputLine.Follow asked ->
          transcript.print("-- " + ThreadLines.follow(rest, currentRoom(), asked));
      case InputLine.Bookmarks() ->
          KeptLines.bookmarks(rest).forEach(it -> transcript.print("-- " + it));
      case InputLine.Reminders() ->
          ReminderLines.all(rest).forEach(it -> transcript.print("-- " + it));
      case InputLine.AboutReminders asked -> {
        boolean isOfRoom = asked instanceof InputLine.Remind remind && remind.seq().isPresent();
        var room = isOfRoom ? currentRoom() : "";
        transcript.print(
            "-- " + ReminderLines.run(rest, asked, room, Instant.now(), ZoneId.systemDefault()));
      }
      case InputLine.Help() -> transcript.print(LineParser.help());
      case InputLine.Rooms() -> rooms();
      case InputLine.Create(var name, var passcode, var hidden, var capacity) -> {
        enter(calls.create(name, Optional.empty(), hidden, passcode, capacity));
        if (passcode.isPresent()) transcript.print("-- " + RoomLines.madeWithPasscode(name));
      }
      case InputLine.Join(var what, var passcode) -> {
        var joined = calls.joinOrAsk(what, passcode);
        if (joined.isPresent()) enter(joined.get());
        else JoinLines.asked(what).forEach(it -> transcript.print("-- " + it));
      }
      case InputLine.AboutJoins asked ->
          JoinLines.run(rest, asked).forEach(it -> transcript.print("-- " + it));
      case InputLine.AboutContacts asked ->
          ContactLines.run(rest, asked).forEach(transcript::print);
      case InputLine.AboutRequests asked ->
          RequestLines.run(rest, asked).forEach(transcript::print);
      case InputLine.AboutAccount asked -> AccountLines.run(rest, asked).forEach(transcript::print);
      case InputLine.AboutNotifications asked -> {
        var room = asked instanceof InputLine.ChooseLevel ? currentRoom() : "";
        var rules = NotificationLines.run(rest, asked, room);
        var titles = SearchLines.titles(rest);
        NotificationLines.answer(asked, rules, id -> titles.getOrDefault(id, id))
            .forEach(it -> transcript.print("-- " + it));
      }
      case InputLine.UploadPicture(var path) -> {
        access.files().uploadPicture(Path.of(path));
        AccountLines.run(rest, new InputLine.Account(Optional.empty())).forEach(transcript::print);
      }
      case InputLine.ChangePassword() ->
          transcript.print(
              "! Your password would be seen here. Change it with: ./kith account password");
      case InputLine.Administration asked ->
          RoomAdministration.run(rest, asked, currentRoom())
              .forEach(it -> transcript.print("-- " + it));
      case InputLine.Call call ->
          transcript.print("-- " + CommandLines.call(new CommandCalls(rest), currentRoom(), call));
      case InputLine.DeleteRoom(var name) -> deleteRoom(name);
      case InputLine.Message(var user, var text) -> message(user, text);
      case InputLine.Block(var user, var is) -> rest.block(user, is);
      case InputLine.ChooseStatus(var status) -> rest.chooseStatus(status);
      case InputLine.Leave() -> leave();
      case InputLine.Switch(var room) -> switchTo(room);
      case InputLine.Who() -> who();
      case InputLine.History(var count) -> history(count);
      case InputLine.Search(var query) ->
          SearchLines.run(rest, query).forEach(it -> transcript.print("-- " + it));
      case InputLine.AboutServer _ ->
          throw new IllegalStateException("only the full screen has this command: " + line);
      case InputLine.LogOut(var everywhere) -> access.logOut(everywhere);
    }
  }

  private String currentRoom() {
    if (current != null) return current;
    throw refused("You are not in a room: /join or /create one.");
  }

  private static Refused refused(String sentence) {
    return new Refused(0, "local", sentence, OptionalLong.empty());
  }

  private void say(String text, OptionalLong replyTo) throws InterruptedException {
    post(new ClientFrame.Send(newId(), currentRoom(), text, replyTo));
  }

  private void sendFile(String path) throws InterruptedException {
    var room = currentRoom();
    var file = LineFiles.upload(access.files(), path);
    post(new ClientFrame.Send(newId(), room, "", OptionalLong.empty(), Optional.of(List.of(file))));
  }

  private void edit(long target, String text) throws InterruptedException {
    post(new ClientFrame.Edit(newId(), currentRoom(), target, text));
  }

  private void redact(long target, Optional<String> reason) throws InterruptedException {
    post(new ClientFrame.Redact(newId(), currentRoom(), target, reason));
  }

  private void react(OptionalLong target, String emoji) throws InterruptedException {
    post(
        transcript
            .reaction(newId(), currentRoom(), target, emoji)
            .orElseThrow(() -> refused("There is no message to react to.")));
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private void post(ClientFrame.Post post) throws InterruptedException {
    transcript.posting(post);
    connection.submit(new SessionCommand.Post(post));
  }

  private void rooms() {
    var mine = finder.ownRooms();
    mine.forEach(room -> transcript.print(RoomLines.own(room)));
    calls.publicRooms().rooms().stream()
        .filter(room -> mine.stream().noneMatch(it -> it.room().equals(room.room())))
        .forEach(room -> transcript.print(RoomLines.other(room)));
  }

  private void leave() {
    var room = currentRoom();
    rest.leave(room);
    connection.submit(new SessionCommand.Close(room));
    transcript.removeRoom(room);
    current = null;
  }

  /// A known conversation needs no server call: the post waits in the outbox like any other.
  private void message(String user, Optional<String> text) throws InterruptedException {
    var known = transcript.conversationWith(user);
    if (known.isPresent()) {
      write(known.get(), text);
      return;
    }
    switch (Beginning.of(rest, user, text)) {
      case Beginning.Begun(var room) -> {
        open(room);
        write(room.room(), text);
      }
      case Beginning.Asked(var request) ->
          RequestLines.waiting(request, text.orElse(""))
              .forEach(it -> transcript.print("-- " + it));
      case Beginning.TextNeeded() ->
          RequestLines.needed(user).forEach(it -> transcript.print("-- " + it));
    }
  }

  private void write(String room, Optional<String> text) throws InterruptedException {
    if (text.isEmpty() || current == null) goTo(room);
    if (text.isPresent())
      post(new ClientFrame.Send(newId(), room, text.get(), OptionalLong.empty()));
  }

  private void open(Room room) {
    transcript.addRoom(room);
    connection.submit(
        SessionCommand.Open.after(
            room.room(), Math.max(0, room.lastSeq().orElse(0L) - SHOWN_AT_FIRST)));
  }

  private void switchTo(String name) {
    var room =
        finder
            .find(name)
            .filter(it -> it.role().isPresent())
            .orElseThrow(() -> refused("You are not in '" + name + "'. /join it first."));
    transcript.addRoom(room);
    goTo(room.room());
    connection.submit(SessionCommand.Open.fromNow(room.room()));
  }

  private void who() {
    var lines = new PresenceLines(ZoneId.systemDefault(), Instant.now());
    var next = Optional.<String>empty();
    do {
      var page = rest.presence(currentRoom(), next);
      page.members().forEach(member -> transcript.print(lines.member(member)));
      next = page.next();
    } while (next.isPresent());
  }

  private void history(int count) {
    var room = currentRoom();
    transcript.printEntries(room, HistoryPages.newest(rest, room, count));
  }

  /// The name is the confirmation, because a line cannot be taken back.
  private void deleteRoom(Optional<String> name) {
    var room = rest.room(currentRoom());
    if (!name.equals(Optional.of(room.name()))) {
      transcript.print("! This deletes the room and its messages for all members, for good.");
      transcript.print("! To do it, type: /delete-room " + Sanitizer.line(room.name()));
      return;
    }
    rest.deleteRoom(room.room());
    connection.submit(new SessionCommand.Close(room.room()));
    transcript.removeRoom(room.room());
    current = null;
    transcript.print("-- " + Sanitizer.line(room.name()) + " is deleted");
  }
}
