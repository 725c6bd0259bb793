package kith.terminal.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import kith.protocol.Program;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.model.NewNotices;
import kith.terminal.model.Pins;
import kith.terminal.net.AdministrationCalls;
import kith.terminal.net.Beginning;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Connection;
import kith.terminal.net.Features;
import kith.terminal.net.Refused;
import kith.terminal.net.RefusedPost;
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
  private final Machine machine;
  private final OwnRooms own;
  private final ReadingCommands reading;
  private final ServerChoice servers;
  private @Nullable String current;
  private @Nullable Access next;

  private Chat(
      Access access,
      Transcript transcript,
      Connection connection,
      Machine machine,
      OpenedFiles opened) {
    this.access = access;
    this.rest = access.rest();
    this.calls = RoomCalls.of(rest);
    this.finder = calls.finder();
    this.transcript = transcript;
    this.connection = connection;
    this.machine = machine;
    own = new OwnRooms(finder, access.profile());
    reading = new ReadingCommands(access, transcript, connection, machine.desktop(), opened);
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
    attempt(this::openOwnRooms);
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

  private void openOwnRooms() {
    var rooms = finder.ownRooms();
    rooms.forEach(transcript::addRoom);
    var unread = new HashMap<String, InboxRoom>();
    inbox()
        .forEach(row -> {
          transcript.know(row);
          if (InboxLines.isUnread(row)) unread.put(row.room(), row);
        });
    var first = rooms.stream().min(Comparator.comparing(Room::name));
    first.ifPresentOrElse(
        room -> begin(room, Optional.ofNullable(unread.remove(room.room()))), () -> goTo(null));
    for (var room : rooms) {
      if (!room.room().equals(current)) connection.submit(SessionCommand.Open.fromNow(room.room()));
    }
    if (!unread.isEmpty())
      transcript.print(
          "-- "
              + (unread.size() == 1 ? "1 other room has" : unread.size() + " other rooms have")
              + " unread messages; /unread lists them");
  }

  /// Empty if the server has no inbox.
  private List<InboxRoom> inbox() {
    try {
      return rest.inbox().rooms();
    } catch (Refused refused) {
      if (!refused.code().equals(Features.NOT_OFFERED)) throw refused;
      return List.of();
    }
  }

  /// Prints the unread entries, and at least the latest ones.
  private void begin(Room room, Optional<InboxRoom> unread) {
    long last = room.lastSeq().orElse(0L);
    long read = transcript.position(room.room()).orElse(last);
    long from = Math.min(read, Math.max(0, last - SHOWN_AT_FIRST));
    if (last - from <= RoomReader.MOST) {
      goTo(room.room());
      connection.submit(SessionCommand.Open.after(room.room(), from));
      return;
    }
    enter(room);
    unread.ifPresent(row ->
        transcript.print(
            "-- " + row.unread() + " unread messages; /to-unread shows the first ones"));
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

  private void run(InputLine line) throws IOException, InterruptedException {
    switch (line) {
      case InputLine.Nothing(), InputLine.Quit() -> {}
      case InputLine.Wrong(var sentence) -> transcript.print("! " + sentence);
      case InputLine.Say(var text) -> say(text, OptionalLong.empty());
      case InputLine.Act act -> say(act.body(access.user()), OptionalLong.empty());
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
              "! Your password would be seen here. Change it with: "
                  + Program.NAME
                  + " account password");
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
      case InputLine.MarkUnread(var seq) -> reading.markUnread(currentRoom(), seq);
      case InputLine.ReadAll() -> reading.readAll();
      case InputLine.ToUnread() -> reading.toUnread(currentRoom());
      case InputLine.Latest() -> reading.latest(currentRoom());
      case InputLine.Find(var text) -> reading.find(currentRoom(), text);
      case InputLine.GoToDay(var day) -> reading.goToDay(currentRoom(), day);
      case InputLine.Members() -> who();
      case InputLine.Code(var seq, var number) -> reading.code(currentRoom(), seq, number);
      case InputLine.Open(var seq) -> reading.open(currentRoom(), seq);
      case InputLine.Retry() -> retry();
      case InputLine.Drop() -> drop();
      case InputLine.MuteRoom() -> mute();
      case InputLine.SortRooms() -> {
        own.sortAutomatically();
        listRooms();
      }
      case InputLine.PlaceRoom(var name, var place) -> {
        own.place(name, place);
        listRooms();
      }
      case InputLine.Compose(var text) -> compose(text);
      case InputLine.ListServers() -> answer(servers.lines());
      case InputLine.ShowServer(var name) -> next = servers.named(name).orElse(null);
      case InputLine.AddServer(var address, var user) ->
          next = servers.add(address, user).orElse(null);
      case InputLine.ShowSettings() ->
          answer(SettingLines.of(rest, current == null ? "" : current, own.areSortedByHand()));
    }
  }

  private void answer(List<String> lines) {
    lines.forEach(it -> transcript.print("-- " + it));
  }

  private void listRooms() {
    answer(own.sorted().stream().map(it -> Sanitizer.line(it.title())).toList());
  }

  private void retry() throws InterruptedException {
    var post = transcript.takeRefused(currentRoom()).orElseThrow(Chat::noneRefused);
    transcript.posting(post);
    connection.submit(new SessionCommand.Retry(post));
  }

  private void drop() {
    var post = transcript.takeRefused(currentRoom()).orElseThrow(Chat::noneRefused);
    connection.submit(new SessionCommand.Forget(post));
    transcript.print("-- dropped: " + OwnPosts.summary(post));
  }

  private static Refused noneRefused() {
    return refused("No message was refused in this room.");
  }

  private void mute() {
    var room = currentRoom();
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
    var room = currentRoom();
    String text;
    transcript.hold();
    try {
      text = machine.desktop().edit(begun);
    } finally {
      transcript.release();
    }
    if (text.isBlank()) {
      transcript.print("-- nothing to send");
      return;
    }
    text.lines().forEach(it -> transcript.print("> " + Sanitizer.line(it)));
    post(new ClientFrame.Send(newId(), room, Emoji.replaced(text), OptionalLong.empty()));
  }

  private String currentRoom() {
    if (current != null) return current;
    throw refused("You are not in a room: /switch, /join or /create one.");
  }

  static Refused refused(String sentence) {
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
    var mine = own.sorted();
    mine.forEach(room -> transcript.print(RoomLines.own(room)));
    calls.publicRooms().rooms().stream()
        .filter(room -> mine.stream().noneMatch(it -> it.room().equals(room.room())))
        .forEach(room -> transcript.print(RoomLines.other(room)));
  }

  private void leave() {
    var room = currentRoom();
    end(room, rest::leave, "left " + transcript.name(room));
  }

  /// The server reports the end of the room, too, and it is printed once.
  private void end(String room, Consumer<String> how, String sentence) {
    transcript.leaving(room);
    try {
      how.accept(room);
    } catch (Refused | Unreachable failure) {
      transcript.stays(room);
      throw failure;
    }
    connection.submit(new SessionCommand.Close(room));
    transcript.removeRoom(room);
    transcript.print("-- " + sentence);
    goTo(null);
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
    var room = own.named(name);
    transcript.addRoom(room);
    goTo(room.room());
    connection.submit(SessionCommand.Open.fromNow(room.room()));
    reading.printUnread(room.room());
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
    end(room.room(), rest::deleteRoom, Sanitizer.line(room.name()) + " is deleted");
  }
}
