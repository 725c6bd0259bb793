package kith.terminal.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Program;
import kith.protocol.frame.ServerFrame;
import kith.terminal.model.NewNotices;
import kith.terminal.net.AdministrationCalls;
import kith.terminal.net.Beginning;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Connection;
import kith.terminal.net.Refused;
import kith.terminal.net.RefusedPost;
import kith.terminal.net.Rest;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.ThreadCalls;
import kith.terminal.net.Unreachable;
import kith.terminal.profile.Access;
import kith.terminal.profile.PreferencesFile;
import org.jspecify.annotations.Nullable;

/// Line mode: each line is a message to the current room or a command.
public final class Chat {
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
  private final Transcript transcript;
  private final Connection connection;
  private final Machine machine;
  private final RoomCommands rooms;
  private final PostCommands posts;
  private final ReadingCommands reading;
  private final ServerChoice servers;
  private @Nullable Access next;

  private Chat(
      Access access,
      Transcript transcript,
      Connection connection,
      Machine machine,
      OpenedFiles opened) {
    this.access = access;
    this.rest = access.rest();
    this.transcript = transcript;
    this.connection = connection;
    this.machine = machine;
    reading = new ReadingCommands(access, transcript, connection, machine.desktop(), opened);
    rooms = new RoomCommands(access, transcript, connection, reading);
    posts = new PostCommands(access, transcript, connection, machine.desktop());
    servers = new ServerChoice(access, machine.servers(), transcript);
  }

  /// The parts of this machine that line mode uses.
  ///
  /// @param isWatched the output goes to a terminal, so printed entries count as read
  public record Machine(boolean isWatched, Desktop desktop, LineServers servers) {}

  /// Until the user quits, also at another server.
  public static End run(Access first, BufferedReader in, PrintStream out, Machine machine)
      throws IOException, InterruptedException {
    var access = first;
    while (true) {
      var transcript = new Transcript(out, ZoneId.systemDefault());
      // the connection closes it
      var outbox = access.outbox();
      try (var connection =
              Connection.withInbox(access.nodes(), access.tokens(), outbox, transcript);
          var opened = new OpenedFiles()) {
        var chat = new Chat(access, transcript, connection, machine, opened);
        chat.listen();
        var end = chat.loop(in, outbox.refused());
        if (chat.next == null) return end;
        access = chat.next;
      }
    }
  }

  private void listen() {
    transcript.onNewConversation(
        (room, seq) -> connection.submit(SessionCommand.Open.after(room, seq)));
    transcript.onNotices(notices -> newLines(access, notices));
    if (machine.isWatched())
      transcript.onRead((room, seq) -> connection.submit(new SessionCommand.Read(room, seq)));
  }

  /// Each announcement is shown once, here or in the full screen.
  private static List<String> newLines(Access access, ServerFrame.Notices notices) {
    var file = PreferencesFile.in(access.profile().preferences());
    var news = NewNotices.of(notices, file.preferences().announcement());
    news.shown().ifPresent(it -> file.keep(file.preferences().withAnnouncement(it)));
    file.write();
    return news.lines();
  }

  private End loop(BufferedReader in, List<RefusedPost> refused)
      throws IOException, InterruptedException {
    attempt(rooms::openOwnRooms);
    transcript.restore(refused);
    for (var typed = in.readLine(); typed != null; typed = in.readLine()) {
      if (transcript.hasEnded()) return End.LOG_IN_AGAIN;
      connection.submit(new SessionCommand.Wake());
      var line = LineParser.read(typed);
      if (line instanceof InputLine.Quit) break;
      attempt(() -> run(line));
      if (line instanceof InputLine.LogOut) return End.DONE;
      if (next != null) break;
      attempt(this::readThreads);
    }
    attempt(this::readThreads);
    int unsent = transcript.awaitAnswers(END_TIMEOUT);
    if (unsent == 0) return End.DONE;
    transcript.print("-- " + unsent + " unanswered, kept on disk and sent the next time");
    return End.UNSENT;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void attempt(Work work) throws IOException, InterruptedException {
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
    if (!machine.isWatched()) return;
    var threads = new ThreadCalls(rest);
    transcript
        .takePrintedThreads()
        .forEach((thread, last) -> threads.read(thread.room(), thread.root(), last));
  }

  private void run(InputLine line) throws IOException, InterruptedException {
    switch (line) {
      case InputLine.Nothing(), InputLine.Quit() -> {}
      case InputLine.Wrong(var sentence) -> transcript.print("! " + sentence);
      case InputLine.Say(var text) -> posts.say(rooms.current(), text, OptionalLong.empty());
      case InputLine.Act act ->
          posts.say(rooms.current(), act.body(access.user()), OptionalLong.empty());
      case InputLine.Reply(var seq, var text) ->
          posts.say(rooms.current(), text, OptionalLong.of(seq));
      case InputLine.Edit(var seq, var text) -> posts.edit(rooms.current(), seq, text);
      case InputLine.Redact(var seq, var reason) -> posts.redact(rooms.current(), seq, reason);
      case InputLine.React(var seq, var emoji) -> posts.react(rooms.current(), seq, emoji);
      case InputLine.Pin(var seq, var is) -> posts.pin(rooms.current(), seq, is);
      case InputLine.Pins() ->
          KeptLines.pins(rest, rooms.current()).forEach(it -> transcript.print("-- " + it));
      case InputLine.Bookmark asked ->
          transcript.print("-- " + KeptLines.bookmark(rest, rooms.current(), asked));
      case InputLine.SendFile(var path) -> posts.sendFile(rooms.current(), path);
      case InputLine.SaveFiles(var seq) ->
          LineFiles.save(access.files(), rooms.current(), seq)
              .forEach(it -> transcript.print("-- " + it));
      case InputLine.Thread(var seq) ->
          ThreadLines.thread(rest, rooms.current(), seq, "/reply")
              .forEach(it -> transcript.print("-- " + it));
      case InputLine.Threads() ->
          ThreadLines.followed(rest).forEach(it -> transcript.print("-- " + it));
      case InputLine.Follow asked ->
          transcript.print("-- " + ThreadLines.follow(rest, rooms.current(), asked));
      case InputLine.Bookmarks() ->
          KeptLines.bookmarks(rest).forEach(it -> transcript.print("-- " + it));
      case InputLine.Reminders() ->
          ReminderLines.all(rest).forEach(it -> transcript.print("-- " + it));
      case InputLine.AboutReminders asked -> {
        boolean isOfRoom = asked instanceof InputLine.Remind remind && remind.seq().isPresent();
        var room = isOfRoom ? rooms.current() : "";
        transcript.print(
            "-- " + ReminderLines.run(rest, asked, room, Instant.now(), ZoneId.systemDefault()));
      }
      case InputLine.Help() -> transcript.print(LineParser.help());
      case InputLine.Rooms() -> rooms.list();
      case InputLine.Create asked -> rooms.create(asked);
      case InputLine.Join(var what, var passcode) -> rooms.join(what, passcode);
      case InputLine.AboutJoins asked ->
          JoinLines.run(rest, asked).forEach(it -> transcript.print("-- " + it));
      case InputLine.AboutContacts asked ->
          ContactLines.run(rest, asked).forEach(transcript::print);
      case InputLine.AboutRequests asked ->
          RequestLines.run(rest, asked).forEach(transcript::print);
      case InputLine.AboutAccount asked -> AccountLines.run(rest, asked).forEach(transcript::print);
      case InputLine.AboutNotifications asked -> {
        var room = asked instanceof InputLine.ChooseLevel ? rooms.current() : "";
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
              "! Your password would be seen here. Change it with: "
                  + Program.NAME
                  + " account password");
      case InputLine.Administration asked ->
          RoomAdministration.run(rest, asked, rooms.current())
              .forEach(it -> transcript.print("-- " + it));
      case InputLine.Call call ->
          transcript.print(
              "-- " + CommandLines.call(new CommandCalls(rest), rooms.current(), call));
      case InputLine.DeleteRoom(var name) -> rooms.delete(name);
      case InputLine.Message(var user, var text) -> message(user, text);
      case InputLine.Block(var user, var is) -> rest.block(user, is);
      case InputLine.ChooseStatus(var status) -> rest.chooseStatus(status);
      case InputLine.Leave() -> rooms.leave();
      case InputLine.Switch(var room) -> rooms.switchTo(room);
      case InputLine.Who() -> who();
      case InputLine.History(var count) -> history(count);
      case InputLine.Search(var query) ->
          SearchLines.run(rest, query).forEach(it -> transcript.print("-- " + it));
      case InputLine.AboutServer asked ->
          answer(AdministrationLines.confirmed(new AdministrationCalls(rest), asked));
      case InputLine.InLines asked -> runInLines(asked);
      case InputLine.LogOut(var everywhere) -> access.logOut(everywhere);
    }
  }

  private void runInLines(InputLine.InLines line) throws IOException, InterruptedException {
    switch (line) {
      case InputLine.OnScreen(var sentence) -> transcript.print("! " + sentence);
      case InputLine.ListUnread() -> answer(InboxLines.unread(rest.inbox()));
      case InputLine.MarkUnread(var seq) -> reading.markUnread(rooms.current(), seq);
      case InputLine.ReadAll() -> reading.readAll();
      case InputLine.ToUnread() -> reading.toUnread(rooms.current());
      case InputLine.Latest() -> reading.latest(rooms.current());
      case InputLine.Find(var text) -> reading.find(rooms.current(), text);
      case InputLine.GoToDay(var day) -> reading.goToDay(rooms.current(), day);
      case InputLine.Members() -> who();
      case InputLine.Code(var seq, var number) -> reading.code(rooms.current(), seq, number);
      case InputLine.Open(var seq) -> reading.open(rooms.current(), seq);
      case InputLine.Retry() -> posts.retry(rooms.current());
      case InputLine.Drop() -> posts.drop(rooms.current());
      case InputLine.MuteRoom() -> mute();
      case InputLine.SortRooms() -> rooms.sortAutomatically();
      case InputLine.PlaceRoom(var name, var place) -> rooms.place(name, place);
      case InputLine.Compose(var text) -> compose(text);
      case InputLine.ListServers() -> answer(servers.lines());
      case InputLine.ShowServer(var name) -> next = servers.named(name).orElse(null);
      case InputLine.AddServer(var address, var user) ->
          next = servers.add(address, user).orElse(null);
      case InputLine.ShowSettings() ->
          answer(
              SettingLines.of(
                  rest, rooms.isInRoom() ? rooms.current() : "", rooms.areSortedByHand()));
    }
  }

  private void answer(List<String> lines) {
    lines.forEach(it -> transcript.print("-- " + it));
  }

  private void mute() {
    var room = rooms.current();
    boolean isMuted =
        rest.inbox().rooms().stream().anyMatch(row -> row.room().equals(room) && row.muted());
    rest.mute(room, !isMuted);
    transcript.print(
        isMuted
            ? "-- this room is no longer muted"
            : "-- this room is muted; only mentions count as unread");
  }

  private void compose(String begun) throws InterruptedException {
    if (!machine.isWatched()) throw refused("The editor needs a terminal.");
    posts.compose(rooms.current(), begun);
  }

  static Refused refused(String sentence) {
    return new Refused(0, "local", sentence, OptionalLong.empty());
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
        rooms.open(room);
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
    if (text.isEmpty() || !rooms.isInRoom()) rooms.goTo(room);
    if (text.isPresent()) posts.say(room, text.get(), OptionalLong.empty());
  }

  private void who() {
    var lines = new PresenceLines(ZoneId.systemDefault(), Instant.now());
    var next = Optional.<String>empty();
    do {
      var page = rest.presence(rooms.current(), next);
      page.members().forEach(member -> transcript.print(lines.member(member)));
      next = page.next();
    } while (next.isPresent());
  }

  private void history(int count) {
    var room = rooms.current();
    transcript.printEntries(room, HistoryPages.newest(rest, room, count));
  }
}
