package kith.terminal.runtime;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import kith.protocol.Code;
import kith.protocol.SignUpPolicy;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.ServerDescription;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.model.Room;
import kith.terminal.net.AdministrationCalls;
import kith.terminal.net.Beginning;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.NotificationCalls;
import kith.terminal.net.Refused;
import kith.terminal.net.ReminderCalls;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomCalls;
import kith.terminal.net.ThreadCalls;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.AccountLines;
import kith.terminal.plain.AdministrationLines;
import kith.terminal.plain.CommandLines;
import kith.terminal.plain.ContactLines;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.JoinLines;
import kith.terminal.plain.KeptLines;
import kith.terminal.plain.LocalPath;
import kith.terminal.plain.ModerationLines;
import kith.terminal.plain.NotificationLines;
import kith.terminal.plain.ReminderLines;
import kith.terminal.plain.RequestLines;
import kith.terminal.plain.RoomAdministration;
import kith.terminal.plain.RoomLines;
import kith.terminal.plain.Sanitizer;
import kith.terminal.plain.SearchLines;
import kith.terminal.plain.ThreadLines;
import kith.terminal.profile.Access;
import kith.terminal.update.Input;
import kith.terminal.update.Pickers;
import kith.terminal.update.Request;

/// Executes REST calls, one at a time. Each may block.
record ServerCalls(Access access, RoomCalls rooms, Consumer<Input> inputs) {
  static ServerCalls of(Access access, Consumer<Input> inputs) {
    return new ServerCalls(access, RoomCalls.of(access.rest()), inputs);
  }

  void execute(Request.Rest call) {
    switch (call) {
      case Request.LoadRoom(var room) ->
          whileMember(() -> {
            inputs.accept(new Input.Described(access.rest().room(room)));
            loadMembers(room);
          });
      case Request.LoadMembers(var room) -> whileMember(() -> loadMembers(room));
      case Request.LoadCommands(var room) ->
          whileMember(() ->
              inputs.accept(
                  new Input.CommandsListed(room, new CommandCalls(access.rest()).list(room))));
      case Request.LoadThread(var room, var seq, var before) -> loadThread(room, seq, before);
      case Request.CountReplies(var room, var from, var to) ->
          whileMember(() ->
              inputs.accept(
                  new Input.RepliesCounted(
                      room, new ThreadCalls(access.rest()).counts(room, from, to).threads())));
      case Request.ReadThread(var room, var root, var seq) ->
          whileMember(() -> new ThreadCalls(access.rest()).read(room, root, seq));
      case Request.Mute(var room, var is) -> access.rest().mute(room, is);
      case Request.Run(var line, var room) -> run(line, room);
      case Request.Items(var kind, var room) ->
          inputs.accept(new Input.Listed(kind, room, items(kind, room)));
      case Request.LoadRules() -> loadRules();
      case Request.Preview(var room, var seq, var file) -> preview(room, seq, file);
      case Request.Search(var query, var before) -> search(query, before);
      case Request.ChangePassword(var current, var replacement) -> {
        try {
          access.rest().changePassword(current, replacement);
          inputs.accept(new Input.PasswordChanged());
        } catch (Refused refused) {
          inputs.accept(new Input.PasswordRefused(refused.code(), refused.sentence()));
        } catch (Unreachable unreachable) {
          inputs.accept(new Input.PasswordRefused("unreachable", unreachable.sentence()));
        }
      }
    }
  }

  /// Without the rules, the client has the quiet hours of its last connection.
  private void loadRules() {
    try {
      inputs.accept(new Input.RulesLoaded(new NotificationCalls(access.rest()).rules()));
    } catch (Refused | Unreachable later) {
      // asked again after the next connection
    }
  }

  private void loadThread(String room, long seq, OptionalLong before) {
    try {
      var page = new ThreadCalls(access.rest()).page(room, seq, before);
      inputs.accept(new Input.ThreadLoaded(room, seq, before, page));
    } catch (Refused refused) {
      inputs.accept(new Input.ThreadNotLoaded(room, seq, refused.sentence()));
    } catch (Unreachable unreachable) {
      inputs.accept(new Input.ThreadNotLoaded(room, seq, unreachable.sentence()));
    }
  }

  private void search(String query, Optional<String> before) {
    try {
      var page = access.rest().search(query, ZoneId.systemDefault(), before, Rest.SEARCH_HITS);
      inputs.accept(new Input.Found(query, before, page));
    } catch (Refused refused) {
      inputs.accept(new Input.NotFound(query, refused.sentence()));
    } catch (Unreachable unreachable) {
      inputs.accept(new Input.NotFound(query, unreachable.sentence()));
    }
  }

  private void preview(String room, long seq, Entry.File file) {
    var png = access.files().thumbnail(room, seq, file);
    preview(file.name(), png, "The server has no preview of " + file.name() + ".");
  }

  private void preview(String title, Optional<byte[]> png, String none) {
    try {
      if (png.isEmpty()) answer(List.of(none));
      else inputs.accept(new Input.Previewed(title, PngReader.read(png.get()), hasTrueColour()));
    } catch (IOException unreadable) {
      answer(List.of("The preview cannot be shown: " + unreadable.getMessage()));
    }
  }

  private static boolean hasTrueColour() {
    return List.of("truecolor", "24bit").contains(System.getenv().getOrDefault("COLORTERM", ""));
  }

  /// The answer to a command about a room names the room if another one is on the screen.
  private void run(InputLine line, String room) {
    try {
      execute(line, room);
    } catch (Refused refused) {
      if (!(line instanceof InputLine.AboutRoom)) throw refused;
      inputs.accept(new Input.Answer(List.of(refused.sentence()), true, room));
    }
  }

  /// The user may leave the room, or be removed, while it loads.
  private static void whileMember(Runnable load) {
    try {
      load.run();
    } catch (Refused refused) {
      if (!refused.is(Code.NOT_A_MEMBER) && !refused.is(Code.UNKNOWN_ROOM)) throw refused;
    }
  }

  private void loadMembers(String room) {
    inputs.accept(new Input.Members(room, members(room)));
  }

  private List<RoomAnswers.Member> members(String room) {
    var all = new ArrayList<RoomAnswers.Member>();
    var next = Optional.<String>empty();
    do {
      var page = access.rest().members(room, next);
      all.addAll(page.members());
      next = page.next();
    } while (next.isPresent() && all.size() < Room.MAX_MEMBERS);
    return all;
  }

  private void execute(InputLine line, String room) {
    var rest = access.rest();
    switch (line) {
      case InputLine.Create(var name, var passcode, var hidden, var capacity) -> {
        var made = rooms.create(name, Optional.empty(), hidden, passcode, capacity);
        inputs.accept(new Input.Entered(made));
        if (passcode.isPresent()) answer(List.of(RoomLines.madeWithPasscode(name)));
      }
      case InputLine.Join(var what, var passcode) -> {
        var joined = rooms.joinOrAsk(what, passcode);
        if (joined.isPresent()) inputs.accept(new Input.Entered(joined.get()));
        else answer(JoinLines.asked(rooms.find(what).name()));
      }
      case InputLine.AboutJoins asked -> answer(JoinLines.run(rest, asked));
      case InputLine.AboutContacts asked -> answer(ContactLines.run(rest, asked));
      case InputLine.AboutRequests asked -> answer(RequestLines.run(rest, asked));
      case InputLine.UploadPicture(var path) -> {
        access.files().uploadPicture(LocalPath.inHome(path));
        answer(AccountLines.run(rest, new InputLine.Account(Optional.empty())));
      }
      case InputLine.ProfilePicture(var user) ->
          preview(user, access.files().picture(user), "The user " + user + " has no picture here.");
      case InputLine.AboutAccount asked -> answer(AccountLines.run(rest, asked));
      case InputLine.AboutNotifications asked -> {
        var rules = NotificationLines.run(rest, asked, room);
        inputs.accept(new Input.RulesLoaded(rules));
        var titles = SearchLines.titles(rest);
        answer(
            NotificationLines.answer(asked, rules, id -> titles.getOrDefault(id, id)),
            asked instanceof InputLine.ChooseLevel ? room : "");
      }
      case InputLine.Administration asked -> {
        var lines = RoomAdministration.run(rest, asked, room);
        var link = lines.stream().filter(it -> it.startsWith("/join ")).findFirst();
        if (asked instanceof InputLine.Invite && link.isPresent())
          inputs.accept(new Input.Invited(lines, link.get(), room));
        else if (!lines.isEmpty()) answer(lines, room);
      }
      case InputLine.Bookmark asked -> answer(List.of(KeptLines.bookmark(rest, room, asked)), room);
      case InputLine.AboutReminders asked ->
          answer(
              List.of(ReminderLines.run(rest, asked, room, Instant.now(), ZoneId.systemDefault())));
      case InputLine.Follow asked -> answer(List.of(ThreadLines.follow(rest, room, asked)), room);
      case InputLine.Call call ->
          answer(List.of(CommandLines.call(new CommandCalls(rest), room, call)), room);
      case InputLine.DeleteRoom _ -> {
        rest.deleteRoom(room);
        inputs.accept(new Input.Left(room));
      }
      case InputLine.Message(var user, var text) -> {
        switch (Beginning.of(rest, user, text)) {
          case Beginning.Begun(var begun) ->
              inputs.accept(new Input.ConversationOpened(begun, text));
          case Beginning.Asked(var request) ->
              answer(RequestLines.waiting(request, text.orElse("")));
          case Beginning.TextNeeded() -> answer(RequestLines.needed(user));
        }
      }
      case InputLine.Block(var user, var is) -> {
        rest.block(user, is);
        answer(
            List.of(
                is
                    ? "You no longer see anything from "
                        + user
                        + ", and "
                        + user
                        + " is not notified."
                    : "You see "
                        + user
                        + " again. Hidden messages appear when they are loaded again."));
      }
      case InputLine.ChooseStatus(var status) -> rest.chooseStatus(status);
      case InputLine.Leave() -> {
        rest.leave(room);
        inputs.accept(new Input.Left(room));
      }
      case InputLine.Who() -> answer(members(room).stream().map(RoomLines::member).toList(), room);
      case InputLine.AboutServer asked ->
          answer(AdministrationLines.run(new AdministrationCalls(rest), asked));
      case InputLine.LogOut(var everywhere) -> {
        access.logOut(everywhere);
        inputs.accept(new Input.Hangup());
      }
      case InputLine.Nothing _,
          InputLine.Rooms _,
          InputLine.Wrong _,
          InputLine.Say _,
          InputLine.Act _,
          InputLine.Reply _,
          InputLine.Edit _,
          InputLine.Redact _,
          InputLine.React _,
          InputLine.Pin _,
          InputLine.Pins _,
          InputLine.Bookmarks _,
          InputLine.Thread _,
          InputLine.Threads _,
          InputLine.SendFile _,
          InputLine.SaveFiles _,
          InputLine.Reminders _,
          InputLine.Help _,
          InputLine.Switch _,
          InputLine.History _,
          InputLine.Search _,
          InputLine.ChangePassword _,
          InputLine.InLines _,
          InputLine.Quit _ ->
          throw new IllegalStateException("not for the server: " + line);
    }
  }

  private void answer(List<String> lines) {
    answer(lines, "");
  }

  private void answer(List<String> lines, String room) {
    inputs.accept(new Input.Answer(lines, false, room));
  }

  private List<Item> items(Kind kind, String room) {
    var rest = access.rest();
    return switch (kind) {
      case START -> startItems();
      case ROOMS -> roomItems();
      case MEMBERS ->
          members(room).stream()
              .map(it -> new Item(it.user(), it.user(), InputLine.ChangeRole.name(it.role())))
              .toList();
      case INVITATIONS ->
          rest.invitations(room).invitations().stream()
              .map(it -> new Item(it.invitation(), it.invitation(), RoomAdministration.text(it)))
              .toList();
      case BANS -> users(rest.bans(room).users());
      case MUTES ->
          rest.mutes(room).mutes().stream()
              .map(it -> new Item(it.user(), it.user(), ModerationLines.text(it)))
              .toList();
      case JOINS ->
          rest.joinRequests(room).requests().stream()
              .map(it -> new Item(it.user(), Sanitizer.line(it.user()), JoinLines.detail(it)))
              .toList();
      case REPORTS ->
          rest.reports(room, "open", Optional.empty()).reports().stream()
              .map(it ->
                  new Item(it.report(), ModerationLines.label(it), ModerationLines.detail(it)))
              .toList();
      case PINS -> {
        var lines = new EntryLines(ZoneId.systemDefault());
        yield KeptLines.allPins(rest, room).stream()
            .map(it ->
                new Item(
                    String.valueOf(it.seq()),
                    KeptLines.label(it),
                    lines.time(it.at(), Instant.now())))
            .toList();
      }
      case BOOKMARKS -> {
        var titles = SearchLines.titles(rest);
        yield KeptLines.allBookmarks(rest).stream()
            .map(it ->
                Pickers.message(
                    it.room(), it.seq(), KeptLines.label(it), KeptLines.title(it, titles)))
            .toList();
      }
      case SETTINGS -> {
        var rules = new NotificationCalls(rest).rules();
        inputs.accept(new Input.RulesLoaded(rules));
        yield RuleItems.of(rules, room);
      }
      case THREADS -> {
        var titles = SearchLines.titles(rest);
        yield new ThreadCalls(rest)
            .followed().threads().stream()
                .map(it ->
                    Pickers.message(
                        it.room(),
                        it.root(),
                        ThreadLines.label(it),
                        ThreadLines.title(it.room(), titles)))
                .toList();
      }
      case REMINDERS -> {
        var found = new ReminderCalls(rest).list().reminders();
        var titles = ReminderLines.titles(rest, found);
        var lines = new EntryLines(ZoneId.systemDefault());
        yield found.stream()
            .map(it ->
                Pickers.reminder(
                    it,
                    lines.time(it.at(), Instant.now())
                        + ReminderLines.place(it, titles).map(place -> "  " + place).orElse("")))
            .toList();
      }
      case BLOCKED -> users(rest.blocked().users());
      case DEVICES ->
          rest.devices().devices().stream()
              .map(it ->
                  new Item(
                      it.current() ? "" : it.device(),
                      AccountLines.text(it),
                      it.current() ? "this device" : ""))
              .toList();
      case MEMBER, SERVERS -> throw new IllegalStateException("not loaded: " + kind);
      case ADMIN, ACCOUNTS, ACCOUNT, ALL_ROOMS, ANY_ROOM, NETWORK_BANS, ANNOUNCEMENTS ->
          AdministrationItems.of(new AdministrationCalls(rest), kind, room);
    };
  }

  /// A server may lack the list of public rooms, and may not let everybody sign up.
  private List<Item> startItems() {
    var server = access.rest().description();
    var items = new ArrayList<Item>();
    if (server.map(it -> it.features().contains("directory")).orElse(true))
      rooms.publicRooms().rooms().forEach(room -> items.add(joinable(room, "join " + room.name())));
    items.add(new Item(Pickers.CREATE, "create a room", "for everybody, or for those you invite"));
    items.add(new Item(Pickers.WRITE, "write to somebody", "a conversation of two"));
    var policy = server.map(ServerDescription::signUp).orElse(SignUpPolicy.OPEN);
    if (policy == SignUpPolicy.OPEN)
      items.add(
          new Item(
              Pickers.invite(server.flatMap(ServerDescription::address)),
              "invite somebody",
              "copies the command to start with"));
    return items;
  }

  private static Item joinable(RoomAnswers.Room room, String label) {
    return new Item(room.room(), label, RoomLines.summary(room), room.passcode());
  }

  private static List<Item> users(List<String> names) {
    return names.stream().map(name -> new Item(name, name, "")).toList();
  }

  private List<Item> roomItems() {
    var mine = rooms.finder().ownRooms();
    var items = new ArrayList<Item>();
    mine.forEach(room -> items.add(new Item(room.room(), room.title(), "joined")));
    rooms.publicRooms().rooms().stream()
        .filter(room -> mine.stream().noneMatch(it -> it.room().equals(room.room())))
        .map(room -> joinable(room, room.name()))
        .forEach(items::add);
    return items;
  }
}
