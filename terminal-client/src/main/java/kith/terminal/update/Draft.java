package kith.terminal.update;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kith.terminal.config.Conf;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.model.Contacts;
import kith.terminal.model.Editor;
import kith.terminal.model.Eyes;
import kith.terminal.model.Form;
import kith.terminal.model.Habits;
import kith.terminal.model.Model;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.People;
import kith.terminal.model.Pulse;
import kith.terminal.model.Room;
import kith.terminal.model.Size;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;

/// The model while one step is worked out. It never leaves `Update.update`.
final class Draft {
  final Moment moment;
  final ZoneId zone;
  Size size;
  String theme;
  final Conf conf;
  Habits habits;
  boolean hasMouse;
  boolean isNormal;
  Optional<Form> form;
  String user;
  Eyes eyes;
  People people;
  Contacts contacts;
  ConnectionState connection;
  Pulse pulse;
  final List<Room> rooms;
  Optional<String> current;
  Optional<String> previous;
  Editor editor;
  Overlay overlay;
  Notice notice;
  final List<String> sent;
  int recalled;
  boolean isOver;
  private final List<Request> requests = new ArrayList<>();

  Draft(Model model, Moment moment) {
    this.moment = moment;
    size = model.size();
    zone = model.settings().zone();
    theme = model.settings().theme();
    conf = model.settings().conf();
    habits = model.settings().habits();
    hasMouse = model.settings().hasMouse();
    isNormal = model.settings().isNormal();
    form = model.form();
    user = model.user();
    eyes = model.eyes();
    people = model.people();
    contacts = model.contacts();
    connection = model.connection();
    pulse = model.pulse();
    rooms = new ArrayList<>(model.rooms());
    current = model.current();
    previous = model.previous();
    editor = model.editor();
    overlay = model.overlay();
    notice = model.notice();
    sent = new ArrayList<>(model.sent());
    recalled = model.recalled();
    isOver = model.isOver();
  }

  Step done() {
    return new Step(model(), requests);
  }

  Model model() {
    return new Model(
        size,
        new Model.Settings(conf, zone, theme, habits, hasMouse, isNormal),
        form,
        user,
        eyes,
        people,
        contacts,
        connection,
        pulse,
        rooms,
        current,
        previous,
        editor,
        overlay,
        notice,
        sent,
        recalled,
        isOver);
  }

  Keymap keys() {
    return conf.keys();
  }

  /// The first key that does this, for telling people.
  String hint(Action action) {
    return keys().hint(action);
  }

  void want(Request request) {
    requests.add(request);
  }

  void want(SessionCommand command) {
    want(new Request.Session(command));
  }

  void say(String line) {
    notice = new Notice(List.of(line), false);
  }

  void complain(String line) {
    notice = new Notice(List.of(line), true);
  }

  Optional<Room> room(String id) {
    return rooms.stream().filter(room -> room.id().equals(id)).findFirst();
  }

  Optional<Room> here() {
    return current.flatMap(this::room);
  }

  boolean isHere(String room) {
    return current.equals(Optional.of(room));
  }

  void change(String id, UnaryOperator<Room> how) {
    rooms.replaceAll(room -> room.id().equals(id) ? how.apply(room) : room);
  }

  void changeHere(UnaryOperator<Room> how) {
    current.ifPresent(id -> change(id, how));
  }
}
