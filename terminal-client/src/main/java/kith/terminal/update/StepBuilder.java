package kith.terminal.update;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Joining.OwnJoinRequest;
import kith.terminal.config.Conf;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.model.ContactBook;
import kith.terminal.model.Download;
import kith.terminal.model.DueReminders;
import kith.terminal.model.Editor;
import kith.terminal.model.Form;
import kith.terminal.model.Latency;
import kith.terminal.model.Model;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.OpenServer;
import kith.terminal.model.Overlay;
import kith.terminal.model.Preferences;
import kith.terminal.model.PresenceState;
import kith.terminal.model.Room;
import kith.terminal.model.RoomCommands;
import kith.terminal.model.RoomNumbers;
import kith.terminal.model.Size;
import kith.terminal.model.Spelling;
import kith.terminal.model.UserActivity;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.Features;
import kith.terminal.net.SessionCommand;

/// A mutable copy of the model during one update. It never leaves `Update.update`.
final class StepBuilder {
  final Moment moment;
  final ZoneId zone;
  Size size;
  String theme;
  final Conf conf;
  Preferences preferences;
  boolean hasMouse;
  boolean isNormal;
  Optional<Form> form;
  String user;
  String server;
  UserActivity activity;
  PresenceState presence;
  ContactBook contacts;
  List<OwnJoinRequest> joinRequests;
  List<ServerFrame.Moderation> unlisted;
  DueReminders reminders;
  ConnectionState connection;
  Instant ticked;
  Latency latency;
  final List<Room> rooms;
  RoomNumbers numbers;
  Optional<String> current;
  Optional<String> previous;
  Editor editor;
  Overlay overlay;
  Notice notice;
  final List<String> sent;
  int recalled;
  Optional<Download> download;
  RoomCommands commands;
  Spelling spelling;
  List<OpenServer> servers;
  boolean isOver;
  private final List<Request> requests = new ArrayList<>();

  StepBuilder(Model model, Moment moment) {
    this.moment = moment;
    size = model.size();
    zone = model.settings().zone();
    theme = model.settings().theme();
    conf = model.settings().conf();
    preferences = model.settings().preferences();
    hasMouse = model.settings().hasMouse();
    isNormal = model.settings().isNormal();
    form = model.form();
    user = model.user();
    server = model.server();
    activity = model.activity();
    presence = model.presence();
    contacts = model.contacts();
    joinRequests = model.joinRequests();
    unlisted = model.unlisted();
    reminders = model.reminders();
    connection = model.connection();
    ticked = model.ticked();
    latency = model.latency();
    rooms = new ArrayList<>(model.rooms());
    numbers = model.numbers();
    current = model.current();
    previous = model.previous();
    editor = model.editor();
    overlay = model.overlay();
    notice = model.notice();
    sent = new ArrayList<>(model.sent());
    recalled = model.recalled();
    download = model.download();
    commands = model.commands();
    spelling = model.spelling();
    servers = model.servers();
    isOver = model.isOver();
  }

  Step build() {
    return new Step(model(), requests);
  }

  Model model() {
    return new Model(
        size,
        new Model.Settings(conf, zone, theme, preferences, hasMouse, isNormal),
        form,
        user,
        server,
        activity,
        presence,
        contacts,
        joinRequests,
        unlisted,
        reminders,
        connection,
        ticked,
        latency,
        rooms,
        numbers,
        current,
        previous,
        editor,
        overlay,
        notice,
        sent,
        recalled,
        download,
        commands,
        spelling,
        servers,
        isOver);
  }

  Keymap keys() {
    return conf.keys();
  }

  /// The first key of an action, for hints.
  String hint(Action action) {
    return keys().hint(action);
  }

  void request(Request request) {
    requests.add(request);
  }

  void request(SessionCommand command) {
    request(new Request.Session(command));
  }

  void info(String line) {
    notice = new Notice(List.of(line), false);
  }

  void error(String line) {
    notice = new Notice(List.of(line), true);
  }

  /// Remembers that the user chose it.
  void visited(String id) {
    preferences = preferences.visited(id, moment.now());
  }

  /// Whether the server has a feature, as far as that is known.
  boolean offers(String feature) {
    return !(connection instanceof ConnectionState.Online(var welcome))
        || Features.of(welcome).has(feature);
  }

  Optional<Room> room(String id) {
    return rooms.stream().filter(room -> room.id().equals(id)).findFirst();
  }

  Optional<Room> currentRoom() {
    return current.flatMap(this::room);
  }

  /// The current room, or the thread that has the focus in it: the view on which keys act.
  Optional<Room> shownRoom() {
    return currentRoom().map(Room::shown);
  }

  /// Changes the timeline or the reading of the shown view.
  void changeShown(UnaryOperator<Room> how) {
    changeCurrent(room -> room.afterShown(how.apply(room.shown())));
  }

  /// Changes the timeline or the reading of the thread that is open in the current room.
  void changeThread(UnaryOperator<Room> how) {
    changeCurrent(
        room -> room.thread().map(thread -> room.afterThread(how.apply(thread))).orElse(room));
  }

  boolean isCurrent(String room) {
    return current.equals(Optional.of(room));
  }

  void change(String id, UnaryOperator<Room> how) {
    rooms.replaceAll(room -> room.id().equals(id) ? how.apply(room) : room);
  }

  void changeCurrent(UnaryOperator<Room> how) {
    current.ifPresent(id -> change(id, how));
  }
}
