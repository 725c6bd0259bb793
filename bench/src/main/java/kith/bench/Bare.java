package kith.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The [BareServer] in a process of its own.
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
    var directory = Workplace.directory("bare-");
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
  public List<Seat> seats(int rooms, int membersOfEach, String body) {
    return Seat.inRooms(
        rooms, membersOfEach, () -> "r" + this.rooms++, (room, name) -> seat(room, name, body));
  }

  private Seat seat(int room, String name, String body) {
    return new Seat(
        new InetSocketAddress(url.getHost(), url.getPort()),
        room,
        new MarkedTalk("/", "", new Opening(name)),
        Words.of("#", List.of(MarkedTalk.marked(body))));
  }

  private record Opening(String room) implements MarkedTalk.Opening {
    @Override
    public void begins(Peer peer) {
      peer.say("+" + room);
    }

    @Override
    public boolean isOpenAfter(Peer peer, String text) {
      return text.equals("entered");
    }

    @Override
    public void hears(Peer peer, String text) {}
  }

  @Override
  public Usages usage() {
    return Usages.now(process.usage(), Optional.empty());
  }

  @Override
  public void close() throws IOException {
    process.close();
    Workplace.delete(directory);
  }
}
