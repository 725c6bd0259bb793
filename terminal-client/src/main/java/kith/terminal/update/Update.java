package kith.terminal.update;

import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.Panes;
import kith.terminal.model.Download;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.model.Timeline;
import kith.terminal.model.UserActivity;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;

/// The client's reaction to each input, as a pure function.
public final class Update {
  private static final int PAGE = 100;

  /// Loads the next page when the screen is this many entries from the edge of the window.
  private static final int NEARLY = 20;

  private Update() {}

  public static Step update(Model model, Input input, Moment moment) {
    var step = new StepBuilder(model, moment);
    if (input.isUserActivity()) step.activity = step.activity.keyAt(moment.now());
    apply(step, input);
    if (step.connection instanceof ConnectionState.Waiting) whileWaiting(step, input);
    OwnPosts.settle(step);
    Notices.date(step, model.notice());
    updateVisible(step);
    RoomOrder.apply(step);
    PresenceRequests.update(step, input);
    if (!step.preferences.equals(model.settings().preferences())
        && !(input instanceof Input.PreferencesLoaded)) {
      step.request(new Request.SavePreferences(step.preferences));
    }
    if (!(input instanceof Input.DraftsLoaded)) Drafts.keep(step, model);
    SpellCheck.update(step, model);
    if (step.hasMouse != model.settings().hasMouse()) {
      step.request(new Request.Mouse(step.hasMouse));
    }
    if (!title(step.model()).equals(title(model))) {
      step.request(new Request.Title(title(step.model())));
    }
    return step.build();
  }

  /// An activity of the user ends a long wait for the next attempt to connect, as often as the
  /// session permits it.
  private static void whileWaiting(StepBuilder step, Input input) {
    step.ticked = step.moment.now();
    if (input.isUserActivity()) step.request(new SessionCommand.Wake());
  }

  private static void apply(StepBuilder step, Input input) {
    switch (input) {
      case Input.Focused(var is) -> step.activity = step.activity.focused(is);
      case Input.Key(var chord) -> pressed(step, chord);
      case Input.Clicked(var column, var row) -> MouseActions.clicked(step, column, row);
      case Input.Wheeled(var isUp, var column, var row) ->
          MouseActions.wheeled(step, isUp, column, row);
      case Input.Typed(var text) -> typed(step, text);
      case Input.Pasted(var text) -> pasted(step, text);
      case Input.Resized(var size) -> Splits.resize(step, size);
      case Input.Servers(var servers) -> step.servers = servers;
      case Input.Shown(var theme, var hasMouse, var room) ->
          ServerActions.shown(step, theme, hasMouse, room);
      case Input.Hidden(var lastKey) -> step.activity = new UserActivity(false, lastKey);
      case Input.Net(var event) -> EventUpdate.apply(step, event);
      case Input.Tick() -> {
        step.contacts = step.contacts.current(step.moment.now());
        Notices.expire(step);
        Moderations.expire(step);
        SignInActions.tick(step);
      }
      case Input.Offered(var offer) -> SignInActions.offered(step, offer);
      case Input.SignInBegun(var provider, var begun) -> SignInActions.begun(step, provider, begun);
      case Input.SignInRefused(var signIn, var code, var sentence, var retryAfter) ->
          SignInActions.refused(step, signIn, code, sentence, retryAfter);
      case Input.PreferencesLoaded(var preferences) -> step.preferences = preferences;
      case Input.DraftsLoaded(var drafts) -> Drafts.restore(step, drafts);
      case Input.CacheLoaded(var rooms) -> Caching.restore(step, rooms);
      case Input.LoggedIn(var user, var server, var left, var refused, var uploads) -> {
        step.form = Optional.empty();
        step.user = user;
        step.server = server;
        step.activity = step.activity.keyAt(step.moment.now());
        OwnPosts.restore(step, left, refused);
        FileActions.restore(step, uploads);
      }
      case Input.NotLoggedIn(var code, var sentence) ->
          step.form = step.form.map(form -> FormActions.onRefused(form, code, sentence));
      case Input.Entered(var room) -> RoomNavigation.enter(step, room);
      case Input.ConversationOpened(var room, var text) -> {
        RoomNavigation.enter(step, room);
        text.ifPresent(words -> OwnPosts.send(step, words));
      }
      case Input.Left(var room) -> {
        var name = step.room(room).map(Room::name);
        RoomNavigation.remove(step, room);
        name.ifPresent(it -> step.info("You left " + it + "."));
      }
      case Input.Described(var room) -> {
        step.change(room.room(), it -> it.named(room.title(), room.topic()));
        Moderations.described(step, room.room(), room.moderation());
      }
      case Input.Spelled(var verdicts) -> SpellCheck.answered(step, verdicts);
      case Input.Learned(var word) -> SpellCheck.learned(step, word);
      case Input.RulesLoaded(var rules) ->
          step.preferences = step.preferences.withQuietHours(rules.quiet());
      case Input.ThreadLoaded(var room, var asked, var before, var page) ->
          ThreadActions.loaded(step, room, asked, before, page);
      case Input.ThreadNotLoaded(var room, var asked, var sentence) ->
          ThreadActions.notLoaded(step, room, asked, sentence);
      case Input.RepliesCounted(var room, var counts) -> ThreadActions.counted(step, room, counts);
      case Input.Members(var room, var members) -> step.change(room, it -> it.withMembers(members));
      case Input.CommandsListed(var room, var commands) -> BotCommands.listed(step, room, commands);
      case Input.Listed(var kind, var room, var items) -> Pickers.listed(step, kind, room, items);
      case Input.Invited(var lines, var link, var room) -> {
        ScreenCommands.copy(step, link);
        var all = new ArrayList<>(lines);
        all.addAll(step.notice.lines());
        Notices.answer(step, all, false, room);
      }
      case Input.PasswordChanged() -> {
        if (step.overlay instanceof Overlay.ChangePassword) step.overlay = new Overlay.None();
        step.info("The password is changed. All other devices are logged out.");
      }
      case Input.PasswordRefused(var code, var sentence) ->
          FormActions.passwordRefused(step, code, sentence);
      case Input.Answer(var lines, var isError, var room) -> {
        if (isError) Pickers.onError(step);
        Notices.answer(step, lines, isError, room);
      }
      case Input.EditedExternally(var text) -> step.editor = step.editor.with("").insert(text);
      case Input.NotEdited(var why) -> step.error(why);
      case Input.FileFound found -> FileActions.onFound(step, found);
      case Input.PathsListed(var typed, var paths) -> FileActions.onPaths(step, typed, paths);
      case Input.UploadCreated(var upload) -> FileActions.onCreated(step, upload);
      case Input.UploadProgress(var upload, var done) -> FileActions.onProgress(step, upload, done);
      case Input.UploadWaits(var upload) -> FileActions.onWaiting(step, upload);
      case Input.Uploaded(var upload) -> FileActions.onUploaded(step, upload);
      case Input.UploadFailed(var upload, var why) -> FileActions.onFailed(step, upload, why);
      case Input.DownloadProgress(var name, var done, var size) ->
          step.download = step.download.map(_ -> new Download(name, done, size));
      case Input.Previewed found -> FileActions.onPreviewed(step, found);
      case Input.Found found -> ServerSearches.found(step, found);
      case Input.NotFound(var query, var sentence) -> ServerSearches.failed(step, query, sentence);
      case Input.Downloaded(var lines, var isError) ->
          FileActions.onDownloaded(step, lines, isError);
      case Input.Hangup() -> step.isOver = true;
    }
  }

  private static void pressed(StepBuilder step, String chord) {
    boolean isNormal = step.isNormal && step.form.isEmpty() && step.overlay instanceof Overlay.None;
    var action = isNormal ? step.keys().action(Layer.NORMAL, chord) : Optional.<Action>empty();
    action.or(() -> step.keys().action(Layer.ALWAYS, chord)).ifPresent(it -> act(step, it, chord));
  }

  /// @param chord the pressed key, for an action that depends on it
  static void act(StepBuilder step, Action action, String chord) {
    if (action == Action.ROOM_BY_NUMBER) goToNumber(step, chord);
    else act(step, action);
  }

  private static void goToNumber(StepBuilder step, String chord) {
    if (step.form.isPresent()) return;
    step.overlay = new Overlay.None();
    RoomNavigation.goToNumber(step, Character.digit(chord.charAt(chord.length() - 1), 10));
  }

  static void act(StepBuilder step, Action action) {
    if (action == Action.QUIT) {
      step.isOver = true;
    } else if (action == Action.NEXT_SERVER) {
      ServerActions.next(step);
    } else if (step.form.isPresent()) {
      FormActions.act(step, step.form.get(), action);
    } else {
      switch (step.overlay) {
        case Overlay.None() -> ChatActions.act(step, action);
        case Overlay.MessageMenu() -> SelectionActions.act(step, action);
        case Overlay.Confirm(var deed) -> Confirmations.act(step, deed, action);
        case Overlay.ContactList(var chosen) -> ContactActions.act(step, chosen, action);
        case Overlay.Pick(var picker) -> Pickers.act(step, picker, action);
        case Overlay.ChangePassword(var form) -> FormActions.changePassword(step, form, action);
        case Overlay.Help help -> HelpActions.act(step, help, action);
        case Overlay.Palette palette -> CommandPalette.act(step, palette, action);
        case Overlay.Preview _ -> FileActions.closePreview(step, action);
        case Overlay.Find find -> Search.act(step, find, action);
        case Overlay.SearchAll(var search) -> ServerSearches.act(step, search, action);
        case Overlay.Completions list -> Completion.act(step, list, action);
      }
    }
  }

  private static void pasted(StepBuilder step, String text) {
    if (step.overlay instanceof Overlay.Completions) step.overlay = new Overlay.None();
    boolean isForEditor = step.form.isEmpty() && step.overlay instanceof Overlay.None;
    if (isForEditor) ChatActions.pasted(step, text);
    else if (step.form.isEmpty() && step.overlay instanceof Overlay.Pick(var picker))
      Pickers.pasted(step, picker, text);
    else typed(step, text);
  }

  private static void typed(StepBuilder step, String text) {
    if (step.form.isPresent()) {
      step.form = step.form.map(form -> FormActions.typed(form, text));
      return;
    }
    switch (step.overlay) {
      case Overlay.None() -> ChatActions.typed(step, text);
      case Overlay.MessageMenu() -> SelectionActions.typed(step, text);
      case Overlay.Find find -> Search.typed(step, find, find.query() + text.replace("\n", " "));
      case Overlay.SearchAll(var search) -> ServerSearches.typed(step, search, text);
      case Overlay.ContactList(var chosen) -> ContactActions.typed(step, chosen, text);
      case Overlay.Pick(var picker) -> Pickers.typed(step, picker, text);
      case Overlay.ChangePassword(var form) ->
          step.overlay = new Overlay.ChangePassword(FormActions.typed(form, text));
      case Overlay.Completions _ -> Completion.typed(step, text);
      // letters do not answer a question, because the user may still be typing a message
      case Overlay.Confirm _ -> {}
      case Overlay.Preview _ -> step.overlay = new Overlay.None();
      case Overlay.Help(var query, _) ->
          step.overlay = new Overlay.Help(query + text.replace("\n", " "), 0);
      case Overlay.Palette palette ->
          CommandPalette.ask(step, palette, palette.query() + text.replace("\n", " "));
    }
  }

  /// Effects of the visible entries: marks them as read and loads missing pages.
  private static void updateVisible(StepBuilder step) {
    if (step.form.isPresent() || step.currentRoom().isEmpty()) return;
    ReadTracking.markRead(step);
    ThreadActions.updateVisible(step);
    var room = step.currentRoom().get();
    if (ThreadActions.showsRoom(step, room)) fetch(step, room);
    Splits.shown(step).ifPresent(other -> fetch(step, other));
  }

  private static void fetch(StepBuilder step, Room room) {
    var log = room.log();
    if (log.isLoading() || log.isUnlisted()) return;
    if (log.isCached()) {
      ask(step, room.id(), OptionalLong.of(log.before()), OptionalLong.empty());
      return;
    }
    var anchor = room.reading().anchor();
    if (anchor.isEmpty() && !log.reachesEnd()) {
      // the window ends before the end of the log, which the screen shows: load the end
      step.change(room.id(), it -> it.with(Timeline.endingAt(log.end())));
      ask(step, room.id(), OptionalLong.of(log.end() + 1), OptionalLong.empty());
      return;
    }
    var window = Panes.scroll(step.model(), room).window(anchor);
    if (!log.isWhole() && (window.isShort() || window.first() < NEARLY)) {
      ask(step, room.id(), OptionalLong.of(log.before()), OptionalLong.empty());
    } else if (anchor.isPresent()
        && !log.reachesEnd()
        && anchor.get().seq() + NEARLY > log.last()) {
      ask(step, room.id(), OptionalLong.empty(), OptionalLong.of(log.last()));
    }
  }

  private static void ask(StepBuilder step, String room, OptionalLong before, OptionalLong after) {
    step.change(room, it -> it.with(it.log().loading(true)));
    // the id carries the direction, because the answer does not
    var id = (before.isPresent() ? EventUpdate.OLDER : EventUpdate.NEWER) + step.moment.id();
    step.request(
        new SessionCommand.History(
            new ClientFrame.History(id, room, before, after, OptionalInt.of(PAGE))));
  }

  private static String title(Model model) {
    if (model.form().map(Form::isSignUp).isPresent()) return "kith";
    int unread =
        model.rooms().stream()
            .filter(Room::needsAttention)
            .mapToInt(it -> it.reading().unread())
            .sum();
    var where = model.currentRoom().map(room -> room.name() + " – kith").orElse("kith");
    return (unread == 0 ? "" : "(" + unread + ") ") + where;
  }
}
