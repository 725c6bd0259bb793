package kith.node.feature.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import kith.node.core.room.RoomNames;
import kith.node.platform.config.Intervals;
import kith.node.platform.database.Jdbc;

/// Finds messages that may match, the newest first, in the table of [SearchProjection].
///
/// It reads one period at a time, each longer than the one before: frequent words are found in the
/// latest hour without the years before it, and rare ones in a few reads. When its time limit is
/// reached, the periods that it has read are searched completely.
final class SearchIndex {
  /// No message is older or newer.
  static final Instant FIRST = Instant.EPOCH;

  static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private static final String CANCELLED = "57014";

  /// A message that may match.
  record Candidate(String room, long seq, Instant at) {
    SearchCursor cursor() {
      return new SearchCursor(at, room, seq);
    }
  }

  /// @param next the place to continue; empty if everything was searched
  /// @param inTime false if the time was over before the page was full
  record Batch(List<Candidate> found, Optional<SearchCursor> next, boolean inTime) {
    Batch {
      found = List.copyOf(found);
    }
  }

  private final Jdbc jdbc;
  private final Clock clock;
  private final LongSupplier nanos;

  SearchIndex(Jdbc jdbc, Clock clock, LongSupplier nanos) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.nanos = nanos;
  }

  /// The next `limit` candidates, or fewer if there are no more or the time limit is reached.
  ///
  /// @param before the place after which to continue
  /// @param deadline as `nanos`
  CompletionStage<Batch> next(
      Collection<String> rooms,
      SearchQuery query,
      Optional<SearchCursor> before,
      int limit,
      long deadline) {
    return jdbc.inTransaction(
        connection -> new Reading(connection, rooms, query, before, limit, deadline).batch());
  }

  private final class Reading {
    private final Connection connection;
    private final Object[] rooms;
    private final Optional<String> tsquery;
    private final int limit;
    private final long deadline;
    private final Instant oldest;
    private final List<Candidate> found = new ArrayList<>();
    private Duration span = Intervals.SEARCHED_FIRST;
    private SearchCursor upTo;
    private Instant reached;

    Reading(
        Connection connection,
        Collection<String> rooms,
        SearchQuery query,
        Optional<SearchCursor> before,
        int limit,
        long deadline) {
      this.connection = connection;
      this.rooms = rooms.toArray();
      this.tsquery = query.tsquery();
      this.limit = limit;
      this.deadline = deadline;
      this.oldest = query.after().filter(FIRST::isBefore).orElse(FIRST);
      this.upTo = before.orElse(SearchCursor.before(LAST));
      query
          .before()
          .filter(it -> it.isBefore(upTo.at()))
          .ifPresent(it -> upTo = SearchCursor.before(it.isBefore(FIRST) ? FIRST : it));
      // clocks of other nodes may be ahead: entries newer than this node's time are part of the
      // first period
      this.reached = upTo.at().isBefore(clock.instant()) ? upTo.at() : clock.instant();
    }

    Batch batch() throws SQLException {
      while (true) {
        var millis = TimeUnit.NANOSECONDS.toMillis(deadline - nanos.getAsLong());
        if (millis <= 0) return new Batch(found, Optional.of(upTo), false);
        var from = begin();
        if (!read(from, millis)) return new Batch(found, Optional.of(upTo), false);
        if (found.size() >= limit)
          return new Batch(found, Optional.of(found.getLast().cursor()), true);
        if (!from.isAfter(oldest)) return new Batch(found, Optional.empty(), true);
        upTo = SearchCursor.before(from);
        reached = from;
        span = span.multipliedBy(4);
      }
    }

    /// The beginning of the next period.
    private Instant begin() {
      if (span.compareTo(Intervals.SEARCHED_LAST) > 0) return oldest;
      var from = reached.minus(span);
      return from.isBefore(oldest) ? oldest : from;
    }

    /// False if the time was over.
    private boolean read(Instant from, long millis) throws SQLException {
      try {
        Jdbc.rows(
            connection,
            """
            SELECT set_config('statement_timeout', ?, true), set_config('jit', 'off', true),
                   set_config('plan_cache_mode', 'force_custom_plan', true),
                   set_config('max_parallel_workers_per_gather', '0', true)
            """,
            _ -> true,
            String.valueOf(millis));
        found.addAll(candidates(from));
        return true;
      } catch (SQLException fault) {
        if (!CANCELLED.equals(fault.getSQLState())) throw fault;
        connection.rollback();
        return false;
      }
    }

    private List<Candidate> candidates(Instant from) throws SQLException {
      var values =
          new ArrayList<Object>(
              List.of(
                  connection.createArrayOf("text", rooms),
                  from,
                  upTo.at(),
                  upTo.at(),
                  upTo.room(),
                  upTo.seq()));
      tsquery.ifPresent(values::add);
      values.add(limit - found.size());
      return Jdbc.rows(
          connection,
          """
          SELECT room, seq, at FROM search_message
          WHERE room = ANY (?) AND at >= ? AND at <= ? AND (at, room, seq) < (?, ?, ?) %s
          ORDER BY at DESC, room DESC, seq DESC LIMIT ?
          """
              .formatted(tsquery.isPresent() ? "AND terms @@ ?::tsquery" : ""),
          row ->
              new Candidate(
                  row.getString(1),
                  row.getLong(2),
                  row.getObject(3, java.time.OffsetDateTime.class).toInstant()),
          values.toArray());
    }
  }

  /// The rooms of an account that have one of these names or ids, by that name or id.
  CompletionStage<Map<String, Set<String>>> named(Collection<String> rooms, Set<String> names) {
    return jdbc.with(connection -> {
      var keys = new HashMap<String, String>();
      for (var name : names) keys.put(RoomNames.key(name), name);
      var found = new HashMap<String, Set<String>>();
      for (var name : names)
        if (rooms.contains(name)) found.computeIfAbsent(name, _ -> new HashSet<>()).add(name);
      Jdbc.rows(
          connection,
          """
          SELECT name_key, room_id FROM room_directory
          WHERE room_id = ANY (?) AND name_key = ANY (?) AND seq > 0
          """,
          row ->
              found
                  .computeIfAbsent(keys.getOrDefault(row.getString(1), ""), _ -> new HashSet<>())
                  .add(row.getString(2)),
          connection.createArrayOf("text", rooms.toArray()),
          connection.createArrayOf("text", keys.keySet().toArray()));
      return found;
    });
  }

  /// The number of these rooms that are not in the index yet.
  CompletionStage<Integer> missing(Collection<String> rooms) {
    return jdbc.with(connection ->
        Jdbc.rows(
                connection,
                """
                SELECT count(*) FROM unnest(?::text[]) AS asked (room)
                WHERE NOT EXISTS (
                  SELECT 1 FROM projection_position AS position
                  WHERE position.room = asked.room AND projection = ?)
                """,
                row -> row.getInt(1),
                connection.createArrayOf("text", rooms.toArray()),
                SearchProjection.NAME)
            .getFirst());
  }
}
