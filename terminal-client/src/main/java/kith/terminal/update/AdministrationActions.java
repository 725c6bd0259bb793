package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.terminal.keys.Action;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Question;
import kith.terminal.model.Picker;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.plain.AdministrationLines;
import kith.terminal.plain.InputLine;

/// The lists of `/admin`, for administrators of the server. Acts that take something from users
/// need a confirmation.
public final class AdministrationActions {
  public static final String ACCOUNTS = "accounts";
  public static final String ROOMS = "rooms";
  public static final String BANS = "bans";
  public static final String ANNOUNCEMENTS = "announcements";
  public static final String MAINTENANCE_ON = "maintenance-on";
  public static final String MAINTENANCE_OFF = "maintenance-off";
  public static final String COMMAND_LINE = "command-line";
  public static final String SHOW = "show";
  public static final String DISABLE = "disable";
  public static final String ENABLE = "enable";
  public static final String END_DEVICES = "end-devices";
  public static final String RESET_PASSWORD = "reset-password";
  public static final String TAKE_OVER = "take-over";
  public static final String ARCHIVE = "archive";
  public static final String UNARCHIVE = "unarchive";
  public static final String DELETE = "delete";

  /// The item of a list that adds to it.
  public static final String NEW = "";

  private AdministrationActions() {}

  /// Commands that read show a list. Commands that take something from users ask first.
  static void command(StepBuilder step, InputLine.AboutServer line) {
    switch (line) {
      case InputLine.ShowMaintenance() -> Pickers.open(step, Kind.ADMIN, "");
      case InputLine.ListAccounts(var query) -> Pickers.open(step, Kind.ACCOUNTS, query);
      case InputLine.ListAllRooms(var query) -> Pickers.open(step, Kind.ALL_ROOMS, query);
      case InputLine.ListNetworkBans() -> Pickers.open(step, Kind.NETWORK_BANS, "");
      case InputLine.ListAnnouncements() -> Pickers.open(step, Kind.ANNOUNCEMENTS, "");
      case InputLine.ShowAccount _, InputLine.Announce _ -> step.request(new Request.Run(line, ""));
      case InputLine.BanNetwork(var network, _) ->
          ask(
              step,
              "Ban this network? Nobody can reach the server from there.",
              network,
              line,
              "",
              Optional.of(Kind.NETWORK_BANS));
      case InputLine.UnbanNetwork(var network) ->
          ask(step, "Lift this ban?", network, line, "", Optional.of(Kind.NETWORK_BANS));
      case InputLine.Withdraw(var number) ->
          ask(
              step,
              "Withdraw this announcement?",
              String.valueOf(number),
              line,
              "",
              Optional.of(Kind.ANNOUNCEMENTS));
      case InputLine.TakeOver(var room, var user) ->
          ask(
              step,
              "Make this member an owner of the room?",
              user,
              line,
              room,
              Optional.of(Kind.ANY_ROOM));
      case InputLine.Maintain(var on, var message) ->
          ask(
              step,
              on ? "Begin maintenance? Nobody can change anything." : "End the maintenance?",
              message.orElse("the whole server"),
              line,
              "",
              Optional.of(Kind.ADMIN));
      case InputLine.DisableAccount(var user, var is) ->
          ask(
              step,
              is
                  ? "Disable this account? Its devices are logged out."
                  : "Enable this account again?",
              user,
              line,
              user,
              Optional.of(Kind.ACCOUNT));
      case InputLine.EndDevicesOf(var user) ->
          ask(
              step,
              "Log out all devices of this account?",
              user,
              line,
              user,
              Optional.of(Kind.ACCOUNT));
      case InputLine.ResetPasswordOf(var user) ->
          // the answer has the code, so no list covers it
          ask(
              step,
              "Make a code for a new password? Anyone who has the code gets access to the account.",
              user,
              line,
              "",
              Optional.empty());
      case InputLine.ArchiveRoom(_, var name, var is) ->
          ask(
              step,
              is
                  ? "Archive this room? Its members read it, and nobody joins or changes anything."
                  : "Open this archived room again?",
              name,
              line,
              "",
              Optional.of(Kind.ALL_ROOMS));
      case InputLine.DeleteAnyRoom(var room, var name) ->
          ask(
              step,
              "Delete this room and everything in it for all members, for good?",
              name.isEmpty() ? room : name,
              line,
              "",
              Optional.of(Kind.ALL_ROOMS));
    }
  }

  private static void ask(
      StepBuilder step,
      String prompt,
      String subject,
      InputLine line,
      String about,
      Optional<Kind> back) {
    Confirmations.ask(step, new Question.Run(prompt, subject, line, about, back));
  }

  /// Enter in one of the lists.
  static void take(StepBuilder step, Picker picker, Item item) {
    switch (picker.kind()) {
      case ADMIN -> inMenu(step, item);
      case ACCOUNTS -> Pickers.open(step, Kind.ACCOUNT, item.id());
      case ACCOUNT -> withAccount(step, picker.room(), item);
      case ALL_ROOMS -> Pickers.open(step, Kind.ANY_ROOM, item.id());
      case ANY_ROOM -> withRoom(step, picker.room(), item);
      case NETWORK_BANS -> {
        if (item.id().equals(NEW))
          begin(
              step,
              "/admin ban ",
              "Type a network such as 203.0.113.0/24, or an address, and a reason.");
        else command(step, new InputLine.UnbanNetwork(item.id()));
      }
      case ANNOUNCEMENTS -> {
        if (item.id().equals(NEW))
          begin(
              step,
              "/admin announce ",
              "Type the text for everybody: " + step.hint(Action.SEND) + " announces it.");
        else
          ask(
              step,
              "Withdraw this announcement?",
              item.label(),
              new InputLine.Withdraw(Long.parseLong(item.id())),
              "",
              Optional.of(Kind.ANNOUNCEMENTS));
      }
      default -> throw new IllegalStateException("not of administrators: " + picker.kind());
    }
  }

  private static void begin(StepBuilder step, String command, String hint) {
    step.overlay = new Overlay.None();
    CommandPalette.begin(step, command, hint);
  }

  private static void inMenu(StepBuilder step, Item item) {
    switch (item.id()) {
      case ACCOUNTS -> Pickers.open(step, Kind.ACCOUNTS, "");
      case ROOMS -> Pickers.open(step, Kind.ALL_ROOMS, "");
      case BANS -> Pickers.open(step, Kind.NETWORK_BANS, "");
      case ANNOUNCEMENTS -> Pickers.open(step, Kind.ANNOUNCEMENTS, "");
      case MAINTENANCE_ON -> command(step, new InputLine.Maintain(true, Optional.empty()));
      case MAINTENANCE_OFF -> command(step, new InputLine.Maintain(false, Optional.empty()));
      default -> {
        step.overlay = new Overlay.None();
        Notices.answer(step, AdministrationLines.onTheCommandLine(), false, "");
      }
    }
  }

  private static void withAccount(StepBuilder step, String user, Item item) {
    switch (item.id()) {
      case DISABLE -> command(step, new InputLine.DisableAccount(user, true));
      case ENABLE -> command(step, new InputLine.DisableAccount(user, false));
      case END_DEVICES -> command(step, new InputLine.EndDevicesOf(user));
      case RESET_PASSWORD -> command(step, new InputLine.ResetPasswordOf(user));
      default -> {
        step.overlay = new Overlay.None();
        command(step, new InputLine.ShowAccount(user));
      }
    }
  }

  private static void withRoom(StepBuilder step, String room, Item item) {
    var name = item.detail();
    switch (item.id()) {
      case TAKE_OVER ->
          begin(
              step,
              "/admin take-over " + room + " ",
              "Type the name of the member who is to own " + name + ".");
      case ARCHIVE -> command(step, new InputLine.ArchiveRoom(room, name, true));
      case UNARCHIVE -> command(step, new InputLine.ArchiveRoom(room, name, false));
      default -> command(step, new InputLine.DeleteAnyRoom(room, name));
    }
  }

  /// Enter without a match asks the server, whose lists are longer than the first page.
  static void search(StepBuilder step, Picker picker) {
    if (isSearched(picker.kind()) && !picker.query().isBlank())
      Pickers.open(step, picker.kind(), picker.query().strip());
  }

  public static boolean isSearched(Kind kind) {
    return kind == Kind.ACCOUNTS || kind == Kind.ALL_ROOMS;
  }

  static String verb(Kind kind) {
    return switch (kind) {
      case NETWORK_BANS -> "lifts the ban, or begins a new one";
      case ANNOUNCEMENTS -> "withdraws it, or begins a new one";
      default -> "chooses";
    };
  }

  static String title(Picker picker) {
    var found = picker.room().isEmpty() ? "" : ": " + picker.room();
    return switch (picker.kind()) {
      case ACCOUNTS -> "Accounts" + found;
      case ACCOUNT -> "The account " + picker.room();
      case ALL_ROOMS -> "All rooms" + found;
      case ANY_ROOM -> "A room of the server";
      case NETWORK_BANS -> "Banned networks";
      case ANNOUNCEMENTS -> "Announcements";
      default -> "The server";
    };
  }

  static String whenEmpty(Kind kind) {
    return switch (kind) {
      case ACCOUNTS -> "There is no such account.";
      case ALL_ROOMS, ANY_ROOM -> "There is no such room.";
      default -> "There is nothing to choose from.";
    };
  }

  /// The menu.
  public static List<Item> menu(boolean isInMaintenance, String maintenance) {
    return List.of(
        new Item(ACCOUNTS, "accounts", "search, disable, log out, codes for new passwords"),
        new Item(ROOMS, "rooms", "sizes, owners, deleting"),
        new Item(BANS, "banned networks", "ban and unban"),
        new Item(ANNOUNCEMENTS, "announcements", "to everybody"),
        new Item(
            isInMaintenance ? MAINTENANCE_OFF : MAINTENANCE_ON,
            isInMaintenance ? "end the maintenance" : "begin maintenance",
            maintenance),
        new Item(COMMAND_LINE, "more on the command line", "roles, deleting, exports, audit, …"));
  }
}
