package kith.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/// Counts the presence frames of all clients, and measures how soon others see a connect.
final class PresenceStats {
  private static final long LONGEST_MICROS = 60_000_000;
  private static final String USER = "{\"user\":\"";
  private static final String ONLINE = "\",\"status\":\"online\"";

  record Tally(long frames, long changes, long bytes, int failed, Histogram micros) {
    double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1_000.0;
    }
  }

  private final Map<String, Long> connectedAt = new ConcurrentHashMap<>();
  private Histogram delays = new Histogram(1, LONGEST_MICROS, 3);
  private long frames;
  private long changes;
  private long bytes;
  private int failed;

  void connected(String user) {
    connectedAt.put(user, System.nanoTime());
  }

  synchronized void failed() {
    failed++;
  }

  synchronized boolean hasFailed() {
    return failed > 0;
  }

  /// Counts a frame that a client received; only changes (not complete lists) are timed.
  synchronized void received(String frame) {
    var now = System.nanoTime();
    bytes += frame.length();
    if (!frame.startsWith("{\"type\":\"presence\"")) return;
    frames++;
    var isWhole = frame.endsWith("\"whole\":true}");
    for (int at = frame.indexOf(USER); at >= 0; at = frame.indexOf(USER, at + 1)) {
      changes++;
      var from = at + USER.length();
      var to = frame.indexOf('"', from);
      if (isWhole || !frame.startsWith(ONLINE, to)) continue;
      var since = connectedAt.get(frame.substring(from, to));
      if (since != null) delays.recordValue(Math.clamp((now - since) / 1_000, 1, LONGEST_MICROS));
    }
  }

  synchronized Tally takeTally() {
    var tally = new Tally(frames, changes, bytes, failed, delays);
    delays = new Histogram(1, LONGEST_MICROS, 3);
    frames = changes = bytes = 0;
    return tally;
  }
}
