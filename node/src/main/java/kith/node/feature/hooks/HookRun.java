package kith.node.feature.hooks;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import kith.node.feature.courier.Carrier.Changed;
import kith.node.feature.courier.Carrier.Delivered;
import kith.node.feature.courier.Carrier.Failed;
import kith.node.feature.courier.Carrier.Postponed;
import kith.node.feature.courier.Carrier.Step;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests.Line;
import kith.node.platform.config.CourierIntervals;
import kith.protocol.frame.Entry;

/// Sends the entries of a page that a webhook wants, one in each request, until the receiver does
/// not accept one or the time limit of the run is reached. The next is sent when the one before is
/// accepted.
///
/// @param wanted at least one
/// @param last entry of the page
/// @param request made at the moment of sending, whose time it carries
record HookRun(
    List<Entry> wanted,
    long last,
    Function<Entry, Delivery> request,
    BooleanSupplier isInterrupted,
    Clock clock) {
  private static final int GONE = 410;

  HookRun {
    wanted = List.copyOf(wanted);
  }

  Step over(Line line) {
    var end = clock.instant().plus(CourierIntervals.DELIVERY_RUN);
    Optional<Delivered> soFar = Optional.empty();
    for (var entry : wanted) {
      if (isInterrupted.getAsBoolean() || !clock.instant().isBefore(end))
        return soFar.<Step>map(it -> it).orElseGet(Changed::new);
      switch (step(line.send(request.apply(entry)), entry.seq())) {
        case Delivered accepted -> soFar = Optional.of(accepted);
        case Failed failed -> {
          return soFar.<Step>map(it -> new Delivered(it.to(), Optional.of(failed))).orElse(failed);
        }
        case Step other -> {
          return soFar.<Step>map(it -> it).orElse(other);
        }
      }
    }
    return new Delivered(last);
  }

  static Step step(Delivery.Outcome outcome, long seq) {
    return switch (outcome) {
      case Delivery.Answered answered when answered.isAccepted() -> new Delivered(seq);
      case Delivery.Answered(var status, var retryAfter, _) ->
          new Failed(
              status / 100 == 3
                  ? "The receiver answered " + status + "; redirects are not followed."
                  : "The receiver answered " + status + ".",
              retryAfter,
              status == GONE);
      case Delivery.Unanswered(var reason) -> Failed.because(reason);
      case Delivery.Postponed(var delay) -> new Postponed(delay);
    };
  }
}
