package kith.node.platform.metrics;

import java.util.List;
import java.util.stream.IntStream;
import kith.protocol.Code;

/// The metrics of HTTP requests.
public final class HttpMetrics {
  private final Instruments instruments;
  private final Refusals refusals;
  private final List<? extends Count> byClass;
  private final Distribution durations;

  HttpMetrics(Instruments instruments, Refusals refusals) {
    this.instruments = instruments;
    this.refusals = refusals;
    var all =
        instruments.counter(
            "kith_http_requests", "HTTP requests answered, by status class.", "status");
    byClass = IntStream.rangeClosed(1, 5).mapToObj(first -> all.labelValues(first + "xx")).toList();
    durations =
        instruments.seconds(
            "kith_http_request_seconds", "Time from the complete HTTP request to its response.");
  }

  /// @param name of the transport between this node and the kernel for its clients
  public void watchTransport(String name) {
    instruments.fact(
        "kith_http_transport",
        "The transport between this node and the kernel for connections to clients.",
        "transport",
        name);
  }

  /// @param since the arrival of the request, from `System.nanoTime`
  public void answered(int status, long since) {
    byClass.get(Math.clamp(status / 100, 1, 5) - 1).inc();
    durations.observe(Instruments.secondsSince(since));
  }

  public void refused(Code code) {
    refusals.count(code);
  }
}
