package kith.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;
import kith.node.platform.config.ClusterSettings;
import kith.node.platform.config.ClusterSettings.Remoting;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Database;
import kith.node.platform.database.JdbcUrl;

/// Pekko's configuration: `application.conf`, and the values that follow from the settings. No
/// other class sets them.
final class ActorSystemConfig {
  private ActorSystemConfig() {}

  static Config of(NodeSettings settings, JdbcUrl database) {
    var values = new HashMap<String, Object>();
    putCluster(values, settings.cluster());
    putLease(values, database);
    putHttp(values, settings);
    putJournal(values, settings.database(), database);
    putDispatchers(values, settings);
    return ConfigFactory.parseMap(values, "cluster.conf").withFallback(ConfigFactory.load());
  }

  private static void putCluster(Map<String, Object> values, ClusterSettings cluster) {
    values.put("pekko.remote.artery.canonical.hostname", cluster.host());
    values.put("pekko.remote.artery.canonical.port", cluster.port());
    values.put("pekko.remote.artery.bind.hostname", cluster.bindHost());
    values.put("pekko.remote.artery.bind.port", cluster.bindPort());
    values.put(
        "pekko.remote.artery.transport",
        switch (cluster.remoting()) {
          case Remoting.ClusterAuthority(), Remoting.PemFiles(var _) -> "tls-tcp";
          case Remoting.InsecurePlain() -> "tcp";
        });
  }

  private static void putLease(Map<String, Object> values, JdbcUrl database) {
    values.put("pekko.cluster.split-brain-resolver.active-strategy", "lease-majority");
    values.put("kith.lease.url", database.url());
    database.user().ifPresent(user -> values.put("kith.lease.user", user));
    database.password().ifPresent(password -> values.put("kith.lease.password", password));
  }

  private static void putHttp(Map<String, Object> values, NodeSettings settings) {
    values.put("pekko.http.server.max-connections", settings.http().maxConnections());
    values.put("pekko.http.server.parsing.max-content-length", settings.http().bodyBytes());
  }

  private static void putJournal(
      Map<String, Object> values, DatabaseSettings settings, JdbcUrl database) {
    values.put("jdbc-journal.replayBatchSize", Portions.REPLAY);
    values.put("kith.journal.url", database.url());
    database.user().ifPresent(user -> values.put("kith.journal.user", user));
    database.password().ifPresent(password -> values.put("kith.journal.password", password));
    database.sockets().ifPresent(sockets -> values.put("kith.journal.sockets", sockets));
    values.put("kith.journal.waiting-writes", settings.waitingLogWrites());
    values.put("kith.journal.waiting-bytes", settings.waitingLogBytes());
  }

  private static void putDispatchers(Map<String, Object> values, NodeSettings settings) {
    values.put(
        "kith.dispatcher.database.thread-pool-executor.fixed-pool-size",
        Database.poolSize(settings.database())
            - Database.PROJECTION_CONNECTIONS
            - Database.AGING_CONNECTIONS);
    values.put(
        "kith.dispatcher.projections.thread-pool-executor.fixed-pool-size",
        Database.PROJECTION_CONNECTIONS);
    values.put(
        "kith.dispatcher.aging.thread-pool-executor.fixed-pool-size", Database.AGING_CONNECTIONS);
    values.put(
        "kith.dispatcher.files.thread-pool-executor.fixed-pool-size",
        settings.database().fileConnections());
    values.put(
        "kith.dispatcher.search.thread-pool-executor.fixed-pool-size",
        settings.database().searchConnections());
    values.put(
        "kith.dispatcher.search.thread-pool-executor.task-queue-size", settings.search().waiting());
    values.put(
        "kith.dispatcher.thumbnails.thread-pool-executor.fixed-pool-size",
        settings.files().thumbnails().threads());
    settings
        .files()
        .scan()
        .ifPresent(scan ->
            values.put(
                "kith.dispatcher.scans.thread-pool-executor.fixed-pool-size", scan.threads()));
    settings
        .files()
        .s3()
        .ifPresent(s3 ->
            values.put(
                "kith.dispatcher.objects.thread-pool-executor.fixed-pool-size", s3.connections()));
    values.put(
        "kith.dispatcher.couriers.thread-pool-executor.fixed-pool-size",
        settings.couriers().requests());
  }
}
