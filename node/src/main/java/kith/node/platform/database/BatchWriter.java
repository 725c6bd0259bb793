package kith.node.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import kith.node.platform.config.Intervals;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// An actor that collects values by key for a second and writes them in one transaction. A failed
/// batch is merged into the next one. A crash loses about a second of values.
public final class BatchWriter<V> extends AbstractMatchingBehavior<BatchWriter.Command<V>> {
  public sealed interface Command<V> {}

  private record Keep<V>(String key, V value) implements Command<V> {}

  private record Flush<V>(CompletableFuture<Void> done) implements Command<V> {}

  private record Tick<V>() implements Command<V> {}

  private record Written<V>(SortedMap<String, V> batch, Optional<Throwable> fault)
      implements Command<V> {}

  /// Writes a batch, sorted by key, so that two nodes lock common rows in the same order.
  public interface Write<V> {
    int write(Connection connection, SortedMap<String, V> batch) throws SQLException;
  }

  /// The input of the actor.
  public static final class Input<V> {
    private final ActorRef<Command<V>> writer;

    private Input(ActorRef<Command<V>> writer) {
      this.writer = writer;
    }

    public void keep(String key, V value) {
      writer.tell(new Keep<>(key, value));
    }

    /// Completes when all earlier values are written, or fails if they cannot be.
    public CompletionStage<Void> flush() {
      var done = new CompletableFuture<Void>();
      writer.tell(new Flush<>(done));
      return done;
    }
  }

  private final Jdbc jdbc;
  private final int most;
  private final BinaryOperator<V> merge;
  private final Write<V> write;

  private SortedMap<String, V> waiting = new TreeMap<>();
  private List<CompletableFuture<Void>> flushes = new ArrayList<>();

  /// The flushes that the running write completes.
  private List<CompletableFuture<Void>> answered = List.of();

  private boolean isWriting;

  /// @param spawn starts the actor
  /// @param most keys that wait; later ones are dropped
  /// @param merge combines an earlier and a later value of one key
  public static <V> Input<V> start(
      Function<Behavior<Command<V>>, ActorRef<Command<V>>> spawn,
      Jdbc jdbc,
      int most,
      BinaryOperator<V> merge,
      Write<V> write) {
    return new Input<>(
        spawn.apply(
            Behaviors.setup(context ->
                Behaviors.withTimers(
                    timers -> new BatchWriter<>(context, timers, jdbc, most, merge, write)))));
  }

  private BatchWriter(
      ActorContext<Command<V>> context,
      TimerScheduler<Command<V>> timers,
      Jdbc jdbc,
      int most,
      BinaryOperator<V> merge,
      Write<V> write) {
    super(context);
    this.jdbc = jdbc;
    this.most = most;
    this.merge = merge;
    this.write = write;
    timers.startTimerWithFixedDelay(new Tick<>(), Intervals.WRITE);
  }

  @Override
  public Behavior<Command<V>> onMessage(Command<V> command) {
    switch (command) {
      case Keep<V>(var key, var value) -> onKeep(key, value);
      case Flush<V>(var done) -> onFlush(done);
      case Tick<V> _ -> write();
      case Written<V>(var batch, var fault) -> onWritten(batch, fault);
    }
    return this;
  }

  private void onKeep(String key, V value) {
    if (waiting.size() < most || waiting.containsKey(key)) waiting.merge(key, value, merge);
  }

  private void onFlush(CompletableFuture<Void> done) {
    flushes.add(done);
    write();
  }

  private void write() {
    if (isWriting || (waiting.isEmpty() && flushes.isEmpty())) return;
    isWriting = true;
    var batch = waiting;
    waiting = new TreeMap<>();
    answered = flushes;
    flushes = new ArrayList<>();
    getContext()
        .pipeToSelf(
            jdbc.inTransaction(connection -> write.write(connection, batch)),
            (_, fault) -> new Written<>(batch, Optional.ofNullable(fault)));
  }

  private void onWritten(SortedMap<String, V> batch, Optional<Throwable> fault) {
    isWriting = false;
    if (fault.isPresent())
      batch.forEach((key, value) ->
          waiting.merge(key, value, (later, earlier) -> merge.apply(earlier, later)));
    for (var done : answered)
      fault.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    answered = List.of();
    if (!flushes.isEmpty()) write();
  }
}
