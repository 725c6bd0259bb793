package kith.node.platform.database;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// All data of a Kith database as a stream. It comes from a database or a backup, and goes to a
/// backup or a database.
interface Dump {
  /// @param made the time of the snapshot, by the database's clock
  /// @param program the release that made it
  /// @param migrations the migrations of the tables, in order
  record Contents(Instant made, String program, List<Migration> migrations) {
    public Contents {
      migrations = List.copyOf(migrations);
    }
  }

  /// @param checksum of its script
  record Migration(String version, int checksum) {}

  record Table(String name, List<String> columns) {
    public Table {
      columns = List.copyOf(columns);
    }

    /// The statement that copies its rows as text, `TO STDOUT` or `FROM STDIN`.
    String copy(String direction) {
      var list = columns.stream().map(BackupTables::quoted).collect(Collectors.joining(", "));
      return "COPY %s (%s) %s".formatted(BackupTables.quoted(name), list, direction);
    }
  }

  /// The number of rows and a digest of them, in any order.
  record Sum(long rows, String digest) {}

  /// @param last the last value that it gave
  record Sequence(String name, long last) {}

  record End(List<Sequence> sequences) {
    public End {
      sequences = List.copyOf(sequences);
    }
  }

  Contents contents();

  void writeTo(Sink sink) throws IOException;

  /// Takes the tables one after the other, each with its rows and their sum, and then the end.
  interface Sink {
    void begin(Table table) throws IOException;

    /// The next bytes of the table's rows in PostgreSQL's text format. A row may be divided.
    void rows(byte[] text, int length) throws IOException;

    void end(Sum sum) throws IOException;

    void complete(End end) throws IOException;
  }
}
