package kith.node.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import kith.node.platform.config.StartFailure;
import org.postgresql.Driver;

/// The address of a PostgreSQL database and its login. It may name several servers, of which the
/// current primary is used: see [PrimaryDriver].
///
/// @param sockets the name of the `DatabaseSockets` to which its connections belong, if any
public record JdbcUrl(
    String url, Optional<String> user, Optional<String> password, Optional<String> sockets) {
  /// The first statements on a long-lived connection, in a pool or for the cluster's table.
  ///
  /// The server does not notice when a node is cut off in the middle of a transaction. That node's
  /// locks would block the node that takes over and, behind the first blocked write in the
  /// journal's queue, all rooms there. So the server ends the transaction, and lock waits end soon
  /// after.
  public static final String FIRST_WORDS =
      "SET idle_in_transaction_session_timeout = '4s'; SET lock_timeout = '6s';"
          + " SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5;"
          + " SET tcp_keepalives_count = 2; SET tcp_user_timeout = '15s'";

  private static final String SCHEME = "jdbc:postgresql:";

  public JdbcUrl(String url, Optional<String> user, Optional<String> password) {
    this(url, user, password, Optional.empty());
  }

  JdbcUrl over(DatabaseSockets opened) {
    return new JdbcUrl(url, user, password, Optional.of(opened.name()));
  }

  public static boolean isOne(String text) {
    return text.startsWith(SCHEME);
  }

  static JdbcUrl loopback(int port, String database, String user, String password) {
    return new JdbcUrl(
        SCHEME + "//127.0.0.1:" + port + "/" + database, Optional.of(user), Optional.of(password));
  }

  /// The address for display, without its parameters, which may hold a password.
  public String shown() {
    int parameters = url.indexOf('?');
    var address = parameters < 0 ? url : url.substring(0, parameters);
    return address.replaceFirst("//[^/@]*@", "//");
  }

  /// The address with user and password: a secret.
  String whole() {
    return with(with(url, "user", user), "password", password);
  }

  private static String with(String url, String key, Optional<String> value) {
    return value
        .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
        .map(text -> url + (url.contains("?") ? "&" : "?") + key + "=" + text)
        .orElse(url);
  }

  /// The properties of all our connections.
  public Properties properties() {
    var properties = new Properties();
    user.ifPresent(name -> properties.setProperty("user", name));
    password.ifPresent(secret -> properties.setProperty("password", secret));
    properties.setProperty("ApplicationName", "kith");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    sockets.ifPresent(name -> {
      properties.setProperty("socketFactory", DatabaseSockets.Factory.class.getName());
      properties.setProperty("socketFactoryArg", name);
    });
    return properties;
  }

  /// The local address from which this machine reaches the database.
  public String nearEnd() {
    var parsed =
        Optional.ofNullable(Driver.parseURL(url, new Properties())).orElseGet(Properties::new);
    var hosts = parsed.getProperty("PGHOST", "localhost").split(",", -1);
    for (var host : hosts) {
      try (var socket = new DatagramSocket()) {
        // sends nothing: the system only chooses the route
        socket.connect(new InetSocketAddress(host, 5432));
        return text(socket.getLocalAddress());
      } catch (IOException | UncheckedIOException noWay) {
        // try the next host
      }
    }
    throw new StartFailure(
        "There is no route to the database %s; set kith.cluster.host to the address at which other nodes reach this one."
            .formatted(shown()));
  }

  private static String text(InetAddress address) {
    var text = address.getHostAddress().replaceFirst("%.*", "");
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }

  /// A new connection outside any pool.
  Connection connect() throws SQLException {
    return open(properties());
  }

  /// A new connection on which an operation may take any time.
  Connection connectUnhurried() throws SQLException {
    var properties = properties();
    properties.setProperty("socketTimeout", "0");
    return open(properties);
  }

  /// A new connection on which no operation takes much longer than `longest`.
  public Connection connect(Duration longest) throws SQLException {
    var properties = properties();
    var seconds = Long.toString(Math.max(1, longest.toSeconds()));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    return open(properties);
  }

  private Connection open(Properties properties) throws SQLException {
    return Objects.requireNonNull(PrimaryDriver.INSTANCE.connect(url, properties));
  }

  @Override
  public String toString() {
    return shown();
  }
}
