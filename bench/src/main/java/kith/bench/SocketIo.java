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
    return Workplace.root().resolve("bench/peers/socketio");
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
    var directory = Workplace.directory("socketio-");
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
  public List<Seat> seats(int rooms, int membersOfEach, String body) {
    return Seat.inRooms(
        rooms, membersOfEach, () -> "r" + this.rooms++, (room, name) -> seat(room, name, body));
  }

  private Seat seat(int room, String name, String body) {
    return new Seat(
        new InetSocketAddress(url.getHost(), url.getPort()),
        room,
        new MarkedTalk("/socket.io/?EIO=4&transport=websocket", "", new Opening(name)),
        Words.of("42[\"say\",\"" + name + "\",\"#", List.of(MarkedTalk.marked(body) + "\"]")));
  }

  /// Connects, and joins a room.
  private record Opening(String room) implements MarkedTalk.Opening {
    @Override
    public void begins(Peer peer) {}

    @Override
    public boolean isOpenAfter(Peer peer, String packet) {
      if (packet.startsWith("0{")) peer.say("40");
      else if (packet.startsWith("40")) peer.say("42[\"join\",\"" + room + "\"]");
      else hears(peer, packet);
      return packet.equals("42[\"joined\"]");
    }

    @Override
    public void hears(Peer peer, String packet) {
      if (packet.equals("2")) peer.say("3");
    }
  }

  @Override
  public Usages usage() {
    var server = process.usage().flatMap(it -> redis.usage().map(it::plus));
    return Usages.now(server, database.usage());
  }

  @Override
  public void close() throws IOException {
    process.close();
    redis.close();
    Workplace.delete(directory);
  }
}
