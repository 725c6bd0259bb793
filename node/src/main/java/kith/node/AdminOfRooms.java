package kith.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.LocalNode.Refused;
import kith.protocol.rest.Administration.AllRooms;
import kith.protocol.rest.Administration.AppointOwner;
import kith.protocol.rest.Administration.ListedRoom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands of `kith admin` about rooms.
final class AdminOfRooms {
  private static final String ROOMS = "/v1/admin/rooms";

  private AdminOfRooms() {}

  @Command(
      name = "rooms",
      description = "Lists all rooms but conversations, with owners and sizes.",
      mixinStandardHelpOptions = true)
  static final class ListRooms extends AdminList<AllRooms, ListedRoom> {
    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "A part of the name, or the id.")
    private Optional<String> text = Optional.empty();

    @Option(
        names = "--orphaned",
        description = "Only rooms without an owner whose account can be used.")
    private boolean orphaned;

    private static final String FORM = "%-20s %-8s %7s %9s %9s  %-10s  %s%n";

    ListRooms() {
      super(ROOMS, "after", AllRooms.class);
    }

    @Override
    List<String> filters() {
      return Stream.of(
              text.map(it -> filter("query", it)),
              orphaned ? Optional.of("orphaned=true") : Optional.<String>empty())
          .flatMap(Optional::stream)
          .toList();
    }

    @Override
    List<ListedRoom> records(AllRooms page) {
      return page.rooms();
    }

    @Override
    Optional<String> next(AllRooms page) {
      return page.next();
    }

    @Override
    void printHeading() {
      out().printf(FORM, "ROOM", "", "MEMBERS", "ENTRIES", "FILES", "CREATED", "NAME, OWNERS");
    }

    @Override
    void print(ListedRoom room) {
      out()
          .printf(
              FORM,
              room.room(),
              room.visibility().name().toLowerCase(Locale.ROOT),
              room.members(),
              room.entries(),
              AdminCommand.size(room.fileBytes()),
              room.created().toString().substring(0, 10),
              room.name()
                  + (room.archived().orElse(false) ? "  archived" : "")
                  + (room.orphaned() ? "  orphaned" : "  " + owners(room.owners())));
    }

    private static String owners(List<String> owners) {
      return "(" + String.join(", ", owners) + ")";
    }
  }

  /// A command about one room, which is named by its id or, if no other has it, by its name.
  abstract static class AboutRoom extends AdminCommand.Request {
    @Parameters(paramLabel = "ROOM", description = "The id, or a name that only one room has.")
    private String room = "";

    final String room() {
      return room;
    }

    final void ask(String method, String path, @Nullable Record body)
        throws Refused, InterruptedException {
      try (var connection = node().connect()) {
        connection.send(method, ROOMS + "/" + id(connection, room) + path, body);
      }
    }
  }

  /// The id of a room that is named by its id or, if no other has it, by its name.
  static String id(AdminNode.Connection connection, String room)
      throws Refused, InterruptedException {
    var named = List.of(AdminList.filter("query", room));
    var found = new ArrayList<ListedRoom>();
    var after = Optional.<String>empty();
    do {
      var page =
          connection
              .send("GET", AdminList.page(ROOMS, named, "after", after, Integer.MAX_VALUE), null)
              .as(AllRooms.class);
      for (var one : page.rooms())
        if (one.room().equals(room)) return room;
        else if (one.name().equalsIgnoreCase(room)) found.add(one);
      after = page.next();
    } while (after.isPresent());
    if (found.isEmpty()) throw new Refused("There is no room with this name or id.");
    if (found.size() > 1)
      throw new Refused("Several rooms have this name; give the id, which the list shows.");
    return found.getFirst().room();
  }

  @Command(
      name = "take-over",
      description = "Makes a member of a room its owner.",
      mixinStandardHelpOptions = true)
  static final class TakeOver extends AboutRoom {
    @Parameters(index = "1", paramLabel = "USER", description = "A member of the room.")
    private String user = "";

    @Override
    void run() throws Refused, InterruptedException {
      ask("PUT", "/owner", new AppointOwner(user));
      out().printf("%s owns %s now.%n", user, room());
    }
  }

  @Command(
      name = "archive-room",
      description =
          "Archives a room: its members read and search it, and nobody joins or changes anything.",
      mixinStandardHelpOptions = true)
  static final class ArchiveRoom extends AboutRoom {
    @Override
    void run() throws Refused, InterruptedException {
      ask("PUT", "/archived", null);
      out().printf("%s is archived.%n", room());
    }
  }

  @Command(
      name = "unarchive-room",
      description = "Opens an archived room again.",
      mixinStandardHelpOptions = true)
  static final class UnarchiveRoom extends AboutRoom {
    @Override
    void run() throws Refused, InterruptedException {
      ask("DELETE", "/archived", null);
      out().printf("%s is open again.%n", room());
    }
  }

  @Command(
      name = "delete-room",
      description = "Deletes a room and everything in it for good, for all members.",
      mixinStandardHelpOptions = true)
  static final class DeleteRoom extends AboutRoom {
    @Option(names = "--yes", description = "Does not ask for a confirmation.")
    private boolean sure;

    @Override
    void run() throws Refused, InterruptedException {
      if (!sure && !confirms()) throw new Refused("Nothing was deleted; confirm with --yes.");
      ask("DELETE", "", null);
      out().printf("%s is deleted.%n", room());
    }

    private boolean confirms() {
      var console = System.console();
      return console != null
          && console.isTerminal()
          && room().equals(console.readLine("Type the room again to delete it for good: "));
    }
  }
}
