package kith.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A busy room while files are uploaded and downloaded.
@Command(
    name = "files",
    description =
        "Measures messages in a room before, during and after transfers of files, and the cost of"
            + " these.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FileLoad implements Callable<Integer> {
  private static final String SETTINGS =
      """
      kith.files { uploads = 10000, per-account = 1000 GiB, per-room = 1000 GiB, total = 1000 GiB }
      """;

  private static final int FILES_OF_MESSAGE = 10;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description =
          "MiB of files per second, in all directions together (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--clients",
      defaultValue = "8",
      description =
          "Clients that upload, and as many that download, each with its part of the rate (default:"
              + " ${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--size",
      paramLabel = "KIB",
      defaultValue = "4096",
      description = "Size of a file in KiB (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--files",
      defaultValue = "16",
      description = "Files that are downloaded again and again (default: ${DEFAULT-VALUE}).")
  private int files;

  @Option(
      names = "--messages",
      defaultValue = "100",
      description = "Messages per second in the room (default: ${DEFAULT-VALUE}).")
  private double messages;

  @Option(
      names = "--members",
      defaultValue = "20",
      description = "Members of the room (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of each measurement in seconds (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--s3",
      paramLabel = "URL",
      description =
          "The node stores files in the S3 at this address, with the keys in AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY.")
  private Optional<URI> s3 = Optional.empty();

  @Option(
      names = "--bucket",
      defaultValue = "kith",
      description = "With --s3: the bucket, which must exist (default: ${DEFAULT-VALUE}).")
  private String bucket = "";

  @Mixin private CommonOptions common = new CommonOptions();

  /// The transfers during a measurement.
  ///
  /// @param up and `down` the parts of the rate
  private record Direction(String name, double up, double down) {
    static final Direction NONE = new Direction("none", 0, 0);
    static final Direction DOWN = new Direction("down", 0, 1);
    static final Direction UP = new Direction("up", 1, 0);
    static final Direction BOTH = new Direction("up and down", 0.5, 0.5);
    static final Direction AFTER = new Direction("none any more", 0, 0);
  }

  /// The JSON file.
  record Written(
      String scenario,
      double rate,
      int clients,
      int sizeKiB,
      String store,
      double messages,
      int members,
      double loadAverage,
      List<FilePhase> phases,
      List<String> faults,
      boolean kept,
      Ledger.Verdict verdict) {}

  private final List<FilePhase> phases = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<FileTraffic.Passed> passed = new ArrayList<>();
  private Optional<FileTraffic> traffic = Optional.empty();

  @Override
  public Integer call() throws IOException {
    var load = Processes.loadAverage();
    try (var node = common.node(settings());
        var setUp = new SetUp(node.url())) {
      var all = setUp.members(members + clients);
      var talkers = all.subList(0, members);
      var senders = all.subList(members, members + clients);
      var contents = new FileContents(size << 10);
      var sent = sent(node.url(), setUp, contents, senders);
      var target = SetUp.target(node.url(), setUp.room(talkers));
      var bodies = List.of(MessageTemplate.body(common.bodyBytes));
      var ledger = new Ledger();
      try (var sockets = new LoadClients(ledger, 1)) {
        sockets.connect(
            talkers.stream().map(it -> SetUp.clientConfig(target, 0, it, bodies)).toList());
        var meter = new Meter(sockets, ledger, () -> usage(node));
        RoomRun.print("warming up for %d s, with files in both directions", seconds);
        measure(Direction.BOTH, node.url(), setUp, contents, senders, sent, meter);
        var quiet = measure(Direction.NONE, node.url(), setUp, contents, senders, sent, meter);
        keep(Direction.NONE, quiet, quiet);
        for (var direction :
            List.of(Direction.DOWN, Direction.UP, Direction.BOTH, Direction.AFTER)) {
          var metrics = measure(direction, node.url(), setUp, contents, senders, sent, meter);
          keep(direction, metrics, quiet);
        }
        return report(ledger.verdict(sockets.unseen()), load);
      }
    }
  }

  private String settings() {
    return SETTINGS
        + s3.map(it ->
                "kith.files { store = s3, s3 { endpoint = \"%s\", bucket = \"%s\" } }\n"
                    .formatted(it, bucket))
            .orElse("");
  }

  /// Uploads the files that are downloaded later, and sends them to a room of their own.
  private List<FileTraffic.Sent> sent(
      URI node, SetUp setUp, FileContents contents, List<Member> readers) throws IOException {
    var owner = readers.getFirst();
    var room = setUp.room(readers);
    var sent = new ArrayList<FileTraffic.Sent>();
    try (var traffic = new FileTraffic(node, setUp, contents);
        var http = HttpClient.newHttpClient();
        var socket = TextSocket.open(http, node, owner.token(), room)) {
      while (sent.size() < files) {
        var numbers = new ArrayList<Long>();
        var ids = new ArrayList<String>();
        for (var more = Math.min(FILES_OF_MESSAGE, files - sent.size()); more > 0; more--) {
          numbers.add(FileTraffic.newNumber());
          ids.add(traffic.upload(owner, numbers.getLast()));
        }
        var id = "f" + sent.size();
        socket.send(
            new ClientFrame.Send(id, room, "files", OptionalLong.empty(), Optional.of(ids)));
        var seq = socket.ack(id).orElseThrow(() -> new BenchFailure("The connection ended."));
        for (var i = 0; i < ids.size(); i++)
          sent.add(
              new FileTraffic.Sent(
                  "/v1/rooms/" + room + "/entries/" + seq + "/files/" + ids.get(i),
                  numbers.get(i)));
      }
    }
    return sent;
  }

  /// Bytes and CPU time are read together, so that both are of the same seconds.
  private ResourceUsage usage(NodeUnderTest node) {
    passed.add(traffic.map(FileTraffic::passed).orElse(new FileTraffic.Passed(0, 0)));
    return node.usage();
  }

  private Metrics measure(
      Direction direction,
      URI node,
      SetUp setUp,
      FileContents contents,
      List<Member> senders,
      List<FileTraffic.Sent> sent,
      Meter meter)
      throws IOException {
    var mebibytes = rate * (1 << 20);
    passed.clear();
    var passing = new FileTraffic(node, setUp, contents);
    traffic = Optional.of(passing);
    Metrics metrics;
    try (passing) {
      if (direction.up() > 0) passing.upload(senders, mebibytes * direction.up());
      if (direction.down() > 0) passing.download(senders, sent, mebibytes * direction.down());
      metrics = meter.measure(new SendSchedule.Rate(messages), seconds);
    }
    faults.addAll(passing.faults());
    return metrics;
  }

  private void keep(Direction direction, Metrics metrics, Metrics quiet) {
    var during = passed.getLast().minus(passed.getFirst());
    phases.add(FilePhase.of(direction.name(), seconds, during, metrics, quiet));
    print(phases.getLast());
  }

  private static void print(FilePhase phase) {
    RoomRun.print(
        "%-14s %5.1f MiB/s up %5.1f down; to others p50 %6.1f p99 %6.1f max %6.1f ms; node %.2f"
            + " PostgreSQL %.2f others %.2f cores; node %5.1f PostgreSQL %5.1f ms/MiB; resident"
            + " %.0f and %.0f MiB",
        phase.files(),
        phase.upMiB() / phase.seconds(),
        phase.downMiB() / phase.seconds(),
        phase.get(Metric.DELIVERY_P50),
        phase.get(Metric.DELIVERY_P99),
        phase.get(Metric.DELIVERY_MAX),
        phase.get(Metric.NODE_CORES),
        phase.get(Metric.POSTGRES_CORES),
        phase.get(Metric.OTHERS_CORES) + phase.get(Metric.DRIVER_CORES),
        phase.nodeMillisPerMiB(),
        phase.postgresMillisPerMiB(),
        phase.get(Metric.NODE_RESIDENT),
        phase.get(Metric.POSTGRES_RESIDENT));
  }

  private int report(Ledger.Verdict verdict, double load) throws IOException {
    var isKept = verdict.isKept() && faults.isEmpty();
    RoomRun.print("");
    RoomRun.print(
        "%.0f messages/s, %d members; %.0f MiB/s of files of %d KiB, %d clients in a direction;"
            + " load average before %.2f",
        messages, members, rate, size, clients, load);
    phases.forEach(FileLoad::print);
    faults.forEach(fault -> RoomRun.print("FAILED: %s", fault));
    Report.print(verdict);
    if (common.json.isPresent())
      Files.writeString(
          common.json.get(),
          Json.restText(
                  new Written(
                      "files",
                      rate,
                      clients,
                      size,
                      s3.isPresent() ? "s3" : "postgresql",
                      messages,
                      members,
                      load,
                      phases,
                      faults,
                      isKept,
                      verdict))
              + "\n");
    return isKept ? 0 : 1;
  }
}
