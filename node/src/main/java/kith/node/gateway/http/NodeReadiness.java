package kith.node.gateway.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import kith.node.platform.cluster.Membership;
import kith.node.platform.config.Intervals;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/// Whether this node has joined its cluster, reaches the database and is not shutting down.
public final class NodeReadiness implements Readiness {
  private final CoordinatedShutdown shutdown;
  private final Membership membership;
  private final Jdbc jdbc;

  // one query at a time for all callers, so that a hung database does not collect them
  private final AtomicReference<CompletableFuture<?>> asked =
      new AtomicReference<>(CompletableFuture.completedFuture(true));

  public NodeReadiness(ActorSystem<?> system, Membership membership, Jdbc jdbc) {
    this.shutdown = CoordinatedShutdown.get(system);
    this.membership = membership;
    this.jdbc = jdbc;
  }

  @Override
  public CompletionStage<Optional<String>> whyNot() {
    if (shutdown.getShutdownReason().isPresent()) return reason("The node is shutting down.");
    if (!membership.isUp()) return reason("The node has not joined the cluster.");
    return question()
        .copy()
        .orTimeout(Intervals.REPORT_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .handle((_, fault) ->
            fault == null ? Optional.empty() : Optional.of("The database does not answer."));
  }

  private CompletableFuture<?> question() {
    return asked.updateAndGet(last -> last.isDone() ? ask() : last);
  }

  private CompletableFuture<?> ask() {
    return jdbc.query("SELECT 1", row -> row.getInt(1)).toCompletableFuture();
  }

  private static CompletionStage<Optional<String>> reason(String sentence) {
    return CompletableFuture.completedFuture(Optional.of(sentence));
  }
}
