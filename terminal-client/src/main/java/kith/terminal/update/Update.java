package kith.terminal.update;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.Panes;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.model.Timeline;
import kith.terminal.net.SessionCommand;

/// What the client does about each thing that happens: a pure function.
public final class Update {
  private static final int PAGE = 100;

  /// So many entries before the edge of what is at hand, more is asked for.
  private static final int NEARLY = 20;

  private Update() {}

  public static Step update(Model model, Input input, Moment moment) {
    var draft = new Draft(model, moment);
    if (input.isOfSomebody()) draft.eyes = draft.eyes.keyAt(moment.now());
    apply(draft, input);
    settle(draft);
    Sorting.settle(draft);
    Company.settle(draft, input);
    if (!draft.habits.equals(model.settings().habits()) && !(input instanceof Input.Remembered)) {
      draft.want(new Request.KeepHabits(draft.habits));
    }
    if (draft.hasMouse != model.settings().hasMouse()) {
      draft.want(new Request.Mouse(draft.hasMouse));
    }
    if (!title(draft.model()).equals(title(model))) {
      draft.want(new Request.Title(title(draft.model())));
    }
    return draft.done();
  }

  private static void apply(Draft draft, Input input) {
    switch (input) {
      case Input.Focused(var is) -> draft.eyes = draft.eyes.focused(is);
      case Input.Key(var chord) -> pressed(draft, chord);
      case Input.Clicked(var column, var row) -> Mice.clicked(draft, column, row);
      case Input.Wheeled(var isUp) -> Mice.wheeled(draft, isUp);
      case Input.Typed(var text) -> typed(draft, text);
      case Input.Resized(var size) -> draft.size = size;
      case Input.Net(var event) -> News.apply(draft, event);
      case Input.Tick() -> {}
      case Input.Remembered(var habits) -> draft.habits = habits;
      case Input.LoggedIn(var user, var left) -> {
        draft.form = Optional.empty();
        draft.user = user;
        draft.eyes = draft.eyes.keyAt(draft.moment.now());
        Outgoing.left(draft, left);
      }
      case Input.NotLoggedIn(var code, var sentence) ->
          draft.form = draft.form.map(form -> Forms.refused(form, code, sentence));
      case Input.Entered(var room) -> Rooms.entered(draft, room);
      case Input.Talking(var room, var text) -> {
        Rooms.entered(draft, room);
        text.ifPresent(words -> Outgoing.say(draft, words));
      }
      case Input.Left(var room) -> Rooms.forget(draft, room);
      case Input.Described(var room) ->
          draft.change(room.room(), it -> it.named(room.title(), room.topic()));
      case Input.Members(var room, var members) ->
          draft.change(room, it -> it.withMembers(members));
      case Input.Said(var lines, var isError) -> draft.notice = new Notice(lines, isError);
      case Input.EditedOutside(var text) -> draft.editor = draft.editor.with("").insert(text);
      case Input.NotEdited(var why) -> draft.complain(why);
      case Input.Hangup() -> draft.isOver = true;
    }
  }

  private static void pressed(Draft draft, String chord) {
    boolean isNormal =
        draft.isNormal && draft.form.isEmpty() && draft.overlay instanceof Overlay.None;
    var action = isNormal ? draft.keys().action(Layer.NORMAL, chord) : Optional.<Action>empty();
    action
        .or(() -> draft.keys().action(Layer.ALWAYS, chord))
        .ifPresent(it -> act(draft, it, chord));
  }

  /// @param chord what was pressed, for an action that depends on it
  static void act(Draft draft, Action action, String chord) {
    if (action == Action.ROOM_BY_NUMBER) number(draft, chord);
    else act(draft, action);
  }

  private static void number(Draft draft, String chord) {
    if (draft.form.isPresent()) return;
    draft.overlay = new Overlay.None();
    Rooms.goToNumber(draft, Character.digit(chord.charAt(chord.length() - 1), 10));
  }

  static void act(Draft draft, Action action) {
    if (action == Action.QUIT) {
      draft.isOver = true;
    } else if (draft.form.isPresent()) {
      Forms.act(draft, draft.form.get(), action);
    } else {
      switch (draft.overlay) {
        case Overlay.None() -> Talk.act(draft, action);
        case Overlay.Acting() -> Selecting.act(draft, action);
        case Overlay.Confirm(var deed) -> Deeds.act(draft, deed, action);
        case Overlay.Acquaintances(var chosen) -> Acquainting.act(draft, chosen, action);
        case Overlay.Help(var scrolled) -> help(draft, action, scrolled);
        case Overlay.Palette palette -> Palettes.act(draft, palette, action);
        case Overlay.Find find -> Finding.act(draft, find, action);
      }
    }
  }

  private static void help(Draft draft, Action action, int scrolled) {
    int page = Math.max(1, draft.size.rows() - 4);
    int most = Math.max(0, draft.keys().help().size() - page);
    int by =
        switch (action) {
          case UP, LINE_UP -> -1;
          case DOWN, LINE_DOWN -> 1;
          case PAGE_UP -> -page;
          case PAGE_DOWN, SEND -> page;
          default -> 0;
        };
    draft.overlay =
        by == 0 ? new Overlay.None() : new Overlay.Help(Math.clamp(scrolled + by, 0, most));
  }

  private static void typed(Draft draft, String text) {
    if (draft.form.isPresent()) {
      draft.form = draft.form.map(form -> Forms.typed(form, text));
      return;
    }
    switch (draft.overlay) {
      case Overlay.None() -> Talk.typed(draft, text);
      case Overlay.Acting() -> Selecting.typed(draft, text);
      case Overlay.Find find -> Finding.typed(draft, find, find.query() + text.replace("\n", " "));
      case Overlay.Acquaintances(var chosen) -> Acquainting.typed(draft, chosen, text);
      // somebody who writes on did not read the question: no letter answers it
      case Overlay.Confirm _ -> {}
      case Overlay.Help _ -> {
        if (text.equals("q")) draft.overlay = new Overlay.None();
      }
      case Overlay.Palette(var query, _) ->
          draft.overlay = new Overlay.Palette(query + text.replace("\n", " "), 0);
    }
  }

  /// What follows from what is on the screen now: it is read, and what it lacks is asked for.
  private static void settle(Draft draft) {
    if (draft.form.isPresent() || draft.here().isEmpty()) return;
    Seeing.settle(draft);
    fetch(draft, draft.here().get());
  }

  private static void fetch(Draft draft, Room room) {
    var log = room.log();
    if (log.isLoading()) return;
    var anchor = room.reading().anchor();
    if (anchor.isEmpty() && !log.reachesEnd()) {
      // the window is further up than what is looked at: begin again at the end
      draft.change(room.id(), it -> it.with(Timeline.endingAt(log.end())));
      ask(draft, room.id(), OptionalLong.of(log.end() + 1), OptionalLong.empty());
      return;
    }
    var window = Panes.scroll(draft.model(), room).window(anchor);
    if (!log.isWhole() && (window.isShort() || window.first() < NEARLY)) {
      ask(draft, room.id(), OptionalLong.of(log.before()), OptionalLong.empty());
    } else if (anchor.isPresent()
        && !log.reachesEnd()
        && anchor.get().seq() + NEARLY > log.last()) {
      ask(draft, room.id(), OptionalLong.empty(), OptionalLong.of(log.last()));
    }
  }

  private static void ask(Draft draft, String room, OptionalLong before, OptionalLong after) {
    draft.change(room, it -> it.with(it.log().loading(true)));
    // the direction is in the id: the answer does not say it
    var id = (before.isPresent() ? News.OLDER : News.NEWER) + draft.moment.id();
    draft.want(
        new SessionCommand.History(
            new ClientFrame.History(id, room, before, after, OptionalInt.of(PAGE))));
  }

  private static String title(Model model) {
    if (model.form().map(Form::isSignUp).isPresent()) return "kith";
    int unread =
        model.rooms().stream().filter(Room::calls).mapToInt(it -> it.reading().unread()).sum();
    var where = model.here().map(room -> room.name() + " – kith").orElse("kith");
    return (unread == 0 ? "" : "(" + unread + ") ") + where;
  }
}
