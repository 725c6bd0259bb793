package kith.node.platform.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Others reach the node at `host` and `port`; it listens on `bindHost` and `bindPort`.
public record ClusterSettings(
    String host,
    int port,
    String bindHost,
    int bindPort,
    List<String> seedNodes,
    Duration databasePatience,
    Remoting remoting) {
  private static final String AUTO = "auto";

  public ClusterSettings {
    seedNodes = List.copyOf(seedNodes);
  }

  public static ClusterSettings read(Section in) {
    var host = in.text("host");
    var port = in.number("port", 0, 65535);
    var seeds = in.texts("seed-nodes");
    if (!seeds.stream().allMatch(seed -> seed.matches("\\S+:\\d{1,5}")))
      throw in.wrong("seed-nodes", "must be of the form host:port");
    return new ClusterSettings(
        host,
        port,
        in.optionalText("bind-host").orElse(host),
        in.optionalNumber("bind-port", 0, 65535).orElse(port),
        seeds,
        in.time("database-patience"),
        Remoting.read(in.in("tls")));
  }

  /// The same settings with an address of this machine for other nodes, if it was left open.
  public ClusterSettings at(Supplier<String> address) {
    if (!host.equals(AUTO)) return this;
    var here = address.get();
    var bind = bindHost.equals(AUTO) ? here : bindHost;
    return new ClusterSettings(here, port, bind, bindPort, seedNodes, databasePatience, remoting);
  }

  /// The protection of the connections between nodes.
  public sealed interface Remoting {
    /// Mutual TLS with the authority that the cluster keeps in its database.
    record ClusterAuthority() implements Remoting {}

    /// Mutual TLS with an operator's own certificates; `files` name an authority.
    record PemFiles(Tls files) implements Remoting {}

    /// No encryption and no authentication.
    record InsecurePlain() implements Remoting {}

    private static Remoting read(Section in) {
      var files = Tls.readWithAuthority(in);
      if (in.flag("insecure-plain-remoting")) {
        if (files.isEmpty()) return new InsecurePlain();
        throw in.wrong("insecure-plain-remoting", "must not be true when certificate is set");
      }
      return files.<Remoting>map(PemFiles::new).orElseGet(ClusterAuthority::new);
    }

    /// The name by which nodes compare their settings.
    default String label() {
      return switch (this) {
        case ClusterAuthority() -> "cluster-authority";
        case PemFiles(var _) -> "pem-files";
        case InsecurePlain() -> "insecure-plain";
      };
    }
  }
}
