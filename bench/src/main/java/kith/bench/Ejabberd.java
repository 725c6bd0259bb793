package kith.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// ejabberd from Debian's package: rooms over WebSocket, archived in PostgreSQL. Its settings are
/// in `bench/peers/ejabberd`.
final class Ejabberd implements Contender {
  private static final Path SCHEMA = Path.of("/usr/share/ejabberd/sql/pg.sql");

  private final ServerProcess process;
  private final Path directory;
  private final InetSocketAddress address;
  private final BenchDatabase database;
  private int rooms;
  private int users;

  private Ejabberd(ServerProcess process, Path directory, int port, BenchDatabase database) {
    this.process = process;
    this.directory = directory;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.database = database;
  }

  static Optional<String> missing() {
    return libraries().isPresent()
            && Files.exists(SCHEMA)
            && found("/usr/lib/erlang/lib", "p1_pgsql-").isPresent()
        ? Optional.empty()
        : Optional.of("apt-get install --no-install-recommends ejabberd erlang-p1-pgsql");
  }

  /// The directory in which Erlang finds ejabberd.
  private static Optional<Path> libraries() {
    return found("/usr/lib", "ejabberd-").map(Path::getParent);
  }

  private static Optional<Path> found(String under, String prefix) {
    try (var all = Files.find(Path.of(under), 2, (file, _) -> name(file).startsWith(prefix))) {
      return all.findFirst();
    } catch (IOException | java.io.UncheckedIOException none) {
      return Optional.empty();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  static Ejabberd start(BenchDatabase database, Optional<String> cores) throws IOException {
    database.fresh("ejabberd");
    database.run("ejabberd", SCHEMA);
    var directory = Workspace.directory("ejabberd-");
    int port = freePort();
    var settings =
        Files.readString(Workspace.root().resolve("bench/peers/ejabberd/ejabberd.yml"))
            .replace("DATABASE_PORT", Integer.toString(database.port()))
            .replace("DATABASE_NAME", "ejabberd")
            .replace("DATABASE_USER", BenchDatabase.USER)
            .replace("DATABASE_PASSWORD", "")
            .replace("HTTP_PORT", Integer.toString(port));
    var config = Files.writeString(directory.resolve("ejabberd.yml"), settings);
    var process =
        ServerProcess.start(
            "ejabberd",
            cores,
            // as Debian's ejabberdctl does
            List.of(
                "erl",
                "-noinput",
                "+K",
                "true",
                "+P",
                "250000",
                "-mnesia",
                "dir",
                "\"" + directory.resolve("spool") + "\"",
                "-s",
                "ejabberd"),
            Map.of(
                "ERL_LIBS",
                libraries().orElseThrow().toString(),
                "ERL_MAX_PORTS",
                "32000",
                "EJABBERD_CONFIG_PATH",
                config.toString(),
                "EJABBERD_LOG_PATH",
                directory.resolve("ejabberd.log").toString()),
            directory.resolve("output.log"));
    process.awaitPort(port);
    return new Ejabberd(process, directory, port, database);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public List<ClientConfig> clientConfigs(int rooms, int membersOfEach, String body) {
    return ClientConfig.inRooms(
        rooms,
        membersOfEach,
        () -> room(this.rooms++),
        (room, name) -> clientConfig(room, name, body));
  }

  private static String room(int number) {
    return "r" + number + "@conference.localhost";
  }

  private ClientConfig clientConfig(int room, String name, String body) {
    return new ClientConfig(
        address,
        room,
        new MarkedProtocol("/ws", "xmpp", new XmppHandshake("u" + users++, name)),
        MessageTemplate.of(
            "<message xmlns='jabber:client' type='groupchat' to='%s' id='m'><body>#"
                .formatted(name),
            List.of(MarkedProtocol.marked(body) + "</body></message>")));
  }

  @Override
  public ResourceUsage usage() {
    return ResourceUsage.now(process.usage(), database.usage());
  }

  @Override
  public void close() throws IOException {
    process.close();
    Workspace.delete(directory);
  }
}
