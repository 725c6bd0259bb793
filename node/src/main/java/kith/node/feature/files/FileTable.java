package kith.node.feature.files;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import kith.node.core.session.Attachments.Claim;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.Code;

/// The tables of files, without their bytes.
final class FileTable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String FILE =
      """
      SELECT f.id, f.name, f.created, f.room, f.post, c.id AS content, c.store, c.sha256, c.size, c.received,
        c.verified, c.type, c.width, c.height
      FROM file f JOIN file_content c ON c.id = f.content
      """;

  private final Jdbc jdbc;
  private final FileSettings settings;
  private final String store;

  /// @param store the name of the store in which new contents are written
  FileTable(Jdbc jdbc, FileSettings settings, String store) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.store = store;
  }

  /// The answer to a request for a new file.
  sealed interface Creation {
    record Created(StoredFile file) implements Creation {}

    record Refused(Code code, String sentence) implements Creation {}
  }

  /// Creates a file. If the account already has this content, or a beginning of it, the file has
  /// that.
  CompletionStage<Creation> create(String account, String name, String sha256, long size) {
    var id = newId();
    return jdbc.inTransaction(connection -> {
      // requests of one account take turns, so that its limits hold
      Jdbc.rows(
          connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 21))", _ -> 0, account);
      if (uploads(connection, account) >= settings.uploads())
        return refused(Code.TOO_MANY_UPLOADS, Code.TOO_MANY_UPLOADS.sentence());
      var digest = HexFormat.of().parseHex(sha256);
      var known = content(connection, account, digest, size);
      if (known.isEmpty()) {
        var refusal = reserve(connection, account, size);
        if (refusal.isPresent()) return refusal.get();
      }
      var content = known.orElseGet(UUID::randomUUID);
      if (known.isEmpty())
        Jdbc.change(
            connection,
            "INSERT INTO file_content (id, account, sha256, size, store) VALUES (?, ?, ?, ?, ?)",
            content,
            account,
            digest,
            size,
            store);
      Jdbc.change(
          connection,
          "INSERT INTO file (id, account, content, name, size) VALUES (?, ?, ?, ?, ?)",
          id,
          account,
          content,
          name,
          size);
      return new Creation.Created(
          Jdbc.rows(connection, FILE + "WHERE f.id = ?", FileTable::file, id).getFirst());
    });
  }

  private static int uploads(Connection connection, String account) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT count(*) FROM file WHERE account = ? AND room IS NULL",
            row -> row.getInt(1),
            account)
        .getFirst();
  }

  /// Writing the row keeps it from being removed: the removal looks at `doubted` again.
  private static Optional<UUID> content(
      Connection connection, String account, byte[] sha256, long size) throws SQLException {
    return Jdbc.rows(
            connection,
            """
            UPDATE file_content SET doubted = NULL
            WHERE account = ? AND sha256 = ? AND size = ? AND NOT removing RETURNING id
            """,
            row -> row.getObject(1, UUID.class),
            account,
            sha256,
            size)
        .stream()
        .findFirst();
  }

  private Optional<Creation> reserve(Connection connection, String account, long size)
      throws SQLException {
    if (total(connection) > settings.totalBytes() - size)
      return Optional.of(
          refused(Code.QUOTA_EXCEEDED, "The server has no space left for this file."));
    var quota =
        Jdbc.rows(
                connection,
                "SELECT " + FileQuotas.OF_ACCOUNT,
                row -> row.getLong(1),
                account,
                settings.accountBytes())
            .getFirst();
    var isWithin =
        Jdbc.change(
                connection,
                """
                INSERT INTO file_usage AS old (owner, bytes) SELECT ?, ? WHERE ? <= ?
                ON CONFLICT (owner) DO UPDATE SET bytes = old.bytes + excluded.bytes
                WHERE old.bytes + excluded.bytes <= ?
                """,
                ofAccount(account),
                size,
                size,
                quota,
                quota)
            == 1;
    if (!isWithin)
      return Optional.of(
          refused(
              Code.QUOTA_EXCEEDED,
              "Your account has no space left for this file; redact messages with files."));
    add(connection, ofServer(account), size);
    return Optional.empty();
  }

  private static long total(Connection connection) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT coalesce(sum(bytes), 0) FROM file_usage WHERE owner LIKE 'server %'",
            row -> row.getLong(1))
        .getFirst();
  }

  private static Creation refused(Code code, String sentence) {
    return new Creation.Refused(code, sentence);
  }

  static String ofAccount(String account) {
    return "account " + account;
  }

  static String ofRoom(String room) {
    return "room " + room;
  }

  private static String ofServer(String account) {
    return "server " + Math.floorMod(account.hashCode(), Portions.FILE_TOTALS);
  }

  private static void add(Connection connection, String owner, long bytes) throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO file_usage AS old (owner, bytes) VALUES (?, ?)
        ON CONFLICT (owner) DO UPDATE SET bytes = old.bytes + excluded.bytes
        """,
        owner,
        bytes);
  }

  /// A file of this account that no message names.
  CompletionStage<Optional<StoredFile>> upload(String account, String id) {
    return one("WHERE f.id = ? AND f.account = ? AND f.room IS NULL", id, account);
  }

  /// A file of a message in this room. The table does not decide whether its message may be read.
  CompletionStage<Optional<StoredFile>> ofRoom(String room, String id) {
    return one("WHERE f.id = ? AND f.room = ?", id, room);
  }

  /// A complete file of this account, in a message or not.
  CompletionStage<Optional<StoredFile>> complete(String account, String id) {
    return one(
        "WHERE c.account = ? AND NOT c.removing AND c.type IS NOT NULL AND f.id = ?", account, id);
  }

  /// The complete file of this account that follows in order of id.
  CompletionStage<Optional<StoredFile>> completeAfter(String account, String id) {
    return one(
        """
        WHERE c.account = ? AND NOT c.removing AND c.type IS NOT NULL AND f.id > ?
        ORDER BY f.id LIMIT 1
        """,
        account,
        id);
  }

  private CompletionStage<Optional<StoredFile>> one(String where, Object... values) {
    return jdbc.query(FILE + where, FileTable::file, values)
        .thenApply(files -> files.stream().findFirst());
  }

  /// Removes a file that no message names.
  CompletionStage<Boolean> delete(String account, String id) {
    return jdbc.update(
            "DELETE FROM file WHERE id = ? AND account = ? AND room IS NULL", id, account)
        .thenApply(rows -> rows == 1);
  }

  /// All bytes are there, and their SHA-256 is right.
  CompletionStage<Integer> complete(UUID content, String type, Optional<PictureSize> size) {
    return jdbc.update(
        """
        UPDATE file_content SET type = ?, width = ?::int, height = ?::int
        WHERE id = ? AND received = size AND type IS NULL AND NOT removing
        """,
        type,
        size.map(it -> (Object) it.width()),
        size.map(it -> (Object) it.height()),
        content);
  }

  /// All bytes are there, their SHA-256 is right, and they are to be checked.
  CompletionStage<Integer> verified(UUID content) {
    return jdbc.update(
        "UPDATE file_content SET verified = true WHERE id = ? AND received = size", content);
  }

  /// The bytes are not those that were announced: the upload begins again.
  CompletionStage<Integer> restart(UUID content) {
    return jdbc.update(
        "UPDATE file_content SET received = 0 WHERE id = ? AND received = size AND type IS NULL"
            // a late comparison of earlier bytes must not begin the check again
            + " AND NOT verified",
        content);
  }

  /// Makes files belong to one message forever, because two rooms could not agree on a change. If
  /// the room refuses the message, the files stay for a retry, and their uploader can create others
  /// with the same content.
  CompletionStage<Claim> claim(String account, String room, String post, List<String> ids) {
    return jdbc.inTransaction(connection -> {
      var byId = new HashMap<String, StoredFile>();
      for (var file :
          Jdbc.rows(
              connection,
              FILE + "WHERE f.id = ANY (?) AND f.account = ? ORDER BY f.id FOR UPDATE OF f",
              FileTable::file,
              connection.createArrayOf("text", ids.toArray()),
              account)) byId.put(file.id(), file);
      var claim = new StoredFile.Claim(room, post);
      var infected = infected(connection, account, ids);
      if (infected) return new Claim.Refused(Code.FILE_INFECTED);
      var refusal = objection(byId, ids, claim);
      if (refusal.isPresent()) return new Claim.Refused(refusal.get());
      if (!hasSpace(connection, room, byId)) return new Claim.Refused(Code.QUOTA_EXCEEDED);
      Jdbc.change(
          connection,
          """
          UPDATE file SET room = ?, post = ?, claimed = now() WHERE id = ANY (?) AND seq IS NULL
          """,
          room,
          post,
          connection.createArrayOf("text", ids.toArray()));
      return new Claim.Granted(
          ids.stream()
              .map(byId::get)
              .map(Objects::requireNonNull)
              .map(StoredFile::attachment)
              .toList());
    });
  }

  private static boolean infected(Connection connection, String account, List<String> ids)
      throws SQLException {
    return !Jdbc.rows(
            connection,
            "SELECT 1 FROM file_infected WHERE id = ANY (?) AND account = ? LIMIT 1",
            row -> row.getInt(1),
            connection.createArrayOf("text", ids.toArray()),
            account)
        .isEmpty();
  }

  /// Whether an upload of this account was destroyed because of its content.
  CompletionStage<Boolean> isInfected(String account, String id) {
    return jdbc.with(connection -> infected(connection, account, List.of(id)));
  }

  private static Optional<Code> objection(
      Map<String, StoredFile> byId, List<String> ids, StoredFile.Claim claim) {
    for (var id : ids) {
      var file = byId.get(id);
      if (file == null) return Optional.of(Code.UNKNOWN_FILE);
      if (!file.isComplete()) return Optional.of(Code.FILE_INCOMPLETE);
      if (file.claim().isPresent() && !file.claim().get().equals(claim))
        return Optional.of(Code.FILE_ALREADY_SENT);
    }
    return Optional.empty();
  }

  /// The size of a room's files follows its log, so messages under way can exceed it a little.
  private boolean hasSpace(Connection connection, String room, Map<String, StoredFile> files)
      throws SQLException {
    var more =
        files.values().stream()
            .filter(file -> file.claim().isEmpty())
            .mapToLong(StoredFile::size)
            .sum();
    if (more == 0) return true;
    var used =
        Jdbc.rows(
            connection,
            "SELECT bytes FROM file_usage WHERE owner = ?",
            row -> row.getLong(1),
            ofRoom(room));
    return (used.isEmpty() ? 0 : used.getFirst()) <= settings.roomBytes() - more;
  }

  /// A place in the list of a room's files.
  record Listed(long seq, String id) {}

  /// The newest files of a room before a message, and those of the last message completely.
  CompletionStage<List<Listed>> list(String room, long before, int limit) {
    return jdbc.query(
        """
        SELECT seq, id FROM file WHERE room = ? AND seq < ?
        ORDER BY seq DESC FETCH FIRST (?) ROWS WITH TIES
        """,
        row -> new Listed(row.getLong(1), row.getString(2)),
        room,
        before,
        limit);
  }

  // the removal of files

  /// Files that no message has named in time.
  CompletionStage<Integer> deleteExpired() {
    return jdbc.update(
        """
        DELETE FROM file WHERE id IN (
          SELECT id FROM file WHERE room IS NULL AND created < now() - make_interval(secs => ?)
          ORDER BY created LIMIT ? FOR UPDATE SKIP LOCKED)
        """,
        (double) settings.uploadLifetime().toSeconds(),
        Portions.REMOVED_FILES);
  }

  /// A file whose message is not known to be in the log of its room.
  ///
  /// @param position up to which the room's log is known
  record Unposted(String id, String room, long position) {}

  /// Files whose messages were sent long ago, and are not known to be in a log.
  CompletionStage<List<Unposted>> unposted() {
    return jdbc.query(
        """
        SELECT f.id, f.room, coalesce(p.seq, 0) FROM file f
        LEFT JOIN projection_position p ON p.room = f.room AND p.projection = ?
        WHERE f.room IS NOT NULL AND f.seq IS NULL
          AND f.claimed < now() - make_interval(secs => ?)
        ORDER BY f.claimed LIMIT ?
        """,
        row -> new Unposted(row.getString(1), row.getString(2), row.getLong(3)),
        FileProjection.NAME,
        (double) settings.uploadLifetime().toSeconds(),
        Portions.REMOVED_FILES);
  }

  /// The message is not in the log. A retry of it renews `claimed`.
  CompletionStage<Integer> deleteUnposted(String id) {
    return jdbc.update(
        """
        DELETE FROM file WHERE id = ? AND seq IS NULL
          AND claimed < now() - make_interval(secs => ?)
        """,
        id,
        (double) settings.uploadLifetime().toSeconds());
  }

  /// Contents that may no longer be named by any file.
  CompletionStage<List<UUID>> doubted(Duration longerThan) {
    return jdbc.query(
        """
        SELECT id FROM file_content WHERE doubted < now() - make_interval(secs => ?)
        ORDER BY doubted LIMIT ?
        """,
        row -> row.getObject(1, UUID.class),
        (double) longerThan.toSeconds(),
        Portions.REMOVED_FILES);
  }

  /// True if the bytes of this content are to be removed now. From then on no file can name it.
  CompletionStage<Boolean> beginRemoval(UUID content, Duration longerThan) {
    return jdbc.with(connection -> {
      var seconds = (double) longerThan.toSeconds();
      var isRemoved =
          Jdbc.change(
                  connection,
                  """
                  UPDATE file_content SET removing = true
                  WHERE id = ? AND doubted < now() - make_interval(secs => ?)
                    AND NOT EXISTS (SELECT FROM file WHERE content = file_content.id)
                  """,
                  content,
                  seconds)
              == 1;
      if (!isRemoved)
        Jdbc.change(
            connection,
            """
            UPDATE file_content SET doubted = NULL
            WHERE id = ? AND doubted < now() - make_interval(secs => ?) AND NOT removing
            """,
            content,
            seconds);
      return isRemoved;
    });
  }

  /// Deletes the files of an infected content, which no message names yet, and remembers them for
  /// their uploader. True for the first caller. The bytes are removed afterwards.
  CompletionStage<Boolean> beginDestruction(UUID content) {
    return jdbc.inTransaction(connection -> {
      var isFirst =
          Jdbc.change(
                  connection,
                  """
                  UPDATE file_content SET removing = true
                  WHERE id = ? AND type IS NULL AND NOT removing
                  """,
                  content)
              == 1;
      if (isFirst)
        Jdbc.change(
            connection,
            """
            WITH gone AS (DELETE FROM file WHERE content = ? RETURNING id, account)
            INSERT INTO file_infected (id, account) SELECT id, account FROM gone
            """,
            content);
      return isFirst;
    });
  }

  /// Forgets infected uploads when other uploads are forgotten.
  CompletionStage<Integer> forgetInfected() {
    return jdbc.update(
        """
        DELETE FROM file_infected WHERE id IN (
          SELECT id FROM file_infected WHERE at < now() - make_interval(secs => ?)
          ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED)
        """,
        (double) settings.uploadLifetime().toSeconds(),
        Portions.REMOVED_FILES);
  }

  /// Removes the bytes and the content.
  CompletionStage<Boolean> endRemoval(UUID content, Stores stores) {
    record Removed(String account, long size) {}
    return jdbc.inTransaction(connection -> {
      stores.remove(connection, content);
      var removed =
          Jdbc.rows(
              connection,
              "DELETE FROM file_content WHERE id = ? AND removing RETURNING account, size",
              row -> new Removed(row.getString(1), row.getLong(2)),
              content);
      for (var it : removed) {
        add(connection, ofAccount(it.account()), -it.size());
        add(connection, ofServer(it.account()), -it.size());
      }
      return !removed.isEmpty();
    });
  }

  private static StoredFile file(ResultSet row) throws SQLException {
    var room = Optional.ofNullable(row.getString("room"));
    var claims = new ArrayList<StoredFile.Claim>();
    if (room.isPresent()) claims.add(new StoredFile.Claim(room.get(), row.getString("post")));
    return new StoredFile(
        row.getString("id"),
        row.getString("name"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        row.getObject("content", UUID.class),
        row.getString("store"),
        HexFormat.of().formatHex(row.getBytes("sha256")),
        row.getLong("size"),
        row.getLong("received"),
        row.getBoolean("verified"),
        Optional.ofNullable(row.getString("type")),
        number(row, "width"),
        number(row, "height"),
        claims.stream().findFirst());
  }

  private static OptionalInt number(ResultSet row, String column) throws SQLException {
    var value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /// 128 random bits: an id cannot be guessed, and still grants no access.
  private static String newId() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
