package kith.node.feature.slash;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import kith.node.platform.config.Intervals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notifies the bots and callers of calls, and ends calls without an answer.
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final CallTable table;
  private final BiConsumer<String, AccountCalls.Command> tell;
  private final CallMetrics metrics;
  private final Clock clock;

  /// @param tell sends a command to the account of a user
  Calls(
      CallTable table,
      BiConsumer<String, AccountCalls.Command> tell,
      CallMetrics metrics,
      Clock clock) {
    this.table = table;
    this.tell = tell;
    this.metrics = metrics;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /// The sockets of the bot get it.
  void made(CallTable.Call call) {
    metrics.made();
    tell.accept(call.bot(), new AccountCalls.Pass(AccountCalls.called(call)));
  }

  /// It is posted to an address of the bot.
  void posted() {
    metrics.made();
    metrics.posted();
  }

  /// Ends a call whose request failed, and notifies its caller, unless the caller was notified that
  /// the time is over.
  ///
  /// @param isBegun true if the receiver answered, but its answer was refused
  CompletionStage<Void> failed(CallTable.Call call, String reason, boolean isBegun) {
    metrics.failed();
    return table
        .end(call.id())
        .<Void>handle((isEnded, fault) -> {
          if (fault != null) report("call=not-ended", fault);
          else if (isEnded || isBegun)
            tell.accept(call.by(), new AccountCalls.Pass(failure(call, reason)));
          return null;
        });
  }

  private static AccountCalls.Answered failure(CallTable.Call call, String reason) {
    return new AccountCalls.Answered(
        call.id(),
        call.room(),
        call.bot(),
        call.command(),
        Optional.empty(),
        Optional.of("%s failed: %s".formatted(call.bot(), reason)));
  }

  void answered() {
    metrics.answered();
  }

  static AccountCalls.Answered answer(CallTable.Call call, Optional<String> body) {
    return new AccountCalls.Answered(
        call.id(), call.room(), call.bot(), call.command(), body, Optional.empty());
  }

  /// Ends the calls that have expired. Every node does this periodically, also for calls of nodes
  /// that died.
  CompletionStage<?> expire() {
    return table
        .expire(clock.instant())
        .whenComplete((ended, fault) -> {
          if (fault != null) report("calls=not-ended", fault);
          else
            ended.forEach(call -> {
              metrics.expired();
              tell.accept(call.by(), new AccountCalls.Pass(answer(call, Optional.empty())));
            });
        });
  }

  void tidy() {
    var _ =
        table
            .forget(clock.instant().minus(Intervals.CALLS_KEPT))
            .whenComplete((_, fault) -> {
              if (fault != null) report("calls=not-removed", fault);
            });
  }

  private static void report(String what, Throwable fault) {
    LOG.warn("{} action=retry reason=\"{}\"", what, fault.toString());
  }
}
