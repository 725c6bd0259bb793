package kith.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Socket.IO with its Redis adapter, and an insert into PostgreSQL before each broadcast: the
/// server in `bench/peers/socketio`.
final class SocketIo implements Contender {

  private final ServerProcess redis;
  private final ServerProcess process;
  private final Path directory;
  private final URI url;
  private final BenchDatabase database;
  private int rooms;

  private SocketIo(
      ServerProcess redis, ServerProcess process, Path directory, BenchDatabase database) {
    this.redis = redis;
    this.process = process;
    this.directory = directory;
    this.url = process.url();
    this.database = database;
  }

  private static Path home() {
    return Workspace.root().resolve("bench/peers/socketio");
  }

  static Optional<String> missing() {
    var wanted = new ArrayList<String>();
    if (!isOnPath("redis-server")) wanted.add("apt-get install redis-server");
    if (!isOnPath("node")) wanted.add("apt-get install nodejs npm");
    if (!Files.exists(home().resolve("node_modules/socket.io")))
      wanted.add("npm install --prefix bench/peers/socketio");
    return wanted.isEmpty() ? Optional.empty() : Optional.of(String.join(" && ", wanted));
  }

  private static boolean isOnPath(String program) {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /// @param inserts `each` or `batched`
  static SocketIo start(BenchDatabase database, Pinning pinning, String inserts)
      throws IOException {
    database.fresh("socketio");
    var directory = Workspace.directory("socketio-");
    int port = Ejabberd.freePort();
    var redis =
        ServerProcess.start(
            "redis",
            pinning.others(),
            List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--dir",
                directory.toString()),
            Map.of(),
            directory.resolve("redis.log"));
    redis.awaitPort(port);
    var process =
        ServerProcess.start(
            "socketio",
            pinning.server(),
            List.of("node", home().resolve("server.js").toString()),
            Map.of(
                "NODE_ENV",
                "production",
                "INSERTS",
                inserts,
                "REDIS_URL",
                "redis://127.0.0.1:" + port,
                "DATABASE_URL",
                "postgresql://%s@127.0.0.1:%d/socketio"
                    .formatted(BenchDatabase.USER, database.port())),
            directory.resolve("socketio.log"));
    return new SocketIo(redis, process, directory, database);
  }

  @Override
  public List<ClientConfig> clientConfigs(int rooms, int membersOfEach, String body) {
    return ClientConfig.inRooms(
        rooms,
        membersOfEach,
        () -> "r" + this.rooms++,
        (room, name) -> clientConfig(room, name, body));
  }

  private ClientConfig clientConfig(int room, String name, String body) {
    return new ClientConfig(
        new InetSocketAddress(url.getHost(), url.getPort()),
        room,
        new MarkedProtocol("/socket.io/?EIO=4&transport=websocket", "", new Handshake(name)),
        MessageTemplate.of(
            "42[\"say\",\"" + name + "\",\"#", List.of(MarkedProtocol.marked(body) + "\"]")));
  }

  /// Connects and joins a room.
  private record Handshake(String room) implements MarkedProtocol.Handshake {
    @Override
    public void start(LoadClient client) {}

    @Override
    public boolean isOpenAfter(LoadClient client, String packet) {
      if (packet.startsWith("0{")) client.sendText("40");
      else if (packet.startsWith("40")) client.sendText("42[\"join\",\"" + room + "\"]");
      else onOther(client, packet);
      return packet.equals("42[\"joined\"]");
    }

    @Override
    public void onOther(LoadClient client, String packet) {
      if (packet.equals("2")) client.sendText("3");
    }
  }

  @Override
  public ResourceUsage usage() {
    var server = process.usage().flatMap(it -> redis.usage().map(it::plus));
    return ResourceUsage.now(server, database.usage());
  }

  @Override
  public void close() throws IOException {
    process.close();
    redis.close();
    Workspace.delete(directory);
  }
}
