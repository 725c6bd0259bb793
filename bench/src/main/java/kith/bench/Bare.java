package kith.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the [BareServer] in its own process.
final class Bare implements Contender {
  private final ServerProcess process;
  private final Path directory;
  private final URI url;
  private int rooms;

  private Bare(ServerProcess process, Path directory) {
    this.process = process;
    this.directory = directory;
    this.url = process.url();
  }

  static Bare start(Optional<String> cores) throws IOException {
    var directory = Workspace.directory("bare-");
    var process =
        ServerProcess.start(
            "bare",
            cores,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName()),
            Map.of(),
            directory.resolve("bare.log"));
    return new Bare(process, directory);
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
        new MarkedProtocol("/", "", new Handshake(name)),
        MessageTemplate.of("#", List.of(MarkedProtocol.marked(body))));
  }

  private record Handshake(String room) implements MarkedProtocol.Handshake {
    @Override
    public void start(LoadClient client) {
      client.sendText("+" + room);
    }

    @Override
    public boolean isOpenAfter(LoadClient client, String text) {
      return text.equals("entered");
    }

    @Override
    public void onOther(LoadClient client, String text) {}
  }

  @Override
  public ResourceUsage usage() {
    return ResourceUsage.now(process.usage(), Optional.empty());
  }

  @Override
  public void close() throws IOException {
    process.close();
    Workspace.delete(directory);
  }
}
