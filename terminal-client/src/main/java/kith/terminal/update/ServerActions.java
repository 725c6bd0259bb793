package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import kith.terminal.model.OpenServer;
import kith.terminal.model.OpenServer.OtherRoom;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Question;
import kith.terminal.model.Picker;
import kith.terminal.model.Picker.Item;

/// Commands and keys for the servers of the window.
final class ServerActions {
  static final String USAGE =
      "/server [NAME | add [URL [USER]] | remove NAME]  show another server, open one more, or take"
          + " one out of this window";

  /// The item of the list that is not a server.
  private static final String ADD = "add";

  private ServerActions() {}

  /// @return false if the arguments are wrong
  static boolean command(StepBuilder step, String rest) {
    var words = List.of(rest.split("\\s+"));
    if (rest.isEmpty()) {
      list(step);
      return true;
    }
    var name = words.size() > 1 ? words.get(1) : "";
    return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
      case "add" -> {
        if (words.size() > 3) yield false;
        add(step, name, words.stream().skip(2).findFirst());
        yield true;
      }
      case "remove" -> {
        if (words.size() != 2) yield false;
        remove(step, name);
        yield true;
      }
      default -> {
        if (words.size() > 1) yield false;
        show(step, words.getFirst());
        yield true;
      }
    };
  }

  /// @param name an address, or an address with a user: `bob@example.org`
  private static void add(StepBuilder step, String name, Optional<String> user) {
    int at = name.contains("://") ? -1 : name.lastIndexOf('@');
    var named = at > 0 ? Optional.of(name.substring(0, at)) : Optional.<String>empty();
    step.request(new Request.AddServer(name.substring(at + 1), user.or(() -> named)));
  }

  private static void list(StepBuilder step) {
    var items = new ArrayList<Item>();
    for (var server : step.servers)
      items.add(new Item(String.valueOf(server.seat()), server.name(), detail(server)));
    if (items.isEmpty()) items.add(new Item("", step.server, "shown"));
    items.add(new Item(ADD, "open another server", ""));
    step.overlay =
        new Overlay.Pick(new Picker(Picker.Kind.SERVERS, "", "", Optional.of(items), "", 0));
  }

  static String detail(OpenServer server) {
    var parts = new ArrayList<String>();
    if (server.isShown()) parts.add("shown");
    switch (server.state()) {
      case ONLINE -> {}
      case OFFLINE -> parts.add("offline");
      case REFUSED, LOGGED_OUT -> parts.add("not logged in");
    }
    if (server.unread() > 0) parts.add(server.unread() + " unread");
    if (server.mentions() > 0) parts.add(server.mentions() + " for you");
    if (server.unsent() > 0) parts.add(server.unsent() + " unsent");
    return String.join(", ", parts);
  }

  static void take(StepBuilder step, Item item) {
    step.overlay = new Overlay.None();
    if (item.id().equals(ADD)) CommandPalette.begin(step, "/server add ", "Type its address.");
    else if (!item.id().isEmpty())
      step.request(new Request.ShowServer(Integer.parseInt(item.id()), Optional.empty()));
  }

  private static void show(StepBuilder step, String name) {
    find(step, name)
        .ifPresent(server -> step.request(new Request.ShowServer(server.seat(), Optional.empty())));
  }

  private static void remove(StepBuilder step, String name) {
    if (step.servers.isEmpty()) {
      step.error("This is the only server: /quit ends the client, /logout logs you out.");
      return;
    }
    find(step, name)
        .ifPresent(server ->
            Confirmations.ask(
                step, new Question.RemoveServer(server.seat(), server.name(), server.unsent())));
  }

  /// The one with this name, or else the only one whose name begins with it.
  private static Optional<OpenServer> find(StepBuilder step, String name) {
    var asked = name.toLowerCase(Locale.ROOT);
    var exact = named(step, it -> it.equals(asked));
    var found = exact.isEmpty() ? named(step, it -> it.startsWith(asked)) : exact;
    if (found.isEmpty()) step.error("No server " + name + " is open: /server add " + name);
    else if (found.size() > 1) step.error(name + " may be any of " + names(found) + ".");
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static List<OpenServer> named(StepBuilder step, Predicate<String> is) {
    return step.servers.stream()
        .filter(server -> is.test(server.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static String names(List<OpenServer> servers) {
    return String.join(", ", servers.stream().map(OpenServer::name).toList());
  }

  static void next(StepBuilder step) {
    if (!step.servers.isEmpty()) step.request(new Request.NextServer());
    else step.info("This is the only server of the window: /server add URL opens another one.");
  }

  /// There is no unread room here: goes to one of another server.
  static void nextUnread(StepBuilder step) {
    var others = step.model().otherServers();
    others.stream()
        .filter(it -> it.mentions() > 0)
        .findFirst()
        .or(() -> others.stream().filter(OpenServer::needsAttention).findFirst())
        .ifPresentOrElse(
            server -> step.request(new Request.ShowServer(server.seat(), unread(server))),
            () -> step.info("There are no unread rooms."));
  }

  private static Optional<String> unread(OpenServer server) {
    return server.rooms().stream().filter(OtherRoom::needsAttention).map(OtherRoom::id).findFirst();
  }

  /// The theme and the mouse belong to the terminal, not to a server.
  static void shown(StepBuilder step, String theme, boolean hasMouse, Optional<String> room) {
    step.theme = theme;
    step.hasMouse = hasMouse;
    step.activity = step.activity.keyAt(step.moment.now());
    room.ifPresent(it -> RoomNavigation.goTo(step, it));
  }

  /// Without another server, the program ends.
  static void leaveForm(StepBuilder step) {
    if (step.servers.isEmpty()) step.isOver = true;
    else step.request(new Request.LeaveForm());
  }

  static String logOutPrompt(StepBuilder step) {
    return step.servers.isEmpty()
        ? "Log this device out and quit?"
        : "Log this device out of " + step.server + "?";
  }

  /// The instruction for logging in again after the server has ended the login.
  static String logInAgain(StepBuilder step) {
    return " To log in again: /server add " + step.server + " " + step.user;
  }
}
