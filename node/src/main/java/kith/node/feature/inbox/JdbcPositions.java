package kith.node.feature.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import kith.node.core.room.Counts;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Writes the positions of a node's accounts to the database, beside the journal: gathered for a
/// second and written in one batch.
public final class JdbcPositions extends AbstractMatchingBehavior<JdbcPositions.Command> {
  public sealed interface Command {}

  private record Keep(String account, Position position) implements Command {}

  private record Forget(String account, String room) implements Command {}

  private record Tick() implements Command {}

  private record Written(PositionBatch batch, Optional<Throwable> fault) implements Command {}

  private record Flush(CompletableFuture<Void> done) implements Command {}

  private record Input(ActorRef<Command> writer, AtomicInteger size, Jdbc jdbc, int most)
      implements Positions {
    @Override
    public CompletionStage<List<Position>> of(String account) {
      return jdbc.query(
          """
          SELECT room, read, messages, unread_from, muted, marked, delivered, seen
          FROM read_position WHERE account = ?
          """,
          JdbcPositions::position,
          account);
    }

    @Override
    public boolean keep(String account, Position position) {
      return enqueue(new Keep(account, position));
    }

    @Override
    public boolean forget(String account, String room) {
      return enqueue(new Forget(account, room));
    }

    private boolean enqueue(Command command) {
      if (size.get() >= most) return false;
      writer.tell(command);
      return true;
    }

    @Override
    public CompletionStage<Void> flush() {
      var done = new CompletableFuture<Void>();
      writer.tell(new Flush(done));
      return done;
    }
  }

  private final Jdbc jdbc;

  /// The number of waiting positions. Callers read it before they add more.
  private final AtomicInteger size;

  private final int most;
  private PositionBatch waiting = new PositionBatch();
  private List<CompletableFuture<Void>> flushes = new ArrayList<>();

  /// The flushes that the write in progress answers.
  private List<CompletableFuture<Void>> answered = List.of();

  private boolean isWriting;
  private boolean failed;

  /// @param spawn starts the actor
  /// @param most positions that wait to be written, and callers that wait for it; accounts keep
  ///   further positions and try again
  public static Positions start(
      Function<Behavior<Command>, ActorRef<Command>> spawn, Jdbc jdbc, int most) {
    var size = new AtomicInteger();
    var writer =
        spawn.apply(
            Behaviors.setup(context ->
                Behaviors.withTimers(
                    timers -> new JdbcPositions(context, timers, jdbc, size, most))));
    return new Input(writer, size, jdbc, most);
  }

  private JdbcPositions(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Jdbc jdbc,
      AtomicInteger size,
      int most) {
    super(context);
    this.jdbc = jdbc;
    this.size = size;
    this.most = most;
    timers.startTimerWithFixedDelay(new Tick(), Intervals.WRITE);
  }

  private static Position position(ResultSet row) throws SQLException {
    var from = row.getLong("unread_from");
    return new Position(
        row.getString("room"),
        row.getLong("read"),
        new Counts(row.getLong("messages")),
        from == 0 ? OptionalLong.empty() : OptionalLong.of(from),
        row.getBoolean("muted"),
        row.getLong("marked"),
        new Progress(row.getLong("delivered"), row.getLong("seen")));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Keep(var account, var position) -> waiting.keep(account, position);
      case Forget(var account, var room) -> waiting.forget(account, room);
      case Tick _ -> write();
      case Written(var batch, var fault) -> onWritten(batch, fault);
      case Flush(var done) -> onFlush(done);
    }
    // after a failure only the tick tries again, not each new position
    if (waiting.size() >= Portions.POSITIONS && !failed) write();
    size.set(waiting.size());
    return this;
  }

  private void write() {
    if (isWriting || waiting.size() == 0) return;
    isWriting = true;
    var batch = waiting;
    waiting = new PositionBatch();
    answered = flushes;
    flushes = new ArrayList<>();
    getContext()
        .pipeToSelf(
            jdbc.with(batch::write), (_, fault) -> new Written(batch, Optional.ofNullable(fault)));
  }

  private void onWritten(PositionBatch batch, Optional<Throwable> fault) {
    isWriting = false;
    failed = fault.isPresent();
    if (failed) waiting.addBelow(batch);
    for (var done : answered)
      fault.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    answered = List.of();
    if (flushes.isEmpty()) return;
    if (waiting.size() > 0) write();
    else {
      flushes.forEach(done -> done.complete(null));
      flushes.clear();
    }
  }

  private void onFlush(CompletableFuture<Void> done) {
    if (waiting.size() == 0 && !isWriting) done.complete(null);
    else if (flushes.size() >= most)
      done.completeExceptionally(new IllegalStateException("too many callers wait for a flush"));
    else {
      flushes.add(done);
      if (!isWriting) write();
    }
  }
}
