package kith.node.core.room;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.AgingMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks rooms whose oldest entries are due to remove them; that also wakes sleeping rooms. All
/// nodes do this, and no two take the same room from the table.
public final class AgingWorker {
  private static final Logger LOG = LoggerFactory.getLogger(AgingWorker.class);

  private final Jdbc jdbc;
  private final RetentionSettings settings;
  private final Clock clock;
  private final Consumer<String> ask;
  private final AgingMetrics metrics;
  private final AtomicBoolean isRunning = new AtomicBoolean();

  /// @param ask sends a room [Room.Age]
  public AgingWorker(
      Jdbc jdbc,
      RetentionSettings settings,
      Clock clock,
      Consumer<String> ask,
      AgingMetrics metrics) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
    this.ask = ask;
    this.metrics = metrics;
  }

  /// The settings on which the times of rooms depend.
  static String label(RetentionSettings settings) {
    return settings.standard()
        + " "
        + settings.most()
        + " "
        + settings.grace()
        + " "
        + settings.sealing();
  }

  /// Asks some of the rooms that are due.
  public void run() {
    if (!isRunning.compareAndSet(false, true)) return;
    take()
        .whenComplete((rooms, fault) -> {
          isRunning.set(false);
          if (fault == null) rooms.forEach(ask);
          else LOG.warn("aging=failed action=retry reason=\"{}\"", fault.getMessage());
        });
  }

  private CompletionStage<List<String>> take() {
    return jdbc.with(connection -> {
      var now = clock.instant();
      Jdbc.rows(
          connection,
          "SELECT count(*), coalesce(extract(epoch FROM ?::timestamptz - min(due)), 0)"
              + " FROM room_aging WHERE due <= ?::timestamptz",
          row -> {
            metrics.waiting(row.getLong(1), row.getDouble(2));
            return true;
          },
          now,
          now);
      return Jdbc.rows(
          connection,
          """
          UPDATE room_aging SET due = ?::timestamptz WHERE room IN (
            SELECT room FROM room_aging WHERE due <= ?::timestamptz
            ORDER BY due LIMIT ? FOR UPDATE SKIP LOCKED)
          RETURNING room
          """,
          row -> row.getString(1),
          now.plus(Intervals.AGING_RETRY),
          now,
          Portions.AGING_ROOMS);
    });
  }

  /// Makes all rooms due that have not been asked with these settings yet.
  public void sweep() {
    sweepAfter("")
        .whenComplete((_, fault) -> {
          if (fault != null)
            LOG.warn("aging-sweep=failed action=retry reason=\"{}\"", fault.getMessage());
        });
  }

  private CompletionStage<Void> sweepAfter(String after) {
    return jdbc.with(
            connection -> {
              var rooms = RoomIds.after(connection, after);
              Jdbc.change(
                  connection,
                  """
                  INSERT INTO room_aging (room, settings, due)
                  SELECT id, ?, ?::timestamptz FROM unnest(?::text[]) AS rooms (id)
                  ON CONFLICT (room) DO UPDATE SET settings = excluded.settings, due = excluded.due
                  WHERE room_aging.settings <> excluded.settings
                  """,
                  label(settings),
                  clock.instant(),
                  connection.createArrayOf("text", rooms.toArray()));
              return rooms;
            })
        .thenCompose(rooms ->
            rooms.size() < Portions.EVENTS
                ? CompletableFuture.<Void>completedFuture(null)
                : sweepAfter(rooms.getLast()));
  }
}
