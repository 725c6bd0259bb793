package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import kith.node.BackupCommand;
import kith.node.MoveDatabaseCommand;
import kith.node.Node;
import kith.node.NodeSettings;
import kith.node.RestoreCommand;
import kith.node.StoryOrder;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.person.TestPorts;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.SharedFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands that back up, restore and move the database of a node with its own PostgreSQL.
@Tag("story")
@Order(StoryOrder.LONG)
class BackupStoryTest {
  @TempDir Path directory;
  private Path data;
  private Path other;
  private Path file;
  private int port;

  @BeforeEach
  void choosePlaces() throws IOException {
    data = directory.resolve("data");
    TestPostgres.lendPrograms(data);
    other = directory.resolve("other");
    TestPostgres.lendPrograms(other);
    file = directory.resolve("kith.backup");
    // a restored node is the same one for its clients
    port = TestPorts.free();
  }

  private Node node(Path data) {
    var flags = new HashMap<String, String>();
    flags.put("kith.http.port", Integer.toString(port));
    flags.put("kith.accounts.bcrypt-cost", "4");
    flags.put("kith.database.data", data.toString());
    return Node.start(NodeSettings.read(Optional.empty(), flags));
  }

  private static Person signsUp(Node node, String name) {
    return Person.signsUp(URI.create(node.url() + "/"), name);
  }

  private int backup(Path data) {
    return new CommandLine(new BackupCommand()).execute(file.toString(), "--data", data.toString());
  }

  private int restore(Path data, String... options) {
    var arguments = new ArrayList<>(List.of(file.toString(), "--data", data.toString()));
    arguments.addAll(List.of(options));
    return new CommandLine(new RestoreCommand()).execute(arguments.toArray(String[]::new));
  }

  private int move(Path data, Path urlFile) {
    return new CommandLine(new MoveDatabaseCommand())
        .execute("--data", data.toString(), "--database-file", urlFile.toString());
  }

  @Test
  void aBackupOfARunningNodeContainsAllEarlierAcknowledgedMessages() {
    List<Entry> before;
    List<Entry> atTheEnd;
    Person ann;
    String room;
    try (var node = node(data)) {
      ann = signsUp(node, "ann");
      room = ann.makesRoom("garden", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      for (int i = 0; i < 50; i++) ann.says(room, "before " + i);
      before = ann.history(room);
      var goesOn = new AtomicBoolean(true);
      var posting =
          CompletableFuture.runAsync(() -> post(ann, room, goesOn), Thread::startVirtualThread);

      assertThat(backup(data)).isZero();

      goesOn.set(false);
      posting.join();
      atTheEnd = ann.history(room);
      ann.close();
    }
    assertThat(restore(other)).isZero();

    try (var _ = node(other)) {
      var restored = ann.history(room);
      assertThat(restored).startsWith(before.toArray(Entry[]::new));
      assertThat(atTheEnd).startsWith(restored.toArray(Entry[]::new));
      ann.connects();
      ann.opens(room);
      assertThat(ann.says(room, "after").seq()).isEqualTo(restored.getLast().seq() + 1);
      ann.close();
    }
  }

  @Test
  void aRestoredNodeHasTheFilesAndMakesTheirThumbnailsAgain() throws IOException {
    var content = new byte[700_000];
    new Random(1).nextBytes(content);
    var png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(900, 600, BufferedImage.TYPE_INT_RGB), "png", png);
    Person ann;
    String room;
    long seq;
    String whole;
    String picture;
    String begun;
    try (var node = node(data)) {
      ann = signsUp(node, "ann");
      room = ann.makesRoom("garden", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      whole = ann.files().uploads("a.bin", content);
      picture = ann.files().uploads("b.png", png.toByteArray());
      seq = ann.files().sends(room, "look", whole, picture).seq();
      assertThat(ann.files().gets(room, seq, picture + "/thumbnail").statusCode()).isEqualTo(200);
      begun = ann.files().creates("c.bin", Arrays.copyOf(content, 600_000)).file();
      ann.files().puts(begun, content, 0, 300_000).as(SharedFiles.Upload.class);
      assertThat(backup(data)).isZero();
      ann.close();
    }
    assertThat(restore(other)).isZero();

    try (var _ = node(other)) {
      assertThat(ann.files().gets(room, seq, whole).body()).isEqualTo(content);
      assertThat(ann.files().gets(room, seq, picture).body()).isEqualTo(png.toByteArray());
      assertThat(ann.files().gets(room, seq, picture + "/thumbnail").statusCode()).isEqualTo(200);
      ann.files().puts(begun, content, 300_000, 600_000).as(SharedFiles.Upload.class);
      assertThat(ann.files().finishes(begun).as(SharedFiles.Upload.class).complete()).isTrue();
    }
  }

  private static void post(Person who, String room, AtomicBoolean goesOn) {
    for (int i = 0; goesOn.get(); i++) who.says(room, "meanwhile " + i);
  }

  @Test
  void clientsOfARestoredNodeDetectTheEarlierState() {
    Person ann;
    Accounts.Tokens device;
    Accounts.Tokens refreshed;
    String room;
    long lost;
    try (var node = node(data)) {
      ann = signsUp(node, "ann");
      room = ann.makesRoom("garden", Visibility.PUBLIC);
      device = logsIn(ann);
      assertThat(backup(data)).isZero();
      refreshed = refreshes(ann, device).as(Accounts.Tokens.class);
      ann.connects();
      ann.opens(room);
      lost = ann.says(room, "lost").seq();
      ann.close();
    }

    assertThat(restore(data)).as("without --replace").isEqualTo(1);
    assertThat(restore(data, "--replace")).isZero();

    try (var _ = node(data)) {
      ann.connects(Map.of(room, lost));
      ann.hears(ServerFrame.Complete.class, it -> it.room().equals(room) && it.seq() == lost - 1);
      assertThat(ann.says(room, "instead").seq()).isEqualTo(lost);
      ann.sees(room, "instead");
      ann.close();

      assertThat(refreshes(ann, refreshed).code())
          .as("a refresh token that the restored node never made")
          .isEqualTo(Code.UNAUTHENTICATED);
      assertThat(logsIn(ann).accessToken()).isPresent();
    }
    assertThat(formerDatabases()).hasSize(1);
  }

  private List<Path> formerDatabases() {
    try (var all = Files.list(data)) {
      return all.filter(path -> path.getFileName().toString().startsWith("postgres-before-"))
          .toList();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static Accounts.Tokens logsIn(Person who) {
    var request =
        new Accounts.LogIn(
            who.name(),
            "a long enough secret of " + who.name(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return who.rest().post("/v1/tokens", request).as(Accounts.Tokens.class);
  }

  private static Rest.Answer refreshes(Person who, Accounts.Tokens tokens) {
    return who.rest().post("/v1/tokens/refresh", new Accounts.Refresh(tokens.refreshToken()));
  }

  @Test
  void aRunningNodeIsNotReplaced() {
    try (var _ = node(data)) {
      assertThat(backup(data)).isZero();
      assertThat(restore(data, "--replace")).isEqualTo(1);
      assertThat(formerDatabases()).isEmpty();
    }
  }

  @Test
  void aRestoreThatIsKilledIsReportedAndCanBeRepeated() throws Exception {
    Person ann;
    String room;
    List<Entry> history;
    try (var node = node(data)) {
      ann = signsUp(node, "ann");
      room = ann.makesRoom("garden", Visibility.PUBLIC);
      history = ann.history(room);
    }
    assertThat(backup(data)).as("of a node that does not run").isZero();

    kill(restoring(other));

    assertThatThrownBy(() -> node(other))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was interrupted");
    assertThat(restore(other)).isZero();
    try (var _ = node(other)) {
      assertThat(ann.history(room)).isEqualTo(history);
    }
  }

  private Process restoring(Path data) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(NodeClasses.options());
    command.addAll(List.of("kith.node.RestoreCommand", file.toString(), "--data", data.toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /// While it unpacks PostgreSQL, which takes seconds.
  private void kill(Process restore) throws InterruptedException {
    while (!Files.exists(other.resolve("restoring")))
      // a poll, not a guess: the process creates the directory or ends
      assertThat(restore.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
    restore.destroyForcibly().waitFor();
    assertThat(other.resolve("restoring")).isDirectory();
  }

  @Test
  void aDatabaseMovesToASeparateServer() throws IOException {
    var target = TestPostgres.freshDatabase();
    var urlFile = urlFile(target);
    Person ann;
    String room;
    List<Entry> history;
    try (var node = node(data)) {
      ann = signsUp(node, "ann");
      room = ann.makesRoom("garden", Visibility.PUBLIC);
      history = ann.history(room);
      assertThat(move(data, urlFile)).as("while the node runs").isEqualTo(1);
    }

    assertThat(move(data, urlFile)).isZero();

    try (var node = node(data)) {
      assertThat(node.data()).isEqualTo(target.shown());
      assertThat(ann.history(room)).isEqualTo(history);
      ann.connects();
      ann.opens(room);
      assertThat(ann.says(room, "moved").seq()).isEqualTo(history.getLast().seq() + 1);
      ann.close();
      assertThat(backup(data)).as("of the new database").isZero();
    }
    assertThat(move(data, urlFile)).as("once more").isEqualTo(1);
  }

  /// The former target may be gone for good, so another one must be possible.
  @Test
  void aMoveThatWasInterruptedInItsLastStepCanGoToAnotherServer() throws Exception {
    Person ann;
    String room;
    List<Entry> history;
    try (var node = node(data)) {
      ann = signsUp(node, "ann");
      room = ann.makesRoom("garden", Visibility.PUBLIC);
      history = ann.history(room);
    }
    var first = TestPostgres.unfinishedDatabase();
    Files.copy(urlFile(first), data.resolve("database-url"));
    assertThatThrownBy(() -> node(data))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was interrupted");

    var second = TestPostgres.freshDatabase();
    assertThat(move(data, urlFile(second))).isZero();

    try (var node = node(data)) {
      assertThat(node.data()).isEqualTo(second.shown());
      assertThat(ann.history(room)).isEqualTo(history);
    }
  }

  private Path urlFile(JdbcUrl url) throws IOException {
    return Files.writeString(
        directory.resolve("kith.url"),
        "%s?user=%s&password=%s\n"
            .formatted(url.url(), url.user().orElseThrow(), url.password().orElseThrow()));
  }
}
