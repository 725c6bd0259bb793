package kith.node.platform.config;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The settings of HTTP for clients and operators.
public record HttpSettings(
    String host,
    int port,
    List<String> allowedOrigins,
    List<String> allowedHosts,
    List<Subnet> trustedProxies,
    boolean secureCookies,
    boolean strictTransport,
    int maxConnections,
    Transport transport,
    int bodyBytes,
    Requests requests,
    Readers metrics,
    Readers clusterView,
    Optional<Tls> tls,
    Optional<Operators> operators) {
  /// A bucket that is refilled more often than once per microsecond would not limit anything.
  private static final int MOST_PER_SECOND = 1_000_000;

  public HttpSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
    trustedProxies = List.copyOf(trustedProxies);
    secureCookies |= tls.isPresent();
  }

  public static HttpSettings read(Section in) {
    return new HttpSettings(
        in.text("host"),
        in.number("port", 0, 65535),
        origins(in, "allowed-origins"),
        hosts(in, "allowed-hosts"),
        in.networks("trusted-proxies"),
        in.flag("secure-cookies"),
        in.flag("strict-transport"),
        in.number("max-connections", 1),
        in.choice("transport", Transport.class),
        in.bytes("body", 1024),
        Requests.read(in.in("requests")),
        in.choice("metrics", Readers.class),
        in.choice("cluster-view", Readers.class),
        Tls.readPair(in.in("tls")),
        Operators.read(in.in("operators")));
  }

  /// Origins in the form that browsers send: a path, a trailing slash or a scheme's default port
  /// would never match.
  private static List<String> origins(Section in, String key) {
    var origins = in.texts(key);
    if (!origins.stream()
        .allMatch(origin ->
            origin.matches("https?://[^/\\s?#@*]+")
                && !origin.matches("http://.*:80|https://.*:443")))
      throw in.wrong(
          key,
          "must contain origins such as https://chat.example.org, without a path, a usual port or a"
              + " *");
    return origins;
  }

  private static List<String> hosts(Section in, String key) {
    var hosts = in.texts(key);
    if (!hosts.stream().allMatch(host -> host.matches("[^/\\s:?#@*]+")))
      throw in.wrong(
          key, "must contain names such as chat.example.org, without a scheme, a port or a *");
    return hosts;
  }

  public String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  /// The same settings with another port for clients.
  public HttpSettings onPort(int other) {
    return new HttpSettings(
        host,
        other,
        allowedOrigins,
        allowedHosts,
        trustedProxies,
        secureCookies,
        strictTransport,
        maxConnections,
        transport,
        bodyBytes,
        requests,
        metrics,
        clusterView,
        tls,
        operators);
  }

  /// REST requests that a node accepts: of one account, and from one address.
  public record Requests(int perSecond, int burst, int addressPerSecond, int addressBurst) {
    private static Requests read(Section in) {
      return new Requests(
          in.number("per-second", 1, MOST_PER_SECOND),
          in.number("burst", 1),
          in.number("address-per-second", 1, MOST_PER_SECOND),
          in.number("address-burst", 1));
    }

    public Throttle perAccount() {
      return throttle(perSecond, burst);
    }

    public Throttle perAddress() {
      return throttle(addressPerSecond, addressBurst);
    }

    private static Throttle throttle(int perSecond, int burst) {
      return new Throttle(burst, ChronoUnit.SECONDS.getDuration().dividedBy(perSecond));
    }
  }

  /// A separate listener for operators' endpoints.
  public record Operators(String host, int port) {
    private static Optional<Operators> read(Section in) {
      var host = in.text("host");
      var port = in.optionalNumber("port", 1, 65535);
      return port.isPresent()
          ? Optional.of(new Operators(host, port.getAsInt()))
          : Optional.empty();
    }
  }

  /// The system interface with which a node reads from and writes to the connections of clients.
  public enum Transport {
    AUTO,
    IO_URING,
    EPOLL,
    NIO
  }

  /// The places from which an endpoint for operators may be read.
  public enum Readers {
    NOBODY,
    LOOPBACK,
    PRIVATE,
    EVERYBODY
  }
}
