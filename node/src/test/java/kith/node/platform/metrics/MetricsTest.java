package kith.node.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import kith.protocol.Code;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  private OpenMetricsText read() {
    var text = metrics.exposition().text(Optional.of("application/openmetrics-text"));
    assertThat(text.type()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    return OpenMetricsText.read(new String(text.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void everyRefusalCodeHasItsOwnCounterFromTheStart() {
    for (var code : Code.values())
      assertThat(read().value("kith_refusals_total", "code", code.wire())).isZero();

    for (var code : Code.values()) {
      metrics.sessions().refused(code);
      metrics.http().refused(code);
    }

    for (var code : Code.values())
      assertThat(read().value("kith_refusals_total", "code", code.wire())).isEqualTo(2);
  }

  @Test
  void commitsAreCountedInEntriesMessagesAndSeconds() {
    metrics.rooms().committed(5, 3, System.nanoTime() - 2_000_000_000L);

    var read = read();
    assertThat(read.value("kith_entries_committed_total")).isEqualTo(5);
    assertThat(read.value("kith_messages_accepted_total")).isEqualTo(3);
    assertThat(read.value("kith_journal_write_seconds_count")).isEqualTo(1);
    assertThat(read.value("kith_journal_write_seconds_sum")).isBetween(2.0, 60.0);
    assertThat(read.value("kith_journal_write_seconds_bucket", "le", "1.0")).isZero();
  }

  @Test
  void batchesFallIntoBucketsBySize() {
    metrics.rooms().batchSent(1);
    metrics.rooms().batchSent(3);

    assertThat(read().value("kith_relay_batch_posts_bucket", "le", "1.0")).isEqualTo(1);
    assertThat(read().value("kith_relay_batch_posts_bucket", "le", "4.0")).isEqualTo(2);
  }

  @Test
  void statusesAreCountedByClassIncludingUnknownOnes() {
    metrics.http().answered(101, System.nanoTime());
    metrics.http().answered(404, System.nanoTime());
    metrics.http().answered(799, System.nanoTime());

    assertThat(read().value("kith_http_requests_total", "status", "1xx")).isEqualTo(1);
    assertThat(read().value("kith_http_requests_total", "status", "2xx")).isZero();
    assertThat(read().value("kith_http_requests_total", "status", "4xx")).isEqualTo(1);
    assertThat(read().value("kith_http_requests_total", "status", "5xx")).isEqualTo(1);
  }

  @Test
  void clusterGaugesAreReadFromTheirSuppliers() {
    var states = Map.of("up", 2, "leaving", 1);
    metrics.watchCluster(() -> states, () -> 1);

    assertThat(read().value("kith_cluster_members", "state", "up")).isEqualTo(2);
    assertThat(read().value("kith_cluster_unreachable_members")).isEqualTo(1);
  }

  @Test
  void processMetricsAreExposedAndEveryMetricHasHelp() {
    metrics.watchProcess("1.2.3");

    var read = read();
    assertThat(read.value("kith_build_info", "version", "1.2.3")).isEqualTo(1);
    assertThat(read.value("process_cpu_seconds_total")).isPositive();
    assertThat(read.value("jvm_memory_used_bytes", "area", "heap")).isPositive();
    assertThat(read.value("jvm_threads_current")).isPositive();
    assertThat(read.samples("jvm_gc_collection_seconds_count")).isNotEmpty();
    assertThat(read.families()).hasSizeGreaterThan(30);
  }

  @Test
  void olderReadersGetTheOlderFormat() {
    var text = metrics.exposition().text(Optional.empty());

    assertThat(text.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(new String(text.bytes(), StandardCharsets.UTF_8))
        .contains("# TYPE kith_messages_accepted_total counter\n")
        .doesNotContain("# EOF");
  }

  @Test
  void twoNodesInOneProcessHaveSeparateMetrics() {
    new Metrics().sessions().socketOpened();

    assertThat(read().value("kith_sockets")).isZero();
  }
}
