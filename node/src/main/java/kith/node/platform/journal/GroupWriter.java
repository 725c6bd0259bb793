package kith.node.platform.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kith.node.platform.database.DatabaseFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the groups of a queue, one at a time, on a thread of its own.
///
/// A group whose outcome is unknown, because the connection broke, is never written again: its
/// writers fail, read their logs again, and find the rows if they were committed. A group that a
/// row made fail is not committed. It is divided until the faulty write is alone, so that only its
/// writer fails.
final class GroupWriter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);

  private final WriteQueue queue;
  private final JournalConnection.Source source;

  GroupWriter(WriteQueue queue, JournalConnection.Source source) {
    this.queue = queue;
    this.source = source;
  }

  /// Returns when the queue is closed.
  @Override
  public void run() {
    try {
      for (var group = queue.take(); group.isPresent(); group = queue.take()) write(group.get());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  void write(WriteQueue.Group group) {
    var attempt = new Attempt(group.writes());
    attempt.run();
    for (var write : queue.ended(group, attempt.failedLogs)) write.fail(new NotWritten());
  }

  /// One group. Each of its writes is answered exactly once.
  private final class Attempt {
    private final List<JournalWrite> writes;
    private final Set<String> failedLogs = new HashSet<>();

    Attempt(List<JournalWrite> writes) {
      this.writes = writes;
    }

    void run() {
      try (var connection = source.open()) {
        try {
          insert(connection, writes);
        } catch (SQLException | RuntimeException | Error fault) {
          connection.discard();
          throw fault;
        }
      } catch (SQLException fault) {
        failRest(new DatabaseFailure(fault));
      } catch (RuntimeException | Error fault) {
        // this thread must continue: all logs of the node depend on it
        log.error("journal=group-failed writes={}", writes.size(), fault);
        failRest(fault);
      }
    }

    private void insert(JournalConnection connection, List<JournalWrite> part) throws SQLException {
      var followers = followers(part);
      if (!followers.isEmpty()) {
        followers.forEach(write -> fail(write, new NotWritten()));
        insert(connection, part.stream().filter(write -> !write.isDone()).toList());
        return;
      }
      if (part.isEmpty()) return;
      try {
        connection.insert(rows(part));
      } catch (SQLException fault) {
        if (!RowFault.isOne(fault)) throw fault;
        divide(connection, part, fault);
        return;
      }
      part.forEach(JournalWrite::succeed);
    }

    private void divide(JournalConnection connection, List<JournalWrite> part, SQLException fault)
        throws SQLException {
      if (part.size() == 1) {
        fail(part.getFirst(), new DatabaseFailure(fault));
        return;
      }
      int half = part.size() / 2;
      insert(connection, part.subList(0, half));
      insert(connection, part.subList(half, part.size()));
    }

    /// Writes after a failed one of the same log: they would leave a gap.
    private List<JournalWrite> followers(List<JournalWrite> part) {
      return failedLogs.isEmpty()
          ? List.of()
          : part.stream().filter(write -> failedLogs.contains(write.log())).toList();
    }

    private void failRest(Throwable fault) {
      for (var write : writes) if (!write.isDone()) fail(write, fault);
    }

    private void fail(JournalWrite write, Throwable fault) {
      failedLogs.add(write.log());
      write.fail(fault);
    }

    private static List<JournalRow> rows(List<JournalWrite> part) {
      if (part.size() == 1) return part.getFirst().rows();
      var rows = new ArrayList<JournalRow>();
      for (var write : part) rows.addAll(write.rows());
      return rows;
    }
  }
}
