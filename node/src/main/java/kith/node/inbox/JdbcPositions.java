package kith.node.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.node.database.Jdbc;
import kith.node.room.Counts;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The positions of a node's accounts on their way into the database: gathered for a second, and
/// written together, beside the journal.
public final class JdbcPositions extends AbstractMatchingBehavior<JdbcPositions.Command> {
  private static final Duration GATHER = Duration.ofSeconds(1);

  /// So many are written without waiting; more than that while the database is away are lost.
  private static final int MANY = 5_000;

  private static final int MOST = 100_000;

  public sealed interface Command {}

  private record Keep(String account, Position position) implements Command {}

  private record Forget(String account, String room) implements Command {}

  private record Tick() implements Command {}

  private record Written(PositionBatch batch, boolean isDone) implements Command {}

  /// Everything is to be written now; answered when it is, or cannot be.
  public record WriteAll(ActorRef<Done> replyTo) implements Command {}

  private record Told(ActorRef<Command> writer, Jdbc jdbc) implements Positions {
    @Override
    public CompletionStage<List<Position>> of(String account) {
      return jdbc.query(
          "SELECT room, read, messages, unread_from, muted FROM read_position WHERE account = ?",
          JdbcPositions::position,
          account);
    }

    @Override
    public void keep(String account, Position position) {
      writer.tell(new Keep(account, position));
    }

    @Override
    public void forget(String account, String room) {
      writer.tell(new Forget(account, room));
    }
  }

  private final Jdbc jdbc;
  private PositionBatch waiting = new PositionBatch();
  private boolean isWriting;

  public static Behavior<Command> create(Jdbc jdbc) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new JdbcPositions(context, timers, jdbc)));
  }

  public static Positions through(ActorRef<Command> writer, Jdbc jdbc) {
    return new Told(writer, jdbc);
  }

  private JdbcPositions(ActorContext<Command> context, TimerScheduler<Command> timers, Jdbc jdbc) {
    super(context);
    this.jdbc = jdbc;
    timers.startTimerWithFixedDelay(new Tick(), GATHER);
  }

  private static Position position(ResultSet row) throws SQLException {
    var from = row.getLong("unread_from");
    return new Position(
        row.getString("room"),
        row.getLong("read"),
        new Counts(row.getLong("messages")),
        from == 0 ? OptionalLong.empty() : OptionalLong.of(from),
        row.getBoolean("muted"));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Keep(var account, var position) -> onKeep(account, position);
      case Forget(var account, var room) -> onForget(account, room);
      case Tick _ -> onTick();
      case Written(var batch, var isDone) -> onWritten(batch, isDone);
      case WriteAll(var replyTo) -> onWriteAll(replyTo);
    };
  }

  private Behavior<Command> onKeep(String account, Position position) {
    if (waiting.size() < MOST) waiting.keep(account, position);
    return waiting.size() >= MANY ? onTick() : this;
  }

  private Behavior<Command> onForget(String account, String room) {
    if (waiting.size() < MOST) waiting.forget(account, room);
    return this;
  }

  private Behavior<Command> onTick() {
    if (isWriting || waiting.size() == 0) return this;
    isWriting = true;
    var batch = waiting;
    waiting = new PositionBatch();
    getContext()
        .pipeToSelf(jdbc.with(batch::write), (_, fault) -> new Written(batch, fault == null));
    return this;
  }

  private Behavior<Command> onWritten(PositionBatch batch, boolean isDone) {
    isWriting = false;
    if (!isDone) waiting.addBelow(batch);
    return this;
  }

  private Behavior<Command> onWriteAll(ActorRef<Done> replyTo) {
    var batch = waiting;
    waiting = new PositionBatch();
    jdbc.with(batch::write).whenComplete((_, _) -> replyTo.tell(Done.getInstance()));
    return this;
  }
}
