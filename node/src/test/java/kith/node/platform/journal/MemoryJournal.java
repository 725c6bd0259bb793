package kith.node.platform.journal;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The journal's table in memory, with its primary key, and connections that break when a test
/// wants it.
final class MemoryJournal implements JournalConnection.Source {
  /// The outcome of one statement.
  enum Fate {
    /// It is executed.
    EXECUTED,
    /// There is no connection for it.
    NO_CONNECTION,
    /// The connection is lost, and the server never gets the statement.
    LOST_BEFORE,
    /// The connection is lost, and the server commits at some later time.
    LOST_DURING,
    /// The connection is lost after the commit.
    LOST_AFTER,
    /// The server undoes it, for a reason that has nothing to do with a row.
    CANCELLED,
    /// The server has become a replica.
    READ_ONLY,
    /// The driver fails.
    DEFECT
  }

  /// A row with this text is refused.
  static final String TOO_LARGE = "too large";

  private final Map<String, TreeMap<Long, JournalRow>> logs = new HashMap<>();
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final List<List<JournalRow>> late = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final Set<JournalRow> unknown = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Forbidden acts of the writer.
  List<String> wrong() {
    return wrong;
  }

  /// The fate of the next statements; later ones are executed.
  void next(Fate fate) {
    fates.add(fate);
  }

  void heal() {
    fates.clear();
  }

  List<JournalRow> log(String name) {
    return List.copyOf(logs.getOrDefault(name, new TreeMap<>()).values());
  }

  long highestSeq(String name) {
    var log = logs.getOrDefault(name, new TreeMap<>());
    return log.isEmpty() ? 0 : log.lastKey();
  }

  /// Another node writes a row.
  void intrude(String name, String text) {
    put(Rows.row(name, highestSeq(name) + 1, text));
  }

  /// The server executes a statement whose connection was lost.
  void commitLate() {
    if (late.isEmpty()) return;
    try {
      commit(late.removeLast());
    } catch (SQLException refused) {
      // the writer gets no answer
    }
  }

  @Override
  public JournalConnection open() throws SQLException {
    if (fates.peek() == Fate.NO_CONNECTION) {
      fates.poll();
      throw new SQLException("no connection", "08001");
    }
    return new Connection();
  }

  private void commit(List<JournalRow> rows) throws SQLException {
    for (var row : rows) {
      if (Rows.text(row).equals(TOO_LARGE)) throw new SQLException("row is too large", "54000");
      if (logs.getOrDefault(row.persistenceId(), new TreeMap<>()).containsKey(row.seq()))
        throw new SQLException("duplicate key", "23505");
    }
    rows.forEach(this::put);
  }

  private void put(JournalRow row) {
    logs.computeIfAbsent(row.persistenceId(), _ -> new TreeMap<>()).put(row.seq(), row);
  }

  private final class Connection implements JournalConnection {
    private boolean isUsable = true;

    @Override
    public void insert(List<JournalRow> rows) throws SQLException {
      if (!isUsable) wrong.add("A connection is used that was lost or given back.");
      if (rows.stream().anyMatch(unknown::contains))
        wrong.add("Rows whose outcome is unknown are written again.");
      var fate = fates.isEmpty() ? Fate.EXECUTED : fates.poll();
      if (fate == Fate.EXECUTED) {
        commit(rows);
        return;
      }
      isUsable = false;
      unknown.addAll(rows);
      if (fate == Fate.LOST_DURING || fate == Fate.LOST_AFTER) late.add(rows);
      if (fate == Fate.LOST_AFTER) commitLate();
      switch (fate) {
        case CANCELLED -> throw new SQLException("cancelled", "57014");
        case READ_ONLY -> throw new SQLException("read-only transaction", "25006");
        case DEFECT -> throw new IllegalStateException("defect");
        default -> throw new SQLException("connection lost", "08006");
      }
    }

    @Override
    public void discard() {
      isUsable = false;
    }

    @Override
    public void close() {
      isUsable = false;
    }
  }
}
