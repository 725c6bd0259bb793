package kith.node.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.database.PrimaryChoice.Answer;
import kith.node.platform.database.PrimaryChoice.Failed;
import kith.node.platform.database.PrimaryChoice.Standby;
import kith.node.platform.database.PrimaryChoice.Writable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers of a URL that names several: a primary and its standbys. Finds the primary, and
/// remembers it for this process.
///
/// When a server with a higher timeline appears, all connections to the former primary are closed,
/// and it gets none again.
final class Servers {
  private static final Logger log = LoggerFactory.getLogger(Servers.class);

  // one for each URL that this process uses
  private static final Map<String, Servers> ALL = new ConcurrentHashMap<>();

  private static final Pattern SEVERAL = Pattern.compile("(jdbc:postgresql://)([^/?]*,[^/?]*)(.*)");

  private static final String IDENTITY =
      """
      SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS standby,
        (SELECT system_identifier FROM pg_control_system()) AS system,
        CASE WHEN NOT pg_is_in_recovery()
          THEN ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int
        END AS timeline,
        pg_postmaster_start_time()::text AS started
      """;

  private final String scheme;
  private final List<String> hosts;
  private final String rest;

  // a connection that its user has closed is kept only until the next collection
  private final Map<Connection, Integer> timelines =
      Collections.synchronizedMap(new WeakHashMap<>());
  private volatile @Nullable Writable known;
  private volatile String reported = "";

  private Servers(String scheme, List<String> hosts, String rest) {
    this.scheme = scheme;
    this.hosts = hosts;
    this.rest = rest;
  }

  /// Empty if the URL names one server.
  static Optional<Servers> of(String url) {
    return SEVERAL.matcher(url).matches()
        ? Optional.of(ALL.computeIfAbsent(url, Servers::parse))
        : Optional.empty();
  }

  static Servers parse(String url) {
    var parts = SEVERAL.matcher(url);
    if (!parts.matches()) throw new IllegalArgumentException("a URL of one server");
    var hosts = List.of(parts.group(2).split(","));
    return new Servers(parts.group(1), hosts, parts.group(3));
  }

  List<String> hosts() {
    return hosts;
  }

  String url(String host) {
    return scheme + host + rest;
  }

  Optional<Writable> known() {
    return Optional.ofNullable(known);
  }

  /// A connection to the primary. The known one is asked first, and the others if it does not
  /// answer soon.
  Connection connect(Properties info) throws SQLException {
    var first = known().map(Writable::host).filter(hosts::contains);
    try (var inquiry = new Inquiry(info)) {
      first.ifPresent(inquiry::ask);
      var decision =
          first.isPresent() ? inquiry.await(ClusterIntervals.PRIMARY_HEAD_START) : waiting();
      if (!(decision instanceof PrimaryChoice.Use)) {
        for (var host : hosts) if (!first.equals(Optional.of(host))) inquiry.ask(host);
        decision = inquiry.await(null);
      }
      return switch (decision) {
        case PrimaryChoice.Use(var primary) -> {
          var connection = inquiry.take(primary);
          timelines.put(connection, primary.timeline());
          if (see(primary)) yield connection;
          abort(connection);
          throw new NoPrimary("a standby was promoted at this moment");
        }
        case PrimaryChoice.None(var reason) -> throw inquiry.failure(reason);
        case PrimaryChoice.Wait _ -> throw new NoPrimary("no server answers in time");
      };
    }
  }

  private static PrimaryChoice.Decision waiting() {
    return new PrimaryChoice.Wait();
  }

  /// Asks the servers other than the known primary for their roles.
  void lookAround(Properties info) {
    try (var inquiry = new Inquiry(info)) {
      for (var host : hosts)
        if (known().filter(it -> it.host().equals(host)).isEmpty()) inquiry.ask(host);
      for (var answer : inquiry.all()) if (answer instanceof Writable found) look(found);
    } catch (SQLException interrupted) {
      log.debug("database=not-looked", interrupted);
    }
  }

  private void look(Writable found) {
    var primary = known;
    if (primary == null || (found.system() == primary.system() && isNewer(found, primary))) {
      var _ = see(found);
    } else if (!found.started().equals(primary.started())) {
      report(found, primary);
    }
  }

  private static boolean isNewer(Writable found, Writable than) {
    return found.timeline() > than.timeline();
  }

  /// False if the server is a former primary by now.
  private synchronized boolean see(Writable found) {
    var before = known;
    if (before != null && !PrimaryChoice.isCurrent(before, found)) return false;
    known = found;
    if (before == null || !before.host().equals(found.host()))
      log.info("database=primary host={} timeline={}", found.host(), found.timeline());
    if (before != null && isNewer(found, before)) abandonOlder(found.timeline());
    return true;
  }

  /// One line for each server that is wrongly a primary.
  private void report(Writable found, Writable primary) {
    if (reported.equals(found.toString())) return;
    reported = found.toString();
    log.error(
        "database=two-primaries used={} timeline={} other={} timeline={} reason=\"stop the other"
            + " one, or make it a standby\"",
        primary.host(),
        primary.timeline(),
        found.host(),
        found.timeline());
  }

  /// Ends operations on a former primary: it may be frozen, or wait for a standby forever.
  private void abandonOlder(int timeline) {
    List<Connection> older;
    synchronized (timelines) {
      older =
          timelines.entrySet().stream()
              .filter(it -> it.getValue() < timeline)
              .map(Map.Entry::getKey)
              .toList();
      timelines.keySet().removeAll(older);
    }
    log.warn("database=left-former-primary connections={}", older.size());
    older.forEach(Servers::abort);
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException _) {
      // it is closed already
    }
  }

  /// One question to several servers at the same time.
  private final class Inquiry implements AutoCloseable {
    private final Properties info;
    private final Duration longest;
    private final LinkedBlockingQueue<Answer> incoming = new LinkedBlockingQueue<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private int asked;
    private boolean isOver;

    Inquiry(Properties given) {
      this.info = new Properties();
      this.info.putAll(given);
      // a frozen server accepts connections and never answers
      var seconds = given.getProperty("connectTimeout", "5");
      this.info.setProperty("loginTimeout", seconds);
      this.info.setProperty("targetServerType", "any");
      this.longest = Duration.ofSeconds(Long.parseLong(seconds));
    }

    void ask(String host) {
      asked++;
      Thread.ofVirtual().name("ask-" + host).start(() -> incoming.add(answer(host)));
    }

    private Answer answer(String host) {
      try {
        var connection = PrimaryDriver.one(withoutTarget(url(host)), info);
        try {
          var answer = identity(host, connection);
          if (!(answer instanceof Writable) || !keep(host, connection)) connection.close();
          return answer;
        } catch (SQLException fault) {
          abort(connection);
          throw fault;
        }
      } catch (SQLException fault) {
        return new Failed(host, fault);
      }
    }

    private Answer identity(String host, Connection connection) throws SQLException {
      int usual = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, (int) longest.toMillis());
      var answer =
          Jdbc.rows(
                  connection,
                  IDENTITY,
                  row ->
                      row.getBoolean("standby")
                          ? new Standby(host)
                          : new Writable(
                              host,
                              row.getLong("system"),
                              row.getInt("timeline"),
                              row.getString("started")))
              .getFirst();
      connection.setNetworkTimeout(Runnable::run, usual);
      return answer;
    }

    private synchronized boolean keep(String host, Connection connection) {
      if (!isOver) connections.put(host, connection);
      return !isOver;
    }

    /// @param most the longest wait, if there is one besides that of each server
    PrimaryChoice.Decision await(@Nullable Duration most) throws SQLException {
      var deadline = System.nanoTime() + (most == null ? Long.MAX_VALUE / 2 : most.toNanos());
      while (true) {
        var decision = PrimaryChoice.decide(known(), answers, asked - answers.size());
        if (!(decision instanceof PrimaryChoice.Wait)) return decision;
        var answer = next(deadline - System.nanoTime());
        if (answer.isEmpty()) return decision;
        answers.add(answer.get());
      }
    }

    Collection<Answer> all() throws SQLException {
      while (answers.size() < asked) next(Long.MAX_VALUE / 2).ifPresent(answers::add);
      return answers;
    }

    private Optional<Answer> next(long nanos) throws SQLException {
      try {
        return Optional.ofNullable(incoming.poll(nanos, TimeUnit.NANOSECONDS));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new NoPrimary("the search was interrupted");
      }
    }

    Connection take(Writable primary) {
      return Objects.requireNonNull(connections.remove(primary.host()));
    }

    /// A wrong password is a more useful reason than an unreachable server.
    SQLException failure(String reason) {
      for (var answer : answers)
        if (answer instanceof Failed(var _, var fault) && !Database.mayPass(fault)) return fault;
      return new NoPrimary(reason);
    }

    @Override
    public void close() {
      synchronized (this) {
        isOver = true;
      }
      connections.values().forEach(Servers::abort);
    }
  }

  /// A parameter of the URL would win over the property.
  private static String withoutTarget(String url) {
    return url.replaceAll("(?<=[?&])targetServerType=[^&]*&?", "");
  }
}
