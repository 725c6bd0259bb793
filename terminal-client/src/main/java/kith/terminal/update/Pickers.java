package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import kith.protocol.Program;
import kith.protocol.Role;
import kith.protocol.rest.Reminders.AccountReminder;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.keys.Action;
import kith.terminal.layout.Graphemes;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Question;
import kith.terminal.model.Picker;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.model.Room;
import kith.terminal.model.SearchState;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.ReminderLines;

/// Handles keys in a list to choose from. A choice that removes something needs a confirmation.
public final class Pickers {
  private static final int PAGE = 10;

  /// An address that means another machine to everybody else.
  private static final Pattern OWN_MACHINE =
      Pattern.compile("(https?://)?(localhost|127(\\.\\d+){3}|\\[::1])(:\\d+)?(/.*)?");

  public static final String WRITE = "write";

  /// The items of `START` that are not rooms.
  public static final String CREATE = "create";

  public static final String INVITE = "invite";
  private static final String PROFILE = "profile";
  private static final String KICK = "kick";
  private static final String BAN = "ban";
  private static final String MUTE = "mute";
  private static final String UNMUTE = "unmute";

  /// The letters that choose from the list of acts on a member.
  private static final Map<String, String> LETTERS =
      Map.of(
          "w",
          WRITE,
          "p",
          PROFILE,
          "k",
          KICK,
          "b",
          BAN,
          "m",
          MUTE,
          "u",
          UNMUTE,
          "1",
          "member",
          "2",
          "moderator",
          "3",
          "owner");

  private Pickers() {}

  /// @param room empty if the list is about no room
  static void open(StepBuilder step, Kind kind, String room) {
    step.overlay = new Overlay.Pick(Picker.loading(kind, room));
    step.request(new Request.Items(kind, room));
  }

  /// The requested items. The user may have closed the list meanwhile.
  static void listed(StepBuilder step, Kind kind, String room, List<Item> items) {
    if (CommandPalette.listed(step, kind, items)) return;
    if (!(step.overlay instanceof Overlay.Pick(var picker))) return;
    if (picker.kind() != kind || !picker.room().equals(room)) return;
    var all = kind == Kind.SETTINGS ? SettingsList.withLocal(step.model(), items) : items;
    step.overlay = new Overlay.Pick(picker.with(all));
  }

  /// A list that cannot be loaded closes; the error is shown below the timeline.
  static void onError(StepBuilder step) {
    if (step.overlay instanceof Overlay.Pick(var picker) && picker.items().isEmpty())
      step.overlay = new Overlay.None();
  }

  static void typed(StepBuilder step, Picker picker, String text) {
    if (isCommand(picker, text)) {
      step.overlay = new Overlay.None();
      // also in normal mode, in which the list takes letters as well
      step.isNormal = false;
      ChatActions.typed(step, text);
      return;
    }
    if (picker.kind() == Kind.JOINS && (text.equals("y") || text.equals("n"))) {
      picker.choice().ifPresent(item -> decide(step, picker, item, text.equals("y")));
      return;
    }
    if (picker.kind() == Kind.MEMBER) {
      picker.items().orElse(List.of()).stream()
          .filter(item -> item.id().equals(LETTERS.get(text)))
          .findFirst()
          .ifPresent(item -> take(step, picker, item));
      return;
    }
    step.overlay = new Overlay.Pick(picker.asking(picker.query() + text.replace("\n", " ")));
  }

  /// Whether a text begins a command and is not the name of a room. `START` opens by itself, so the
  /// user may be typing for the editor.
  private static boolean isCommand(Picker picker, String text) {
    boolean isOfRooms = picker.kind() == Kind.START || picker.kind() == Kind.ROOMS;
    return isOfRooms && picker.query().isBlank() && text.startsWith("/");
  }

  /// A pasted command, such as an invitation, goes to the editor.
  static void pasted(StepBuilder step, Picker picker, String text) {
    if (!isCommand(picker, text.strip())) {
      typed(step, picker, text);
      return;
    }
    step.overlay = new Overlay.None();
    ChatActions.pasted(step, text.strip());
  }

  static void act(StepBuilder step, Picker picker, Action action) {
    if (picker.kind() == Kind.START && isElsewhere(action)) {
      close(step, picker);
      ChatActions.act(step, action);
      return;
    }
    switch (action) {
      case UP, FIELD_BACK, ROOM_BEFORE, SELECT_UP -> choose(step, picker, picker.chosen() - 1);
      case DOWN, ROOM_AFTER, SELECT_DOWN, COMPLETE -> choose(step, picker, picker.chosen() + 1);
      case PAGE_UP, LINE_UP -> choose(step, picker, picker.chosen() - PAGE);
      case PAGE_DOWN, LINE_DOWN -> choose(step, picker, picker.chosen() + PAGE);
      case BACKSPACE -> step.overlay = new Overlay.Pick(picker.asking(withoutLast(picker.query())));
      case DELETE_WORD, DELETE_TO_START -> step.overlay = new Overlay.Pick(picker.asking(""));
      case SEND ->
          picker
              .choice()
              .ifPresentOrElse(item -> take(step, picker, item), () -> withoutChoice(step, picker));
      case DELETE -> picker.choice().ifPresent(item -> delete(step, picker, item));
      case CANCEL, INTERRUPT -> close(step, picker);
      default -> {}
    }
  }

  /// `START` opens by itself, so a text that was typed into it moves to the editor.
  private static void close(StepBuilder step, Picker picker) {
    step.overlay = new Overlay.None();
    if (picker.kind() == Kind.START) step.editor = step.editor.insert(picker.query());
  }

  /// Closes `START` if it is open.
  static void closeStart(StepBuilder step) {
    if (step.overlay instanceof Overlay.Pick(var picker) && picker.kind() == Kind.START)
      close(step, picker);
  }

  /// The keys that keep their usual effect in `START`, because that list opens by itself.
  private static boolean isElsewhere(Action action) {
    return switch (action) {
      case HELP, PALETTE, CONTACTS, EDITOR -> true;
      default -> false;
    };
  }

  /// A text typed into `START` that matches no room becomes the text of the editor.
  private static void withoutChoice(StepBuilder step, Picker picker) {
    if (picker.kind() != Kind.START || picker.items().isEmpty()) {
      AdministrationActions.search(step, picker);
      return;
    }
    step.overlay = new Overlay.None();
    CommandPalette.begin(
        step, picker.query(), "No room has this name: /create NAME creates one, /join NAME joins.");
  }

  private static void choose(StepBuilder step, Picker picker, int index) {
    step.overlay = new Overlay.Pick(picker.choosing(index));
  }

  static String withoutLast(String query) {
    var graphemes = Graphemes.of(query);
    return graphemes.isEmpty() ? "" : String.join("", graphemes.subList(0, graphemes.size() - 1));
  }

  private static void take(StepBuilder step, Picker picker, Item item) {
    switch (picker.kind()) {
      case START -> start(step, item);
      case ROOMS -> toRoom(step, item);
      case MEMBERS -> toMember(step, picker.room(), item.id());
      case MEMBER -> withMember(step, picker, item);
      case INVITATIONS ->
          ask(step, picker, "Revoke this invitation?", item, new InputLine.Revoke(item.id()));
      case REPORTS -> toReport(step, picker.room(), item);
      case PINS -> toMessage(step, picker.room(), Long.parseLong(item.id()));
      case BOOKMARKS -> {
        var place = placeOf(item);
        toMessage(step, place.room(), place.seq());
      }
      case THREADS -> {
        var place = placeOf(item);
        toThread(step, place.room(), place.seq());
      }
      case REMINDERS -> toReminded(step, item);
      case JOINS -> step.info("y lets " + item.label() + " in, n declines and asks for a reason.");
      case MUTES ->
          ask(
              step,
              picker,
              "Let this member write again?",
              item,
              new InputLine.UnmuteMember(item.id()));
      case SERVERS -> ServerActions.take(step, item);
      case SETTINGS -> SettingsList.take(step, picker, item);
      case BANS -> ask(step, picker, "Lift this ban?", item, new InputLine.Unban(item.id()));
      case BLOCKED ->
          ask(step, picker, "Unblock this user?", item, new InputLine.Block(item.id(), false));
      case ADMIN, ACCOUNTS, ACCOUNT, ALL_ROOMS, ANY_ROOM, NETWORK_BANS, ANNOUNCEMENTS ->
          AdministrationActions.take(step, picker, item);
      case DEVICES -> {
        if (item.id().isEmpty())
          ask(step, picker, ServerActions.logOutPrompt(step), item, new InputLine.LogOut(false));
        else
          ask(
              step,
              picker,
              "Log that device out?",
              item,
              new InputLine.EndDevice(Optional.of(item.id())));
      }
    }
  }

  private record Place(String room, long seq) {}

  private static void toThread(StepBuilder step, String room, long root) {
    if (step.room(room).isEmpty()) {
      step.error("You are no longer in this room.");
      return;
    }
    step.overlay = new Overlay.None();
    RoomNavigation.switchTo(step, room);
    ThreadActions.open(step, root);
  }

  /// The item of a message in any room.
  public static Item message(String room, long seq, String label, String detail) {
    return new Item(room + "/" + seq, label, detail);
  }

  private static Place placeOf(Item message) {
    int slash = message.id().indexOf('/');
    return new Place(
        message.id().substring(0, slash), Long.parseLong(message.id().substring(slash + 1)));
  }

  private static void delete(StepBuilder step, Picker picker, Item item) {
    if (picker.kind() == Kind.BOOKMARKS) removeBookmark(step, picker, item);
    if (picker.kind() == Kind.REMINDERS) removeReminder(step, picker, item);
  }

  /// The item of a reminder. The id of the item contains the place of the message, if there is one.
  public static Item reminder(AccountReminder it, String detail) {
    var place = it.room().map(room -> " " + room + "/" + it.seq().orElse(0)).orElse("");
    return new Item(it.reminder() + place, ReminderLines.label(it), detail);
  }

  private static void toReminded(StepBuilder step, Item item) {
    int space = item.id().indexOf(' ');
    if (space < 0) {
      step.overlay = new Overlay.None();
      CommandPalette.begin(
          step, "/postpone " + item.id() + " ", "When? 20m, 14:30, tomorrow 9:00 or monday.");
      return;
    }
    var place = placeOf(new Item(item.id().substring(space + 1), "", ""));
    toMessage(step, place.room(), place.seq());
  }

  /// A due reminder has served its purpose, so it is removed without a confirmation.
  private static void removeReminder(StepBuilder step, Picker picker, Item item) {
    var line = new InputLine.Unremind(item.id().split(" ", 2)[0]);
    boolean isDue = step.reminders.has(line.reminder());
    if (isDue) {
      step.overlay =
          new Overlay.Pick(
              picker.with(
                  picker.items().orElse(List.of()).stream()
                      .filter(it -> !it.equals(item))
                      .toList()));
      step.request(new Request.Run(line, ""));
    } else {
      Confirmations.ask(
          step,
          new Question.Run(
              "Remove this reminder?", item.label(), line, "", Optional.of(picker.kind())));
    }
  }

  private static void removeBookmark(StepBuilder step, Picker picker, Item item) {
    var place = placeOf(item);
    Confirmations.ask(
        step,
        new Question.Run(
            "Remove this bookmark?",
            item.label(),
            new InputLine.Bookmark(place.seq(), false, Optional.empty()),
            place.room(),
            Optional.of(picker.kind())));
  }

  /// Goes to a message, even one that is not loaded.
  static void toMessage(StepBuilder step, String room, long seq) {
    if (step.room(room).isEmpty()) {
      step.error("You are no longer in this room.");
      return;
    }
    step.overlay = new Overlay.None();
    RoomNavigation.switchTo(step, room);
    step.changeCurrent(it ->
        it.with(it.reading().selecting(OptionalLong.of(seq)).searching(new SearchState.None())));
    HistoryJump.toEntry(step, seq);
  }

  /// Accepting keeps the list open for the next one; declining asks for a reason.
  private static void decide(StepBuilder step, Picker picker, Item item, boolean accept) {
    if (!accept) {
      askWhy(step, "/turn-away " + item.id() + " ", "declines the request of " + item.label());
      return;
    }
    var others = picker.items().orElse(List.of()).stream().filter(it -> !it.equals(item)).toList();
    step.overlay = others.isEmpty() ? new Overlay.None() : new Overlay.Pick(picker.with(others));
    step.request(new Request.Run(new InputLine.AcceptJoin(item.id()), picker.room()));
  }

  /// Shows the messages of a report, and asks for the outcome.
  private static void toReport(StepBuilder step, String room, Item item) {
    step.overlay = new Overlay.None();
    CommandPalette.begin(step, "/handle " + item.id() + " ", "Type what you did to close it.");
    step.request(new Request.Run(new InputLine.ShowReport(item.id()), room));
  }

  private static void start(StepBuilder step, Item item) {
    step.overlay = new Overlay.None();
    switch (item.id()) {
      case CREATE ->
          CommandPalette.begin(
              step, "/create ", "Type a name for the room. Add --private to invite who may join.");
      case WRITE -> CommandPalette.begin(step, "/msg ", "Type the name of a user.");
      default -> {
        if (item.id().startsWith(INVITE)) invite(step, item.id().substring(INVITE.length()));
        else toRoom(step, item);
      }
    }
  }

  /// The item with the command with which others start.
  ///
  /// @param address the public one of the server, if its operator has set one
  public static String invite(Optional<String> address) {
    return INVITE + address.map(it -> " " + it).orElse("");
  }

  private static void invite(StepBuilder step, String address) {
    var server = address.isBlank() ? step.server : address.strip();
    var command = Program.NAME + " chat " + server;
    ScreenCommands.copy(step, command);
    var lines = new ArrayList<>(List.of("Others start with:", command));
    if (OWN_MACHINE.matcher(server).matches())
      lines.add(
          "This works on this machine only: the operator has not set the server's public address"
              + " (kith.identity.address).");
    lines.addAll(step.notice.lines());
    step.notice = new Notice(lines, false);
  }

  static void toRoom(StepBuilder step, Item item) {
    step.overlay = new Overlay.None();
    if (step.room(item.id()).isPresent()) {
      RoomNavigation.goTo(step, item.id());
    } else if (item.needsText()) {
      CommandPalette.begin(
          step,
          "/join " + item.id() + " ",
          item.label() + " needs a passcode: type it and press " + step.hint(Action.SEND) + ".");
    } else {
      step.request(
          new Request.Run(
              new InputLine.Join(item.id(), Optional.empty()), step.current.orElse("")));
    }
  }

  /// The user's own role decides which acts on a member are offered.
  static void toMember(StepBuilder step, String room, String user) {
    step.room(room)
        .ifPresent(it ->
            step.overlay =
                new Overlay.Pick(Picker.ofMember(room, user, actions(it, step.user, user))));
  }

  private static List<Item> actions(Room room, String me, String user) {
    var items = new ArrayList<Item>();
    boolean isMe = user.equals(me);
    if (!isMe) items.add(new Item(WRITE, "w  write to " + user, ""));
    items.add(new Item(PROFILE, "p  show the profile", ""));
    var mine = role(room, me);
    var theirs = role(room, user);
    if (mine == Role.OWNER) {
      int key = 0;
      for (var role : Role.values()) {
        key++;
        var name = InputLine.ChangeRole.name(role);
        if (role != theirs) items.add(new Item(name, key + "  make " + name, ""));
      }
    }
    boolean isAbove = !isMe && mine.compareTo(theirs) > 0;
    if (isAbove) {
      items.add(new Item(MUTE, "m  mute for some time", "cannot write; only moderators see it"));
      items.add(new Item(UNMUTE, "u  end a mute", ""));
      items.add(new Item(KICK, "k  remove from " + room.name(), ""));
      items.add(new Item(BAN, "b  ban from " + room.name(), "removes, and prevents rejoining"));
    }
    return items;
  }

  private static Role role(Room room, String user) {
    return room.members().stream()
        .filter(it -> it.user().equals(user))
        .map(Member::role)
        .findFirst()
        .orElse(Role.MEMBER);
  }

  private static void withMember(StepBuilder step, Picker picker, Item item) {
    var user = picker.subject();
    switch (item.id()) {
      case WRITE -> {
        step.overlay = new Overlay.None();
        ContactActions.ask(step, new InputLine.Message(user, Optional.empty()));
      }
      case PROFILE -> {
        step.overlay = new Overlay.None();
        ContactActions.ask(step, new InputLine.Profile(user));
      }
      case KICK -> askWhy(step, "/kick " + user + " ", "removes " + user);
      case BAN -> askWhy(step, "/ban " + user + " ", "bans " + user);
      case MUTE ->
          askWhy(step, "/mute " + user + " 10m ", "mutes " + user + " for this time (30s, 2h, 7d)");
      case UNMUTE ->
          ask(
              step,
              picker,
              "Let " + user + " write again?",
              item,
              new InputLine.UnmuteMember(user));
      default ->
          InputLine.ChangeRole.role(item.id())
              .ifPresent(role ->
                  ask(
                      step,
                      picker,
                      "Make " + user + " " + item.id() + " of this room?",
                      item,
                      new InputLine.ChangeRole(user, role)));
    }
  }

  /// The command is in the editor, so that Enter confirms it with the reason.
  private static void askWhy(StepBuilder step, String command, String does) {
    step.overlay = new Overlay.None();
    CommandPalette.begin(
        step, command, "Type a reason, or nothing: " + step.hint(Action.SEND) + " " + does + ".");
  }

  private static void ask(
      StepBuilder step, Picker picker, String prompt, Item item, InputLine line) {
    var list = picker.kind() == Kind.MEMBER ? Kind.MEMBERS : picker.kind();
    Confirmations.ask(
        step, new Question.Run(prompt, item.label(), line, picker.room(), Optional.of(list)));
  }

  /// The effect of Enter on the chosen item.
  public static String verb(Kind kind) {
    return switch (kind) {
      case START -> "chooses, / begins a command";
      case ROOMS -> "goes there or joins";
      case MEMBERS -> "chooses";
      case MEMBER -> "or the letter chooses";
      case INVITATIONS -> "revokes";
      case BANS -> "lifts the ban";
      case REPORTS -> "shows it and asks what you did";
      case JOINS -> "explains: y lets in, n declines";
      case MUTES -> "ends the mute";
      case PINS -> "goes to the message";
      case BOOKMARKS -> "goes to the message, Delete removes";
      case THREADS -> "shows the thread";
      case REMINDERS -> "goes to the message or postpones, Delete removes";
      case DEVICES -> "logs out";
      case BLOCKED -> "unblocks";
      case ADMIN, ACCOUNTS, ACCOUNT, ALL_ROOMS, ANY_ROOM, NETWORK_BANS, ANNOUNCEMENTS ->
          AdministrationActions.verb(kind);
      case SERVERS -> "shows it";
      case SETTINGS -> "changes it";
    };
  }

  public static String title(Picker picker) {
    return switch (picker.kind()) {
      case START -> "Welcome! Where do you want to go?";
      case ROOMS -> "Rooms: yours and the public ones";
      case MEMBERS -> "Members";
      case MEMBER -> picker.subject();
      case INVITATIONS -> "Invitations to this room";
      case BANS -> "Banned from this room";
      case REPORTS -> "Open reports of this room";
      case JOINS -> "Users who ask to join: y lets in, n declines";
      case MUTES -> "Muted in this room";
      case PINS -> "Pinned in this room";
      case BOOKMARKS -> "Your bookmarks";
      case THREADS -> "Threads that you follow";
      case REMINDERS -> "Your reminders";
      case DEVICES -> "Your devices";
      case BLOCKED -> "Users you blocked";
      case ADMIN, ACCOUNTS, ACCOUNT, ALL_ROOMS, ANY_ROOM, NETWORK_BANS, ANNOUNCEMENTS ->
          AdministrationActions.title(picker);
      case SERVERS -> "Servers of this window";
      case SETTINGS -> "Settings";
    };
  }

  /// The text for a list without items.
  public static String whenEmpty(Kind kind) {
    return switch (kind) {
      case START, ROOMS -> "There is no room yet: /create NAME creates one.";
      case MEMBERS, MEMBER, DEVICES, SERVERS, SETTINGS -> "There is nothing to choose from.";
      case INVITATIONS -> "There are no invitations: /invite creates one.";
      case BANS -> "Nobody is banned.";
      case REPORTS -> "There are no open reports.";
      case JOINS -> "Nobody asks to join.";
      case MUTES -> "Nobody is muted.";
      case PINS -> "Nothing is pinned: select a message, Enter and P pin it.";
      case BOOKMARKS -> "No bookmarks: select a message, Enter and b make one.";
      case REMINDERS -> "No reminders: /remind 20m TEXT makes one, or m for a selected message.";
      case THREADS -> "You follow no threads: write in one, or /follow it.";
      case BLOCKED -> "You have blocked nobody.";
      case ADMIN, ACCOUNTS, ACCOUNT, ALL_ROOMS, ANY_ROOM, NETWORK_BANS, ANNOUNCEMENTS ->
          AdministrationActions.whenEmpty(kind);
    };
  }

  /// The text for a list in which no item matches the typed text.
  public static String withoutMatch(Kind kind, String enter) {
    if (kind == Kind.START) return "No match; " + enter + " puts this into the input line.";
    return AdministrationActions.isSearched(kind)
        ? "No match here; " + enter + " searches the server."
        : "No match.";
  }
}
