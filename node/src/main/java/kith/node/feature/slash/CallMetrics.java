package kith.node.platform.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/// The metrics of calls of commands.
public final class CallMetrics {
  private final CounterDataPoint made;
  private final CounterDataPoint answered;
  private final CounterDataPoint expired;
  private final CounterDataPoint posted;
  private final CounterDataPoint failed;

  CallMetrics(Instruments instruments) {
    var calls =
        instruments.counter(
            "kith_command_calls", "Calls of commands of bots, by what happened.", "event");
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

  /// To an address of the bot.
  public void posted() {
    posted.inc();
  }

  /// The address did not answer, or not as it should.
  public void failed() {
    failed.inc();
  }

  public void expired() {
    expired.inc();
  }
}
