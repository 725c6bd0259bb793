package kith.node.feature.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.node.audit.Audit;
import kith.node.audit.AuditEntry;
import kith.node.core.account.Account;
import kith.node.core.room.RoomLog;
import kith.node.feature.ExportedFiles;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts.ExportPage;
import kith.protocol.rest.Accounts.ExportedContent;
import kith.protocol.rest.Accounts.ExportedLine;

/// Everything that is stored about an account, in pages: its journal, its rows in tables, its
/// entries in the logs of rooms, entries about it in the audit log, and the files that it uploaded.
public final class AccountExport {
  private static final String PREFIX = Account.KEY.name() + "|";

  /// Rows of features are found by [Feature][kith.node.feature.Feature]`.accountTables`; these are
  /// the others.
  private static final List<String> TABLES =
      List.of("account_block", "account_privacy", "client_request", "file");

  /// Columns with which somebody could log in or guess a password.
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(hash|hashes|secret|token|password)");

  private static final String MASKED = "(not exported)";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

  private final Jdbc jdbc;
  private final RoomLog log;
  private final Audit audit;
  private final Supplier<List<String>> tables;
  private final Supplier<Optional<ExportedFiles>> files;

  /// The place where a page begins.
  sealed interface Place {
    /// @param after the last row that was exported
    record InJournal(long after) implements Place {}

    /// @param table the index of the table
    record InTables(int table, long row) implements Place {}

    /// @param room the first room that may have more; the rooms before it are done
    record InRooms(String room, long after) implements Place {}

    record InAudit(long before) implements Place {}

    /// @param from a place in the file; absent for the file that follows on it
    record InFiles(String file, OptionalLong from) implements Place {
      static final InFiles FIRST = new InFiles("", OptionalLong.empty());
    }

    static Place first() {
      return new InJournal(0);
    }

    default String text() {
      return switch (this) {
        case InJournal(var after) -> "journal." + after;
        case InTables(var table, var row) -> "tables." + table + "." + row;
        case InRooms(var room, var after) -> "rooms." + after + "." + room;
        case InAudit(var before) -> "audit." + before;
        case InFiles(var file, var from) -> "files." + from.orElse(-1) + "." + file;
      };
    }

    default boolean isWithinFile() {
      return this instanceof InFiles(var _, var from) && from.isPresent();
    }

    private static InFiles inFiles(String file, long from) {
      return new InFiles(file, from < 0 ? OptionalLong.empty() : OptionalLong.of(from));
    }

    /// Empty if the text is not a place.
    static Optional<Place> of(String text) {
      var parts = text.split("\\.", 3);
      try {
        return switch (parts[0]) {
          case "journal" -> Optional.of(new InJournal(Long.parseLong(parts[1])));
          case "tables" ->
              Optional.of(new InTables(Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
          case "rooms" -> Optional.of(new InRooms(parts[2], Long.parseLong(parts[1])));
          case "files" -> Optional.of(inFiles(parts[2], Long.parseLong(parts[1])));
          case "audit" -> Optional.of(new InAudit(Long.parseLong(parts[1])));
          default -> Optional.empty();
        };
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
        return Optional.empty();
      }
    }
  }

  /// @param tables of features, whose rows belong to the account in their column `account`
  public AccountExport(
      Jdbc jdbc,
      RoomLog log,
      Audit audit,
      Supplier<List<String>> tables,
      Supplier<Optional<ExportedFiles>> files) {
    this.files = files;
    this.jdbc = jdbc;
    this.log = log;
    this.audit = audit;
    this.tables = tables;
  }

  /// A page may have no lines and still be followed by another.
  ///
  /// @param withFiles the contents of files follow at the end
  CompletionStage<ExportPage> page(String user, Place from, boolean withFiles) {
    return switch (from) {
      case Place.InJournal(var after) -> journal(user, after);
      case Place.InTables(var table, var row) -> table(user, Math.max(0, table), Math.max(0, row));
      case Place.InRooms(var room, var after) ->
          rooms(user).thenCompose(all -> entries(user, all, room, after));
      case Place.InAudit(var before) -> audited(user, before, withFiles);
      case Place.InFiles place -> content(user, place);
    };
  }

  private static ExportPage page(List<ExportedLine> lines, Place next) {
    return new ExportPage(lines, Optional.of(next.text()));
  }

  private record Row(long seq, ObjectNode line) {}

  private CompletionStage<ExportPage> journal(String user, long after) {
    return jdbc.query(
            """
            SELECT sequence_number, write_timestamp, event_ser_manifest, event_payload
            FROM event_journal WHERE persistence_id = ? AND sequence_number > ?
            ORDER BY sequence_number LIMIT ?
            """,
            AccountExport::event,
            PREFIX + user,
            after,
            Portions.EXPORTED_ROWS)
        .thenApply(rows ->
            page(
                rows.stream().map(row -> line("journal", row.line())).toList(),
                rows.size() < Portions.EXPORTED_ROWS
                    ? new Place.InTables(0, 0)
                    : new Place.InJournal(rows.getLast().seq())));
  }

  private static Row event(ResultSet row) throws SQLException {
    var line =
        JSON.createObjectNode()
            .put("number", row.getLong(1))
            .put("at", Instant.ofEpochMilli(row.getLong(2)).toString())
            .put("type", row.getString(3));
    line.set("data", masked(cbor(row.getBytes(4))));
    return new Row(row.getLong(1), line);
  }

  private static JsonNode cbor(byte[] bytes) {
    try {
      return CBOR.readTree(bytes);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private List<String> tables() {
    return Stream.concat(TABLES.stream(), tables.get().stream())
        // a view on `file`
        .filter(table -> !table.equals("unclaimed_file"))
        .distinct()
        .sorted()
        .toList();
  }

  private CompletionStage<ExportPage> table(String user, int index, long from) {
    var all = tables();
    if (index >= all.size())
      return CompletableFuture.completedFuture(page(List.of(), new Place.InRooms("", 0)));
    var table = all.get(index);
    return jdbc.query(
            """
            SELECT to_jsonb(own)::text AS line FROM %s AS own WHERE account = ?
            ORDER BY line OFFSET ? LIMIT ?
            """
                .formatted(table),
            row -> line(table, masked(json(row.getString(1)))),
            user,
            from,
            Portions.EXPORTED_ROWS)
        .thenApply(lines ->
            page(
                lines,
                lines.size() < Portions.EXPORTED_ROWS
                    ? new Place.InTables(index + 1, 0)
                    : new Place.InTables(index, from + lines.size())));
  }

  /// All rooms that the account ever joined.
  private CompletionStage<Set<String>> rooms(String user) {
    return jdbc.query(
            """
            SELECT event_payload FROM event_journal WHERE persistence_id = ?
              AND event_ser_manifest IN ('account.join-began', 'account.membership-settled')
            """,
            row -> cbor(row.getBytes(1)).path("room").asText(),
            PREFIX + user)
        .thenApply(TreeSet::new);
  }

  private CompletionStage<ExportPage> entries(
      String user, Set<String> rooms, String from, long after) {
    var found = rooms.stream().filter(room -> room.compareTo(from) >= 0).findFirst();
    if (found.isEmpty())
      return CompletableFuture.completedFuture(page(List.of(), new Place.InAudit(Long.MAX_VALUE)));
    var room = found.get();
    return log.after(room, room.equals(from) ? after : 0, Portions.EXPORTED_ROWS)
        .thenApply(read -> {
          var lines = new ArrayList<ExportedLine>();
          for (var entry : read.entries())
            if (entry.by().equals(user)) {
              var line = JSON.createObjectNode().put("room", room);
              line.set("entry", json(Json.text(entry)));
              lines.add(line("messages", line));
            }
          // no room has an id that comes between these two
          return page(
              lines,
              read.more() && !read.entries().isEmpty()
                  ? new Place.InRooms(room, read.entries().getLast().seq())
                  : new Place.InRooms(room + "~", 0));
        });
  }

  private CompletionStage<ExportPage> content(String user, Place.InFiles place) {
    return files
        .get()
        .map(it -> it.piece(user, place.file(), place.from()))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
        .thenApply(found -> new ExportPage(List.of(), next(place, found).map(Place::text), found));
  }

  /// After a file that was removed while its pieces were read, the next file follows.
  private static Optional<Place> next(Place.InFiles place, Optional<ExportedContent> found) {
    return found
        .map(AccountExport::after)
        .or(() ->
            place.isWithinFile()
                ? Optional.of(new Place.InFiles(place.file(), OptionalLong.empty()))
                : Optional.empty());
  }

  private static Place after(ExportedContent piece) {
    var end = piece.from() + Base64.getDecoder().decode(piece.bytes()).length;
    return new Place.InFiles(
        piece.id(), end < piece.size() ? OptionalLong.of(end) : OptionalLong.empty());
  }

  private CompletionStage<ExportPage> audited(String user, long before, boolean withFiles) {
    return audit
        .list(
            entry -> entry.by().equals(user) || entry.account().equals(Optional.of(user)),
            Optional.empty(),
            before,
            Portions.EXPORTED_ROWS)
        .thenApply(found ->
            new ExportPage(
                found.entries().stream()
                    .map(it -> line("audit", audited(user, it.number(), it.entry())))
                    .toList(),
                found
                    .next()
                    .<Place>map(Place.InAudit::new)
                    .or(() -> withFiles ? Optional.of(Place.InFiles.FIRST) : Optional.empty())
                    .map(Place::text)));
  }

  /// The acting user is named only if it was the account itself: the names of others are their
  /// data.
  private static ObjectNode audited(String user, long number, AuditEntry entry) {
    var line =
        JSON.createObjectNode()
            .put("number", number)
            .put("at", entry.at().toString())
            .put("act", entry.act())
            .put("own", entry.by().equals(user));
    entry.room().ifPresent(it -> line.put("room", it));
    entry.address().ifPresent(it -> line.put("address", it));
    entry.detail().ifPresent(it -> line.put("detail", it));
    return line;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static ExportedLine line(String file, JsonNode line) {
    return new ExportedLine(file, line.toString());
  }

  /// Replaces secrets, at any depth.
  static JsonNode masked(JsonNode node) {
    if (node instanceof ObjectNode object)
      for (var field : List.copyOf(object.properties()))
        if (SECRET.matcher(field.getKey()).matches() && !field.getValue().isObject())
          object.put(field.getKey(), MASKED);
        else masked(field.getValue());
    else if (node instanceof ArrayNode array) array.forEach(AccountExport::masked);
    return node;
  }
}
