package kith.node.feature.bots;

import java.util.List;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.BotOwner;
import kith.node.platform.database.Jdbc;

/// The bots of each user. Only the account of a bot decides who may act on it.
final class BotTable {
  private final Jdbc jdbc;
  private final int perOwner;
  private final int ofServer;

  /// @param perOwner bots of one user
  /// @param ofServer bots of the server
  BotTable(Jdbc jdbc, int perOwner, int ofServer) {
    this.jdbc = jdbc;
    this.perOwner = perOwner;
    this.ofServer = ofServer;
  }

  /// False if the owner has too many. True also if the row already exists.
  CompletionStage<Boolean> reserve(String bot, String owner) {
    return jdbc.inTransaction(connection -> {
      // requests of one owner take turns, so that the limit holds
      Jdbc.rows(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 31))", _ -> 0, owner);
      Jdbc.change(
          connection,
          """
          INSERT INTO bot (account, owner) SELECT ?, ?
          WHERE (SELECT count(*) FROM bot WHERE owner = ?) < ?
          ON CONFLICT DO NOTHING
          """,
          bot,
          owner,
          owner,
          BotOwner.isServer(owner) ? ofServer : perOwner);
      return !Jdbc.rows(
              connection,
              "SELECT 1 FROM bot WHERE account = ? AND owner = ?",
              row -> row.getInt(1),
              bot,
              owner)
          .isEmpty();
    });
  }

  CompletionStage<Integer> remove(String bot, String owner) {
    return jdbc.update("DELETE FROM bot WHERE account = ? AND owner = ?", bot, owner);
  }

  /// Bots of an owner in order of name.
  ///
  /// @param text a part of the name
  CompletionStage<List<String>> of(String owner, String text, String after, int limit) {
    return jdbc.query(
        """
        SELECT account FROM bot
        WHERE owner = ? AND strpos(account, ?) > 0 AND account COLLATE "C" > ?
        ORDER BY account COLLATE "C" LIMIT ?
        """,
        row -> row.getString(1),
        owner,
        text,
        after,
        limit);
  }
}
