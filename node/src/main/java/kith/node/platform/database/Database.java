package kith.node.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.config.NotYet;
import kith.node.platform.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database, ready for use: reachable, recent enough, migrated.
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /// Connections of the pool for projections: many rooms that wake together must leave connections
  /// for readers.
  public static final int PROJECTION_CONNECTIONS = 2;

  /// Connections of the pool that remove and seal the oldest entries of rooms.
  public static final int AGING_CONNECTIONS = 1;

  /// Connections with which the journal writes. One is enough; the second takes over when a
  /// statement takes long.
  public static final int JOURNAL_WRITERS = 2;

  /// Connections with which the journal replays logs, and reads and stores snapshots.
  public static final int JOURNAL_READERS = 2;

  private static final int CLUSTER_CONNECTIONS = 1;
  private static final int OLDEST_MAJOR = 14;

  /// Makes PostgreSQL pass written pages to the disk at once.
  ///
  /// By default, the operating system collects the pages of files until the next checkpoint, and
  /// then writes them in one burst, for which the commits of messages wait. Some systems cannot do
  /// this, and PostgreSQL refuses the setting there.
  private static final String STEADY_WRITES =
      """
      ; DO $$ BEGIN
        SET backend_flush_after = '512kB';
      EXCEPTION WHEN invalid_parameter_value THEN NULL;
      END $$\
      """;

  private final JdbcUrl url;
  private final String description;
  private final String forOthers;
  private final HikariDataSource pool;
  private final HikariDataSource files;
  private final HikariDataSource searches;
  private final String clusterId;
  private final DatabaseSockets sockets;
  private final Deque<AutoCloseable> owned;

  private Database(
      JdbcUrl url,
      String description,
      String forOthers,
      HikariDataSource pool,
      HikariDataSource files,
      HikariDataSource searches,
      String clusterId,
      DatabaseSockets sockets,
      Deque<AutoCloseable> owned) {
    this.url = url;
    this.description = description;
    this.forOthers = forOthers;
    this.pool = pool;
    this.files = files;
    this.searches = searches;
    this.clusterId = clusterId;
    this.sockets = sockets;
    this.owned = owned;
  }

  /// Starts or connects to the database, and migrates it.
  public static Database start(DatabaseSettings settings) {
    return start(settings, _ -> {});
  }

  /// The same. Throws a `NotYet` if it may succeed later, and a `StartFailure` if not.
  ///
  /// @param does gets the description of each step
  public static Database start(DatabaseSettings settings, Consumer<String> does) {
    var owned = new ArrayDeque<AutoCloseable>();
    try {
      var sockets = new DatabaseSockets();
      owned.push(sockets);
      JdbcUrl url;
      String description;
      String forOthers;
      switch (DatabasePlace.of(settings)) {
        case DatabasePlace.Elsewhere(var given, var file) -> {
          url = given.over(sockets);
          description = url.shown();
          forOthers = forOthers(url, file);
        }
        case DatabasePlace.Own(var data, var port) -> {
          var directory = DataDirectory.hold(data);
          owned.push(directory);
          does.accept("The node starts its own PostgreSQL in " + directory.path() + ".");
          var homes = PostgresHomes.of(directory);
          homes.settle();
          var server = EmbeddedPostgres.start(homes.current(), port);
          owned.push(server);
          url = server.url().over(sockets);
          description = directory.path().toString();
          forOthers = fileArgument(server.urlFile());
        }
      }
      does.accept("The node connects to the database " + url.shown() + ".");
      check(url);
      refuseUnfinished(url);
      var pool = pool(url, poolSize(settings));
      owned.push(pool);
      var files = idlePool("files", url, settings.fileConnections(), STEADY_WRITES);
      owned.push(files);
      var searches = idlePool("searches", url, settings.searchConnections(), "");
      owned.push(searches);
      PrimaryWatch.start(url).ifPresent(owned::push);
      does.accept("The node migrates the tables of the database " + url.shown() + ".");
      Migrations.of(url).apply();
      // a restore that began meanwhile either finds our tables, or we find its marker
      refuseUnfinished(url);
      return new Database(
          url, description, forOthers, pool, files, searches, ClusterId.load(pool), sockets, owned);
    } catch (RuntimeException fault) {
      closeAll(owned);
      throw fault;
    }
  }

  /// The connections for our own SQL, without those of the journal and of cluster membership.
  public static int poolSize(DatabaseSettings settings) {
    return settings.connections() - JOURNAL_WRITERS - JOURNAL_READERS - CLUSTER_CONNECTIONS;
  }

  public JdbcUrl url() {
    return url;
  }

  /// The place of the data, for display.
  public String description() {
    return description;
  }

  /// The database as arguments for another node's shell command; contains no secret, because all
  /// users of a machine can read the arguments of its processes.
  public String forOthers() {
    return forOthers;
  }

  /// A small pool for our own SQL; only for threads that may block.
  public DataSource source() {
    return pool;
  }

  /// A pool for the contents of files only, so that messages do not wait for them.
  public DataSource files() {
    return files;
  }

  /// A pool for searches only, so that other requests do not wait for them.
  public DataSource searches() {
    return searches;
  }

  /// The number of connections of `source` in each state.
  public Map<String, Integer> connections() {
    var state = pool.getHikariPoolMXBean();
    return Map.of("active", state.getActiveConnections(), "idle", state.getIdleConnections());
  }

  /// The number of threads that wait for a connection of `source`.
  public int waitingThreads() {
    return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  /// The id that distinguishes this cluster's tokens from those of others.
  public String clusterId() {
    return clusterId;
  }

  /// Whether the database can be used now.
  public boolean answers() {
    try (var connection = pool.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException away) {
      return false;
    }
  }

  /// Closes the connections of this node to the database. Operations on them fail at once; later
  /// ones connect again.
  public void abortConnections() {
    sockets.abort();
  }

  /// Ends statements that were sent before a time, by `System.nanoTime`, and have no answer yet.
  public void abortUnanswered(long time) {
    sockets.abortUnanswered(time);
  }

  private static String forOthers(JdbcUrl url, Optional<Path> file) {
    return file.map(Database::fileArgument)
        .orElseGet(() ->
            "--database '" + url.shown() + "' and this node's settings for user and password");
  }

  private static String fileArgument(Path file) {
    return "--database-file " + quoted(file.toAbsolutePath().normalize().toString());
  }

  private static String quoted(String word) {
    return word.matches("[\\w./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /// Fails if the server cannot be used.
  static void check(JdbcUrl url) {
    try (var connection = url.connect()) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST_MAJOR) {
        throw new StartFailure(
            "The database %s is PostgreSQL %d; Kith needs %d or newer."
                .formatted(url.shown(), major, OLDEST_MAJOR));
      }
    } catch (SQLException fault) {
      throw failure(url, fault);
    }
  }

  private static void refuseUnfinished(JdbcUrl url) {
    if (isUnfinished(url)) throw new StartFailure(DatabaseLoad.unfinished(url));
  }

  /// Whether a restore or a move to the database is not complete.
  static boolean isUnfinished(JdbcUrl url) {
    try (var connection = url.connect()) {
      return Jdbc.rows(
              connection,
              "SELECT to_regclass(?) IS NOT NULL",
              row -> row.getBoolean(1),
              DatabaseLoad.MARKER)
          .getFirst();
    } catch (SQLException fault) {
      throw failure(url, fault);
    }
  }

  /// A `NotYet` if the same operation may succeed later, otherwise a `StartFailure`.
  static RuntimeException failure(JdbcUrl url, SQLException fault) {
    return failure("The database " + url.shown() + " " + complaint(fault) + ".", fault, fault);
  }

  /// The same for a failure that may have been caused by one of the database.
  static RuntimeException failure(String sentence, Throwable fault) {
    return sqlCause(fault)
        .map(reason -> failure(sentence, reason, fault))
        .orElseGet(() -> new StartFailure(sentence, fault));
  }

  private static RuntimeException failure(String sentence, SQLException reason, Throwable cause) {
    return mayPass(reason) ? new NotYet(sentence, cause) : new StartFailure(sentence, cause);
  }

  /// Whether the same operation may succeed later without a change of settings: the server is out
  /// of reach, starts, stops or is overloaded. The first two characters are PostgreSQL's class of
  /// errors.
  static boolean mayPass(SQLException fault) {
    var state = String.valueOf(fault.getSQLState());
    return switch (state.length() == 5 ? state.substring(0, 2) : "") {
      // 08004: the server rejected the connection, as its pg_hba.conf demands
      case "08" -> !state.equals("08004");
      // resources, operator's intervention, lock not available, system error, rollback
      case "53", "57", "55", "58", "40", "25" -> true;
      default -> fault instanceof SQLTransientException;
    };
  }

  private static Optional<SQLException> sqlCause(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause())
      if (cause instanceof SQLException sql && sql.getSQLState() != null) return Optional.of(sql);
    return Optional.empty();
  }

  static String complaint(SQLException fault) {
    if (fault instanceof NoPrimary none) return String.valueOf(none.getMessage());
    var state = String.valueOf(fault.getSQLState());
    if (state.startsWith("28") || state.equals("08004")) return "refused the user or the password";
    if (state.equals("3D000")) return "does not exist on this server";
    if (state.equals("53300")) return "has no free connection";
    if (state.equals("25006")) return "is read-only";
    if (state.startsWith("08")) return "cannot be reached";
    if (state.equals("57P03")) return "is starting or stopping";
    if (state.equals("53100")) return "has no space left on its disk";
    return "cannot be used (SQL state " + state + ")";
  }

  static String deepest(Throwable fault) {
    var cause = fault;
    for (var deeper = fault; deeper != null; deeper = deeper.getCause()) cause = deeper;
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /// A pool of connections that opens them when they are needed.
  public static HikariConfig poolConfig(String name, JdbcUrl url, int connections) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url.url());
    config.setDriverClassName(PrimaryDriver.class.getName());
    config.setExceptionOverrideClassName(ReadOnlyServers.class.getName());
    config.setDataSourceProperties(url.properties());
    config.setConnectionInitSql(JdbcUrl.FIRST_WORDS);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(3_000);
    config.setValidationTimeout(2_000);
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private static HikariDataSource pool(JdbcUrl url, int connections) {
    var config = poolConfig("kith", url, connections);
    // the node starts only if it gets a connection
    config.setInitializationFailTimeout(1);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException fault) {
      // `check` had a connection just before
      throw new NotYet(
          "The database %s accepts no connection: %s.".formatted(url.shown(), deepest(fault)),
          fault);
    }
  }

  /// @param more statements on each new connection, after the usual ones
  private static HikariDataSource idlePool(String name, JdbcUrl url, int connections, String more) {
    var config = poolConfig(name, url, connections);
    config.setConnectionInitSql(JdbcUrl.FIRST_WORDS + more);
    // many servers of small groups have no transfer and no search most of the time
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    closeAll(owned);
  }

  static void closeAll(Deque<AutoCloseable> owned) {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception fault) {
        // the remaining resources must be closed too
        log.error("database=not-closed", fault);
      }
    }
  }
}
