package kith.node.feature.slash;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.auth.WrappedSecrets.Wrapped;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.Command;
import kith.protocol.rest.SlashCommands.NewCommand;

/// The commands of all rooms. A name belongs to the bot that registered it first.
final class CommandTable {
  private static final String COMMAND =
      "SELECT name, account, description, arguments, url, secret_id, secret, room FROM room_command"
          + " ";

  private final Jdbc jdbc;
  private final int perRoom;

  CommandTable(Jdbc jdbc, int perRoom) {
    this.jdbc = jdbc;
    this.perRoom = perRoom;
  }

  /// The arguments of a command, as they are stored.
  record Stored(List<Argument> arguments) {}

  /// The address to which the calls of a bot's commands in a room are posted.
  ///
  /// @param secret signs them; wrapped under [#secretName]
  record Address(URI url, Wrapped secret) {}

  /// A command, and the address to which its calls are posted, if they do not go to the sockets of
  /// its bot.
  record Offered(Command command, Optional<Address> address) {}

  static String secretName(String room, String bot) {
    return "calls/" + room + "/" + bot;
  }

  sealed interface Result {}

  record Registered() implements Result {}

  record Taken(String name, String bot) implements Result {}

  record TooMany() implements Result {}

  /// Replaces the commands of a bot in a room.
  ///
  /// @param seq the position of the room: earlier events do not concern the commands
  CompletionStage<Result> register(
      String room, String bot, List<NewCommand> commands, Optional<Address> address, long seq) {
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
      for (var command : commands) insert(connection, room, bot, command, address, seq);
      return new Registered();
    });
  }

  private static void insert(
      Connection connection,
      String room,
      String bot,
      NewCommand command,
      Optional<Address> address,
      long seq)
      throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO room_command (room, name, account, description, arguments, made_at_seq, url,
          secret_id, secret)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        room,
        command.name(),
        bot,
        command.description(),
        Json.restText(new Stored(command.arguments().orElse(List.of()))),
        seq,
        address.map(it -> it.url().toString()),
        address.flatMap(it -> it.secret().secretId()),
        address.map(it -> it.secret().bytes()));
  }

  CompletionStage<List<Command>> ofRoom(String room) {
    return jdbc.query(COMMAND + "WHERE room = ? ORDER BY name", CommandTable::command, room);
  }

  CompletionStage<Optional<Offered>> find(String room, String name) {
    return jdbc.query(COMMAND + "WHERE room = ? AND name = ?", CommandTable::offered, room, name)
        .thenApply(found -> found.stream().findFirst());
  }

  /// Removes the commands of a bot that is no longer a member of the room.
  CompletionStage<Integer> removeAll(String room, String bot) {
    return jdbc.update("DELETE FROM room_command WHERE room = ? AND account = ?", room, bot);
  }

  /// Stores the secrets again that `wrap` changes.
  ///
  /// @param current names the operator's secret with which they should be wrapped
  CompletionStage<Integer> rewrap(Optional<String> current, Rewrap wrap) {
    return jdbc.inTransaction(connection -> {
      var old =
          Jdbc.rows(
              connection,
              COMMAND + "WHERE url IS NOT NULL AND secret_id IS DISTINCT FROM ?::text LIMIT ?",
              row -> new OfRoom(row.getString("room"), offered(row)),
              current,
              Portions.EVENTS);
      int changed = 0;
      for (var command : old) {
        var bot = command.offered().command().bot();
        var anew =
            command
                .offered()
                .address()
                .flatMap(it -> wrap.anew(secretName(command.room(), bot), it.secret()));
        if (anew.isPresent())
          changed +=
              Jdbc.change(
                  connection,
                  "UPDATE room_command SET secret_id = ?, secret = ? WHERE room = ? AND name = ?",
                  anew.get().secretId(),
                  anew.get().bytes(),
                  command.room(),
                  command.offered().command().name());
      }
      return changed;
    });
  }

  private record OfRoom(String room, Offered offered) {}

  /// Wraps a secret with the current secret of the operator; empty if it cannot be unwrapped.
  interface Rewrap {
    Optional<Wrapped> anew(String name, Wrapped old);
  }

  private static Offered offered(ResultSet row) throws SQLException {
    var url = Optional.ofNullable(row.getString("url"));
    var secret =
        new Wrapped(
            Optional.ofNullable(row.getString("secret_id")),
            Optional.ofNullable(row.getBytes("secret")).orElseGet(() -> new byte[0]));
    return new Offered(command(row), url.map(it -> new Address(URI.create(it), secret)));
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
