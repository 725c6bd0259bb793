package kith.node.feature.presence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.platform.database.Jdbc;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// When people were there last, on its way into the database: gathered for a second, and written
/// together. What is written never goes back.
public final class JdbcLastSeen extends AbstractMatchingBehavior<JdbcLastSeen.Command> {
  private static final Duration GATHER = Duration.ofSeconds(1);

  /// More accounts than that, while the database is away, are lost.
  private static final int MOST = 100_000;

  public sealed interface Command {}

  private record Seen(String user, Instant at) implements Command {}

  private record Chosen(String user, PrivacyPolicy discretion) implements Command {}

  private record Tick() implements Command {}

  private record Written(
      boolean isDone, Map<String, Instant> seen, Map<String, PrivacyPolicy> chosen)
      implements Command {}

  /// Everything is to be written now; answered when it is, or cannot be.
  public record WriteAll(ActorRef<Done> replyTo) implements Command {}

  private record Through(ActorRef<Command> writer, Jdbc jdbc) implements LastSeen {
    @Override
    public CompletionStage<List<PresenceState>> of(Set<String> users) {
      return jdbc.with(connection ->
          Jdbc.rows(
              connection,
              """
              SELECT account, at, hidden_from, shown_to, receipts_to, version
              FROM last_seen WHERE account = ANY (?)
              """,
              JdbcLastSeen::word,
              connection.createArrayOf("text", users.toArray())));
    }

    @Override
    public void seen(String user, Instant at) {
      writer.tell(new Seen(user, at));
    }

    @Override
    public void discretion(String user, PrivacyPolicy discretion) {
      writer.tell(new Chosen(user, discretion));
    }
  }

  private final Jdbc jdbc;
  private Map<String, Instant> seen = new HashMap<>();
  private Map<String, PrivacyPolicy> chosen = new HashMap<>();
  private boolean isWriting;

  public static Behavior<Command> create(Jdbc jdbc) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new JdbcLastSeen(context, timers, jdbc)));
  }

  public static LastSeen through(ActorRef<Command> writer, Jdbc jdbc) {
    return new Through(writer, jdbc);
  }

  private JdbcLastSeen(ActorContext<Command> context, TimerScheduler<Command> timers, Jdbc jdbc) {
    super(context);
    this.jdbc = jdbc;
    timers.startTimerWithFixedDelay(new Tick(), GATHER);
  }

  private static PresenceState word(ResultSet row) throws SQLException {
    var at = Optional.ofNullable(row.getObject("at", OffsetDateTime.class));
    var hidden = row.getString("hidden_from");
    var discretion =
        new PrivacyPolicy(
            hidden.isEmpty() ? Set.of() : Set.of(hidden.split(",")),
            new PrivacySettings(
                ShownTo.valueOf(row.getString("shown_to").toUpperCase(Locale.ROOT)),
                ShownTo.valueOf(row.getString("receipts_to").toUpperCase(Locale.ROOT)),
                true),
            row.getLong("version"));
    return new PresenceState(
        row.getString("account"),
        Status.OFFLINE,
        at.map(OffsetDateTime::toInstant),
        Optional.of(discretion));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Seen(var user, var at) -> onSeen(user, at);
      case Chosen(var user, var discretion) -> onChosen(user, discretion);
      case Tick _ -> onTick();
      case Written written -> onWritten(written);
      case WriteAll(var replyTo) -> onWriteAll(replyTo);
    };
  }

  private Behavior<Command> onSeen(String user, Instant at) {
    if (seen.size() < MOST) seen.merge(user, at, JdbcLastSeen::later);
    return this;
  }

  private Behavior<Command> onChosen(String user, PrivacyPolicy discretion) {
    if (chosen.size() < MOST) chosen.put(user, discretion);
    return this;
  }

  private Behavior<Command> onTick() {
    if (isWriting || (seen.isEmpty() && chosen.isEmpty())) return this;
    isWriting = true;
    var nowSeen = taken();
    var nowChosen = takenChosen();
    getContext()
        .pipeToSelf(
            jdbc.with(connection -> write(connection, nowSeen, nowChosen)),
            (_, fault) -> new Written(fault == null, nowSeen, nowChosen));
    return this;
  }

  private Map<String, Instant> taken() {
    var taken = seen;
    seen = new HashMap<>();
    return taken;
  }

  private Map<String, PrivacyPolicy> takenChosen() {
    var taken = chosen;
    chosen = new HashMap<>();
    return taken;
  }

  private Behavior<Command> onWritten(Written written) {
    isWriting = false;
    if (written.isDone()) return this;
    written.seen().forEach((user, at) -> seen.merge(user, at, JdbcLastSeen::later));
    written.chosen().forEach(chosen::putIfAbsent);
    return this;
  }

  private Behavior<Command> onWriteAll(ActorRef<Done> replyTo) {
    var nowSeen = taken();
    var nowChosen = takenChosen();
    jdbc.with(connection -> write(connection, nowSeen, nowChosen))
        .whenComplete((_, _) -> replyTo.tell(Done.getInstance()));
    return this;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  /// In the order of names, so that two nodes that write the same ones do not wait for each other.
  private static int write(
      Connection connection, Map<String, Instant> seen, Map<String, PrivacyPolicy> chosen)
      throws SQLException {
    var ats = new TreeMap<>(seen);
    var discretions = new TreeMap<>(chosen);
    return Jdbc.change(
            connection,
            """
            INSERT INTO last_seen (account, at)
            SELECT * FROM unnest(?::text[], ?::timestamptz[])
            ON CONFLICT (account) DO UPDATE SET at = greatest(last_seen.at, excluded.at)
            """,
            array(connection, ats.keySet()),
            array(connection, values(ats, Instant::toString)))
        + Jdbc.change(
            connection,
            """
            INSERT INTO last_seen (account, hidden_from, shown_to, receipts_to, version)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
            ON CONFLICT (account) DO UPDATE
              SET hidden_from = excluded.hidden_from, shown_to = excluded.shown_to,
                receipts_to = excluded.receipts_to, version = excluded.version
              WHERE last_seen.version <= excluded.version
            """,
            array(connection, discretions.keySet()),
            array(connection, values(discretions, it -> String.join(",", it.blocked()))),
            array(connection, values(discretions, it -> name(it.settings().lastSeen()))),
            array(connection, values(discretions, it -> name(it.settings().receipts()))),
            array(connection, values(discretions, it -> Long.toString(it.version()))));
  }

  private static String name(ShownTo these) {
    return these.name().toLowerCase(Locale.ROOT);
  }

  private static <T> List<String> values(Map<String, T> map, Function<T, String> text) {
    return map.values().stream().map(text).toList();
  }

  private static java.sql.Array array(Connection connection, Collection<String> values)
      throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }
}
