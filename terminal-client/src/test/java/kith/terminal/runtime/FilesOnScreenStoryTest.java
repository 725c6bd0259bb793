package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kith.node.Node;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.StoryNode;
import kith.terminal.net.Connection;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.Logins;
import kith.terminal.net.Outbox;
import kith.terminal.net.PendingUpload;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomCalls;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.net.TokenSource;
import kith.terminal.plain.OpenedFiles;
import kith.terminal.update.Input;
import kith.terminal.update.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The uploads and downloads of the full-screen client, at a real node.
@Tag("story")
class FilesOnScreenStoryTest {
  private static final int SIZE = 9_000_001;

  @TempDir private static Path directory;
  private static Optional<Node> node = Optional.empty();
  private static Optional<TokenSource> tokens = Optional.empty();

  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();

  @BeforeAll
  static void startANode() {
    node = Optional.of(StoryNode.start(directory.resolve("data")));
    var signedUp = new Logins(List.of(url())).signUp("ann", "correct horse battery", "test");
    var token = new TokenSource.Token(signedUp.accessToken().orElseThrow());
    tokens = Optional.of(_ -> token);
  }

  @AfterAll
  static void stopTheNode() {
    node.ifPresent(Node::close);
  }

  private static URI url() {
    return URI.create(node.orElseThrow().url());
  }

  /// Without pauses between attempts, which may take a minute together.
  private static FileTransfers at(URI... nodes) {
    var token = tokens.orElseThrow();
    return new FileTransfers(List.of(nodes), new Rest(List.of(nodes), token), _ -> {});
  }

  private static PendingUpload upload(String name, int seed) throws IOException {
    var bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    var path = Files.write(directory.resolve(name), bytes);
    return new PendingUpload(
        name, "r1", OptionalLong.empty(), path.toString(), name, SIZE, Optional.empty());
  }

  private Input awaits(Predicate<Input> wanted) throws InterruptedException {
    while (true) {
      var input = inputs.poll(60, TimeUnit.SECONDS);
      assertThat(input).as("the next input").isNotNull();
      if (wanted.test(input)) return input;
    }
  }

  private FileUploads uploads(FileTransfers transfers) {
    return new FileUploads(transfers, directory.resolve("pastes"), inputs::add);
  }

  @Test
  void anUploadContinuesAtAnotherNodeWhenItsNodeDies() throws Exception {
    try (var dying = new BrokenRelay(url(), 5_000_000);
        var uploads = uploads(at(dying.address(), url()))) {
      uploads.add(upload("a.bin", 1));

      var done = (Input.Uploaded) awaits(Input.Uploaded.class::isInstance);

      assertThat(dying.isGone()).isTrue();
      var stored = at(url()).created(done.upload().file().orElseThrow()).orElseThrow();
      assertThat(stored.complete()).isTrue();
      assertThat(stored.size()).isEqualTo(SIZE);
    }
  }

  @Test
  void aDownloadContinuesAtAnotherNodeWhenItsNodeDies() throws Exception {
    Input.Uploaded uploaded;
    try (var uploads = uploads(at(url()))) {
      uploads.add(upload("f.bin", 6));
      uploaded = (Input.Uploaded) awaits(Input.Uploaded.class::isInstance);
    }
    var rest = new Rest(List.of(url()), tokens.orElseThrow());
    var room =
        RoomCalls.of(rest)
            .create("downloads", Optional.empty(), false, Optional.empty(), OptionalInt.empty())
            .room();
    var id = uploaded.upload().file().orElseThrow();
    var seq = sends(room, id);
    var saved = Files.createDirectories(directory.resolve("downloads"));
    var file =
        new Entry.File(
            id,
            "f.bin",
            SIZE,
            "application/octet-stream",
            OptionalInt.empty(),
            OptionalInt.empty());

    try (var dying = new BrokenRelay(url(), 5_000_000);
        var downloads = new FileDownloads(at(dying.address(), url()), inputs::add)) {
      downloads.begin(new Request.Download(room, seq, List.of(file), false, saved.toString()));
      var end = (Input.Downloaded) awaits(Input.Downloaded.class::isInstance);

      assertThat(end.isError()).as(end.lines().toString()).isFalse();
      assertThat(dying.isGone()).isTrue();
      assertThat(saved.resolve("f.bin")).hasSameBinaryContentAs(directory.resolve("f.bin"));
    }
  }

  private static long sends(String room, String file) throws Exception {
    var seq = new CompletableFuture<Long>();
    var post =
        new ClientFrame.Send("m1", room, "", OptionalLong.empty(), Optional.of(List.of(file)));
    try (var connection =
        Connection.start(
            List.of(url()),
            tokens.orElseThrow(),
            Outbox.none(),
            event -> {
              if (event instanceof SessionEvent.Sent sent) seq.complete(sent.seq());
            })) {
      connection.submit(SessionCommand.Open.fromNow(room));
      connection.submit(new SessionCommand.Post(post));
      return seq.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void theNextRunContinuesAnUploadWithTheSameFile() throws Exception {
    var upload = upload("b.bin", 2);
    Input.UploadCreated begun;
    try (var dying = new BrokenRelay(url(), 5_000_000);
        var uploads = uploads(at(dying.address()))) {
      uploads.add(upload);
      begun = (Input.UploadCreated) awaits(Input.UploadCreated.class::isInstance);
      awaits(Input.UploadWaits.class::isInstance);
    }
    inputs.clear();

    try (var uploads = uploads(at(url()))) {
      uploads.add(begun.upload());
      var progress = (Input.UploadProgress) awaits(Input.UploadProgress.class::isInstance);
      assertThat(progress.done()).isPositive();
      var done = (Input.Uploaded) awaits(Input.Uploaded.class::isInstance);
      assertThat(done.upload().file()).isEqualTo(begun.upload().file());
    }
  }

  @Test
  void aDroppedUploadIsDeletedOnTheServer() throws Exception {
    try (var uploads = uploads(at(url()))) {
      var upload = upload("c.bin", 3);
      uploads.add(upload);
      var done = ((Input.Uploaded) awaits(Input.Uploaded.class::isInstance)).upload();
      assertThat(at(url()).created(done.file().orElseThrow())).isPresent();

      uploads.end(done, false);
      // uploads take turns with deletions
      uploads.add(upload("d.bin", 4));
      awaits(it -> it instanceof Input.Uploaded(var other) && other.name().equals("d.bin"));

      assertThat(at(url()).created(done.file().orElseThrow())).isEmpty();
    }
  }

  @Test
  void aFileThatIsGoneIsReported() throws Exception {
    try (var uploads = uploads(at(url()))) {
      uploads.add(
          new PendingUpload(
              "e", "r1", OptionalLong.empty(), "/no/such/file", "file", 3, Optional.empty()));

      var failed = (Input.UploadFailed) awaits(Input.UploadFailed.class::isInstance);

      assertThat(failed.why()).startsWith("The file /no/such/file cannot be read");
    }
  }

  @Test
  void aRefusedDownloadLeavesNoFile() throws Exception {
    var saved = directory.resolve("saved");
    Files.createDirectories(saved);
    var file = new Entry.File("f", "x", 1, "text/plain", OptionalInt.empty(), OptionalInt.empty());
    try (var downloads = new FileDownloads(at(url()), inputs::add)) {
      downloads.begin(new Request.Download("r1", 1, List.of(file), false, saved.toString()));

      var end = (Input.Downloaded) awaits(Input.Downloaded.class::isInstance);

      assertThat(end.isError()).isTrue();
      try (var left = Files.list(saved)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void onlyHarmlessTypesAreOpenedAndUnderAnEndingOfTheirType() {
    assertThat(named("garden.JPG", "image/jpeg")).contains("garden.JPG");
    assertThat(named("run.desktop", "text/plain")).contains("run.desktop.txt");
    assertThat(named("x".repeat(247) + ".desktop", "text/plain"))
        .contains("x".repeat(247) + ".des.txt");
    assertThat(named("run.sh", "application/x-sh")).isEmpty();
    assertThat(named("page.html", "text/html")).isEmpty();
  }

  private static Optional<String> named(String name, String type) {
    return OpenedFiles.name(
        new Entry.File("f", name, 1, type, OptionalInt.empty(), OptionalInt.empty()));
  }
}
