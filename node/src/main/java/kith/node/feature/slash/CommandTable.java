package kith.node.feature.slash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.Command;
import kith.protocol.rest.SlashCommands.NewCommand;

/// The commands of all rooms. A name belongs to the bot that registered it first.
final class CommandTable {
  private static final String COMMAND =
      "SELECT name, account, description, arguments FROM room_command ";

  private final Jdbc jdbc;
  private final int perRoom;

  CommandTable(Jdbc jdbc, int perRoom) {
    this.jdbc = jdbc;
    this.perRoom = perRoom;
  }

  /// The arguments of a command, as they are stored.
  record Stored(List<Argument> arguments) {}

  sealed interface Result {}

  record Registered() implements Result {}

  record Taken(String name, String bot) implements Result {}

  record TooMany() implements Result {}

  /// Replaces the commands of a bot in a room.
  ///
  /// @param seq the position of the room: earlier events do not concern the commands
  CompletionStage<Result> register(String room, String bot, List<NewCommand> commands, long seq) {
    return jdbc.inTransaction(connection -> {
      // registrations with one room take turns, so that its limit holds
      Jdbc.rows(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 43))", _ -> 0, room);
      var others =
          Jdbc.rows(
              connection,
              COMMAND + "WHERE room = ? AND account <> ?",
              CommandTable::command,
              room,
              bot);
      var taken =
          others.stream()
              .filter(it -> commands.stream().anyMatch(own -> own.name().equals(it.name())))
              .findFirst();
      if (taken.isPresent()) return new Taken(taken.get().name(), taken.get().bot());
      if (others.size() + commands.size() > perRoom) return new TooMany();
      Jdbc.change(connection, "DELETE FROM room_command WHERE room = ? AND account = ?", room, bot);
      for (var command : commands) insert(connection, room, bot, command, seq);
      return new Registered();
    });
  }

  private static void insert(
      Connection connection, String room, String bot, NewCommand command, long seq)
      throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO room_command (room, name, account, description, arguments, made_at_seq)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        room,
        command.name(),
        bot,
        command.description(),
        Json.restText(new Stored(command.arguments().orElse(List.of()))),
        seq);
  }

  CompletionStage<List<Command>> ofRoom(String room) {
    return jdbc.query(COMMAND + "WHERE room = ? ORDER BY name", CommandTable::command, room);
  }

  CompletionStage<Optional<Command>> find(String room, String name) {
    return jdbc.query(COMMAND + "WHERE room = ? AND name = ?", CommandTable::command, room, name)
        .thenApply(found -> found.stream().findFirst());
  }

  /// Removes the commands of a bot that is no member of the room any more.
  CompletionStage<Integer> removeAll(String room, String bot) {
    return jdbc.update("DELETE FROM room_command WHERE room = ? AND account = ?", room, bot);
  }

  private static Command command(ResultSet row) throws SQLException {
    return new Command(
        row.getString(1), row.getString(2), row.getString(3), read(row.getString(4)));
  }

  private static List<Argument> read(String json) {
    try {
      return Json.rest(json, Stored.class).arguments();
    } catch (Malformed impossible) {
      throw new IllegalStateException("The arguments of a command cannot be read", impossible);
    }
  }
}
