package kith.terminal.update;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.model.ContactBook;
import kith.terminal.model.Editor;
import kith.terminal.model.Frecency;
import kith.terminal.model.Fuzzy;
import kith.terminal.model.Model;
import kith.terminal.model.OpenServer;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker;
import kith.terminal.model.Room;
import kith.terminal.plain.InputLine;

/// The palette behind Ctrl-K: the user's rooms, the public rooms, people, commands, settings and
/// keys that match the query. Items that were chosen often and recently come first.
public final class CommandPalette {
  private static final int MAX = 50;

  /// The commands with which users of vim quit it.
  private static final Set<String> VIM_QUIT =
      Set.of("q", "q!", "qa", "qa!", "wq", "wq!", "wqa", "wqa!", "x", "x!", "xa", "xa!", "quit");

  /// The commands that a key also runs.
  private static final Map<String, Action> KEYS =
      Map.ofEntries(
          Map.entry("mute", Action.MUTE),
          Map.entry("dnd", Action.DO_NOT_DISTURB),
          Map.entry("mouse", Action.MOUSE),
          Map.entry("theme", Action.THEME),
          Map.entry("find", Action.FIND),
          Map.entry("latest", Action.LATEST),
          Map.entry("to-unread", Action.TO_UNREAD),
          Map.entry("unread", Action.MARK_UNREAD),
          Map.entry("contacts", Action.CONTACTS),
          Map.entry("help", Action.HELP));

  private CommandPalette() {}

  public sealed interface Choice {
    String label();

    /// The text beside the label, which is not searched.
    default String detail() {
      return "";
    }

    /// The key with the same effect; empty if there is none.
    default String key() {
      return "";
    }

    /// The name under which visits are counted.
    String id();
  }

  record ToRoom(String room, String label, String detail, String key) implements Choice {
    @Override
    public String id() {
      return idOfRoom(room);
    }
  }

  record Join(Picker.Item room) implements Choice {
    @Override
    public String label() {
      return room.label();
    }

    @Override
    public String detail() {
      return "not joined, " + room.detail();
    }

    @Override
    public String id() {
      return idOfRoom(room.id());
    }
  }

  record Write(String user) implements Choice {
    @Override
    public String label() {
      return "@" + user;
    }

    @Override
    public String detail() {
      return "write to " + user;
    }

    @Override
    public String id() {
      return "user " + user;
    }
  }

  /// @param room absent for the server as it was left
  record ToServer(OpenServer server, Optional<OpenServer.OtherRoom> room) implements Choice {
    @Override
    public String label() {
      return room.map(OpenServer.OtherRoom::name).orElse(server.name());
    }

    @Override
    public String detail() {
      return room.isPresent()
          ? "on " + server.name()
          : ("server  " + ServerActions.detail(server)).strip();
    }

    @Override
    public String id() {
      return "server " + server.name() + room.map(it -> " " + it.id()).orElse("");
    }
  }

  /// A setting that the server keeps.
  record Change(Picker.Item rule) implements Choice {
    @Override
    public String label() {
      return rule.label();
    }

    @Override
    public String detail() {
      return "now: " + rule.detail();
    }

    @Override
    public String id() {
      return "setting " + rule.label();
    }
  }

  /// @param value the present one of the setting that the command changes; empty for others
  record Run(String command, String label, String value, String key) implements Choice {
    @Override
    public String detail() {
      return value;
    }

    @Override
    public String id() {
      return "command " + command;
    }

    /// Usages separate the arguments from the meaning by two spaces.
    boolean hasArguments() {
      return !label.startsWith("/" + command + "  ");
    }
  }

  /// @param value the present one of the setting that the action changes; empty for others
  record Do(Action action, String value, String key) implements Choice {
    @Override
    public String detail() {
      return value;
    }

    @Override
    public String label() {
      return action.meaning();
    }

    @Override
    public String id() {
      return "key " + action.configName();
    }
  }

  /// @param points for earlier choices
  private record Scored(Choice choice, Fuzzy.Match match, double points) {}

  static String idOfRoom(String room) {
    return "room " + room;
  }

  static void open(StepBuilder step) {
    step.overlay = Overlay.Palette.empty();
    SettingsList.load(step);
    if (step.offers("directory")) step.request(new Request.Items(Picker.Kind.ROOMS, ""));
  }

  /// The public rooms and the settings that were asked for when the palette was opened.
  static boolean listed(StepBuilder step, Picker.Kind kind, List<Picker.Item> items) {
    if (!(step.overlay instanceof Overlay.Palette palette)) return false;
    if (kind == Picker.Kind.ROOMS) step.overlay = palette.withRooms(items);
    else if (kind == Picker.Kind.SETTINGS) step.overlay = palette.withRules(items);
    return true;
  }

  /// A match at the beginning of the label or of a word of it is better than any other, and matches
  /// of scattered letters are left out beside it. Matches of the same kind are sorted by earlier
  /// choices.
  public static List<Choice> choices(Model model, Overlay.Palette palette) {
    var visits = model.settings().preferences().visits().orElse(List.of());
    var found =
        Stream.of(
                rooms(model),
                publicRooms(model, palette.rooms()),
                people(model),
                servers(model),
                commands(model),
                palette.rules().stream().map(Change::new),
                keys(model))
            .flatMap(it -> it)
            .map(choice -> scored(choice, palette.query(), visits))
            .flatMap(Optional::stream)
            .toList();
    boolean isClear = found.stream().anyMatch(it -> Fuzzy.isClear(it.match()));
    var best =
        found.stream()
            .filter(it -> !isClear || it.match().kind() != Fuzzy.Kind.SCATTERED)
            .sorted(
                Comparator.comparing((Scored it) -> it.match().kind())
                    .thenComparing(Comparator.comparingDouble(Scored::points).reversed())
                    .thenComparing(Scored::match))
            .map(Scored::choice);
    return Stream.concat(quit(model, palette.query()), best).limit(MAX).toList();
  }

  private static Optional<Scored> scored(Choice choice, String query, List<Frecency.Visit> visits) {
    return Fuzzy.match(choice.label(), query)
        .map(match -> new Scored(choice, match, Frecency.points(visits, choice.id())));
  }

  /// In the keys of vim, `:q` quits. Nothing is lost by it: unsent texts and messages are on disk.
  private static Stream<Choice> quit(Model model, String query) {
    boolean isQuit = model.settings().keys().isModal() && VIM_QUIT.contains(query.strip());
    return isQuit
        ? Stream.of(new Do(Action.QUIT, "", model.settings().keys().hint(Action.QUIT)))
        : Stream.empty();
  }

  private static Stream<Choice> rooms(Model model) {
    return model.rooms().stream()
        .map(room -> new ToRoom(room.id(), room.name(), preview(room), key(model, room)));
  }

  private static String preview(Room room) {
    return room.listing()
        .latest()
        .map(it -> it.by() + ": " + it.text().orElse("(removed)"))
        .orElse("");
  }

  private static String key(Model model, Room room) {
    var number = model.numbers().of(room.id());
    return model.settings().keys().chords(Layer.ALWAYS, Action.ROOM_BY_NUMBER).stream()
        .filter(chord -> number.isPresent() && chord.endsWith("-" + number.getAsInt()))
        .findFirst()
        .orElse("");
  }

  private static Stream<Choice> publicRooms(Model model, List<Picker.Item> rooms) {
    return rooms.stream().filter(it -> model.room(it.id()).isEmpty()).map(Join::new);
  }

  /// Contacts and the members of the current room, unless the list of rooms has a conversation with
  /// them.
  private static Stream<Choice> people(Model model) {
    var known = new HashSet<String>();
    known.add(model.user());
    model.rooms().forEach(room -> room.listing().with().ifPresent(known::add));
    var contacts =
        model.contacts().sorted().stream()
            .filter(it -> it.kind() == ContactBook.Kind.CONTACT)
            .map(it -> it.contact().user());
    var members =
        model.currentRoom().stream().flatMap(it -> it.members().stream()).map(Member::user);
    return Stream.concat(contacts, members).filter(known::add).map(Write::new);
  }

  /// The other servers of the window, and their rooms.
  private static Stream<Choice> servers(Model model) {
    return model.otherServers().stream()
        .flatMap(server ->
            Stream.concat(
                Stream.of(new ToServer(server, Optional.empty())),
                server.rooms().stream().map(room -> new ToServer(server, Optional.of(room)))));
  }

  private static Stream<Choice> commands(Model model) {
    return SubmittedLine.usages().entrySet().stream()
        .map(it -> {
          var action = Optional.ofNullable(KEYS.get(it.getKey()));
          return new Run(
              it.getKey(),
              it.getValue(),
              action.map(that -> value(model, that)).orElse(""),
              action.map(that -> model.settings().keys().hint(that)).orElse(""));
        });
  }

  private static String value(Model model, Action action) {
    return SettingsList.value(model, action).map(it -> "now: " + it).orElse("");
  }

  /// Keys for the editor are left out: they have no use here.
  private static Stream<Choice> keys(Model model) {
    var keys = model.settings().keys();
    return Arrays.stream(Action.values())
        .filter(action -> action.group() != Action.Group.WRITING)
        .filter(action -> action != Action.PALETTE && action != Action.ROOM_BY_NUMBER)
        .filter(action -> !KEYS.containsValue(action))
        .filter(action -> !keys.chords(Layer.ALWAYS, action).isEmpty())
        .map(action -> new Do(action, value(model, action), keys.hint(action)));
  }

  static void act(StepBuilder step, Overlay.Palette palette, Action action) {
    var choices = choices(step.model(), palette);
    int last = Math.max(0, choices.size() - 1);
    switch (action) {
      case UP, ROOM_BEFORE -> choose(step, palette, Math.max(0, palette.chosen() - 1));
      case DOWN, ROOM_AFTER, PALETTE, COMPLETE ->
          choose(step, palette, Math.min(last, palette.chosen() + 1));
      case BACKSPACE -> ask(step, palette, Pickers.withoutLast(palette.query()));
      case DELETE_WORD, DELETE_TO_START -> ask(step, palette, "");
      case SEND -> {
        step.overlay = new Overlay.None();
        if (palette.chosen() >= choices.size()) return;
        execute(step, choices.get(palette.chosen()));
      }
      case CANCEL, INTERRUPT -> step.overlay = new Overlay.None();
      default -> {}
    }
  }

  static void ask(StepBuilder step, Overlay.Palette palette, String query) {
    step.overlay = palette.asking(query);
  }

  private static void choose(StepBuilder step, Overlay.Palette palette, int chosen) {
    step.overlay = palette.choosing(chosen);
  }

  private static void execute(StepBuilder step, Choice choice) {
    // a visit of a room counts for any way of entering it
    if (!(choice instanceof ToRoom)) step.visited(choice.id());
    switch (choice) {
      case ToRoom(var room, _, _, _) -> RoomNavigation.goTo(step, room);
      case Join(var room) -> Pickers.toRoom(step, room);
      case Write(var user) ->
          ContactActions.ask(step, new InputLine.Message(user, Optional.empty()));
      case Do(var action, _, _) -> Update.act(step, action);
      case ToServer(var server, var room) ->
          step.request(new Request.ShowServer(server.seat(), room.map(OpenServer.OtherRoom::id)));
      case Change(var rule) -> SettingsList.change(step, rule);
      case Run run -> {
        if (run.hasArguments()) begin(step, "/" + run.command() + " ", run.label());
        else SubmittedLine.run(step, "/" + run.command());
      }
    }
  }

  /// Puts the beginning of a command into the editor.
  static void begin(StepBuilder step, String text, String hint) {
    SubmittedLine.addToHistory(step, step.editor.text());
    step.editor = Editor.of(text, new Editor.Say());
    step.isNormal = false;
    step.info(hint);
  }
}
