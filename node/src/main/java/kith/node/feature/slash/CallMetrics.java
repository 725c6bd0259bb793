package kith.node.feature.slash;

import kith.node.platform.metrics.Count;
import kith.node.platform.metrics.Instruments;

/// The metrics of calls of commands.
public final class CallMetrics {
  private final Count made;
  private final Count answered;
  private final Count expired;
  private final Count posted;
  private final Count failed;

  public CallMetrics(Instruments instruments) {
    var calls =
        instruments.counter(
            "kith_command_calls", "Calls of commands of bots, by outcome.", "event");
    made = calls.labelValues("made");
    answered = calls.labelValues("answered");
    expired = calls.labelValues("expired");
    posted = calls.labelValues("posted");
    failed = calls.labelValues("failed");
  }

  public void made() {
    made.inc();
  }

  public void answered() {
    answered.inc();
  }

  /// A call was posted to an address of the bot.
  public void posted() {
    posted.inc();
  }

  /// The address did not answer, or its answer was invalid.
  public void failed() {
    failed.inc();
  }

  public void expired() {
    expired.inc();
  }
}
