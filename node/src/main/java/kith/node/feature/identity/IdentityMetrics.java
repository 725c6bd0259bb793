package kith.node.feature.identity;

import kith.node.platform.metrics.Count;
import kith.node.platform.metrics.Instruments;

/// The metrics of identity providers.
public final class IdentityMetrics {
  private final Count answered;
  private final Count failed;
  private final Count ended;

  public IdentityMetrics(Instruments instruments) {
    var requests =
        instruments.counter(
            "kith_identity_requests_total",
            "Requests to identity providers, by whether they were answered.",
            "result");
    answered = requests.labelValues("answered");
    failed = requests.labelValues("failed");
    ended =
        instruments.counter(
            "kith_identity_devices_ended_total",
            "Devices that ended because a provider logged their users out, or refused them.");
  }

  public void answered() {
    answered.inc();
  }

  public void failed() {
    failed.inc();
  }

  public void ended(int devices) {
    ended.inc(devices);
  }
}
