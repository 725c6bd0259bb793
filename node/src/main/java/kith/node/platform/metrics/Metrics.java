package kith.node.platform.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// All metrics of one node. Each part of the node receives those that it counts, and reports its
/// events in its own terms.
///
/// An account, room or id is never a label: the number of series must stay small, and metrics must
/// reveal nothing about users.
public final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Instruments instruments = new Instruments(registry);
  private final Refusals refusals = new Refusals(instruments);
  private final RoomMetrics rooms = new RoomMetrics(instruments);
  private final SessionMetrics sessions = new SessionMetrics(instruments, refusals);
  private final PasswordMetrics passwords = new PasswordMetrics(instruments);
  private final AgingMetrics aging = new AgingMetrics(instruments);
  private final AuditMetrics audit = new AuditMetrics(instruments);
  private final HttpMetrics http = new HttpMetrics(instruments, refusals);

  public RoomMetrics rooms() {
    return rooms;
  }

  public SessionMetrics sessions() {
    return sessions;
  }

  public PasswordMetrics passwords() {
    return passwords;
  }

  public AgingMetrics aging() {
    return aging;
  }

  public AuditMetrics audit() {
    return audit;
  }

  public HttpMetrics http() {
    return http;
  }

  /// What a feature makes its own metrics of.
  public Instruments instruments() {
    return instruments;
  }

  public Exposition exposition() {
    return new Exposition(registry);
  }

  /// Metrics of the process.
  public void watchProcess(String version) {
    instruments.fact("kith_build", "The version of Kith on this node.", "version", version);
    ProcessMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
  }

  /// @param members the number of nodes in each state, as this node sees them
  /// @param unreachable the number of them that do not answer
  public void watchCluster(
      Supplier<? extends Map<String, Integer>> members, DoubleSupplier unreachable) {
    instruments.levels(
        "kith_cluster_members",
        "Nodes of the cluster by state, as seen by this node.",
        "state",
        members);
    instruments.level(
        "kith_cluster_unreachable_members",
        "Nodes of the cluster that this node cannot reach.",
        unreachable);
  }

  /// @param connections the number in each state
  /// @param waiting threads that wait for a connection
  public void watchDatabase(
      Supplier<? extends Map<String, Integer>> connections, DoubleSupplier waiting) {
    instruments.levels(
        "kith_database_connections",
        "Connections to PostgreSQL for reading, by state; connections that write the log are not"
            + " counted.",
        "state",
        connections);
    instruments.level(
        "kith_database_waiting_threads",
        "Threads waiting for a connection to PostgreSQL.",
        waiting);
  }
}
