package kith.node.feature.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;

/// The e-mail addresses that accounts have not confirmed yet, with the codes sent to them.
final class EmailTable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DIGITS = 8;
  private static final int BASE = 10;

  /// A code that was sent to an address, as its hash.
  private record Pending(String address, byte[] code) {}

  private final Jdbc jdbc;

  EmailTable(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  static String newCode() {
    return RANDOM.ints(DIGITS, 0, BASE).mapToObj(String::valueOf).reduce("", String::concat);
  }

  /// Stores a code, in place of the account's earlier one.
  ///
  /// @return false if the account, or the address, has had too many
  CompletionStage<Boolean> begin(String account, MailAddress address, String code, Instant now) {
    var counted = now.minus(CourierIntervals.EMAIL_CODES_COUNTED);
    return jdbc.update(
            """
            INSERT INTO push_email AS old (account, address, code, expires, tries, sent, since)
            SELECT ?, ?, ?, ?::timestamptz, 0, 1, ?::timestamptz
            WHERE (SELECT coalesce(sum(sent), 0) FROM push_email
              WHERE address = ? AND since > ?::timestamptz) < ?
            ON CONFLICT (account) DO UPDATE SET address = excluded.address, code = excluded.code,
              expires = excluded.expires, tries = 0,
              sent = CASE WHEN old.since > ?::timestamptz THEN old.sent + 1 ELSE 1 END,
              since = CASE WHEN old.since > ?::timestamptz THEN old.since ELSE excluded.since END
            WHERE old.since <= ?::timestamptz OR old.sent < ?
            """,
            account,
            address.text(),
            hash(code),
            now.plus(CourierIntervals.EMAIL_CODE),
            now,
            address.text(),
            counted,
            Portions.EMAIL_CODES_TO_ADDRESS,
            counted,
            counted,
            counted,
            Portions.EMAIL_CODES)
        .thenApply(rows -> rows == 1);
  }

  /// The address for which this is the code. A code can be used once.
  CompletionStage<Optional<String>> confirm(String account, String code, Instant now) {
    return jdbc.with(connection -> {
      var found =
          Jdbc.rows(
              connection,
              """
              UPDATE push_email SET tries = tries + 1
              WHERE account = ? AND expires > ?::timestamptz AND tries < ?
              RETURNING address, code
              """,
              row -> new Pending(row.getString(1), row.getBytes(2)),
              account,
              now,
              Portions.EMAIL_CODE_TRIES);
      var confirmed =
          found.stream().filter(it -> MessageDigest.isEqual(it.code(), hash(code))).findFirst();
      if (confirmed.isEmpty()) return Optional.empty();
      var used =
          Jdbc.change(
              connection,
              """
              UPDATE push_email SET expires = ?::timestamptz
              WHERE account = ? AND code = ? AND expires > ?::timestamptz
              """,
              now,
              account,
              confirmed.get().code(),
              now);
      return used == 1 ? Optional.of(confirmed.get().address()) : Optional.empty();
    });
  }

  CompletionStage<Integer> forget(Instant now) {
    return jdbc.update(
        "DELETE FROM push_email WHERE since < ?::timestamptz AND expires < ?::timestamptz",
        now.minus(CourierIntervals.EMAIL_CODES_COUNTED),
        now);
  }

  private static byte[] hash(String code) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
