package kith.terminal.window;

import java.util.ArrayList;
import java.util.List;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.OpenServer;
import kith.terminal.model.OpenServer.OtherRoom;
import kith.terminal.model.OpenServer.State;
import kith.terminal.model.Room;
import kith.terminal.net.ConnectionState;
import kith.terminal.window.Window.Seat;

/// The data about the window's servers that the shown server receives.
final class Servers {
  private Servers() {}

  /// Empty if there is only one.
  static List<OpenServer> of(Window window) {
    if (!window.hasOthers()) return List.of();
    var servers = new ArrayList<OpenServer>();
    for (var seat : window.seats()) servers.add(server(window, seat));
    return servers;
  }

  private static OpenServer server(Window window, Seat seat) {
    var model = seat.model();
    boolean isShown = seat.number() == window.shown();
    return new OpenServer(
        seat.number(),
        name(window, seat),
        state(model),
        isShown,
        model.rooms().stream()
            .filter(Room::needsAttention)
            .mapToInt(it -> it.reading().unread())
            .sum(),
        model.rooms().stream().filter(Room::needsAttention).mapToInt(Servers::mentions).sum(),
        model.waiting(),
        isShown ? List.of() : rooms(model));
  }

  /// The messages of a direct conversation count as mentions.
  private static int mentions(Room room) {
    boolean isDirect = room.listing().with().isPresent();
    return isDirect ? room.reading().unread() : room.reading().mentions();
  }

  private static List<OtherRoom> rooms(Model model) {
    return model.rooms().stream()
        .filter(room -> !room.name().isEmpty())
        .map(room -> new OtherRoom(room.id(), room.name(), room.needsAttention()))
        .toList();
  }

  private static State state(Model model) {
    if (model.form().isPresent()) return State.LOGGED_OUT;
    return switch (model.connection()) {
      case ConnectionState.Online _ -> State.ONLINE;
      case ConnectionState.Connecting _, ConnectionState.Waiting _ -> State.OFFLINE;
      case ConnectionState.Ended _ -> State.REFUSED;
    };
  }

  /// The address, with the user if another seat has the same address, and with its number if even
  /// that is not enough.
  static String name(Window window, Seat seat) {
    var address = address(seat.model());
    if (isUnique(window, seat, address, Servers::address)) return address;
    var account = account(seat.model());
    if (isUnique(window, seat, account, Servers::account)) return account;
    return account + "#" + seat.number();
  }

  private interface Naming {
    String name(Model model);
  }

  private static boolean isUnique(Window window, Seat seat, String name, Naming naming) {
    return window.seats().stream()
        .filter(it -> it.number() != seat.number())
        .noneMatch(it -> naming.name(it.model()).equals(name));
  }

  private static String account(Model model) {
    return (model.user().isEmpty() ? "new" : model.user()) + "@" + address(model);
  }

  /// Until the login, the address typed in the form.
  private static String address(Model model) {
    if (!model.server().isEmpty()) return model.server();
    var typed = model.form().map(Servers::typed).orElse("");
    return typed.isEmpty() ? "new" : typed;
  }

  private static String typed(Form form) {
    var server = form.offer().server().isEmpty() ? "" : form.offer().server();
    return server.strip().replaceFirst("^https?://", "").replaceAll("[/\\s,].*", "");
  }
}
