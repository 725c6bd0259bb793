package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import kith.node.AdminCommand;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts.ExportPage;
import kith.protocol.rest.ExportArchive;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The export of everything that is stored about an account.
@Tag("story")
class ExportStoryTest {
  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static Person ann;

  @BeforeAll
  static void annAndBobHaveTalked() {
    node = TestNode.start();
    ann = Person.signsUp(node.uri("/"), "ann");
    var bob = Person.signsUp(node.uri("/"), "bob");
    var left = ann.makesRoom("left", Visibility.PUBLIC);
    bob.joins(left);
    says(ann, left, "a1", "ann was here");
    says(bob, left, "b1", "words of bob");
    ann.rest()
        .send(
            "PUT", "/v1/rooms/" + left + "/members/bob/role", Optional.of("{\"role\":\"owner\"}"));
    ann.rest().send("POST", "/v1/rooms/" + left + "/leave", Optional.empty());
    var stays = ann.makesRoom("stays", Visibility.PRIVATE);
    for (var i = 0; i < 3; i++) says(ann, stays, "s" + i, "note " + i);
    ann.rest().send("PUT", "/v1/account/blocked/bob", Optional.empty());
    ann.rest().send("PATCH", "/v1/account", Optional.of("{\"email\":\"ann@example.org\"}"));
  }

  private static void says(Person person, String room, String id, String text) {
    person.connects();
    person.says(new ClientFrame.Open(room, OptionalLong.empty()));
    person.says(new ClientFrame.Send(id, room, text, OptionalLong.empty()));
    person.hears(ServerFrame.Ack.class, it -> it.id().equals(id));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /// The files of an archive, by name.
  private static Map<String, String> read(Path archive) throws IOException {
    var files = new TreeMap<String, String>();
    try (var zip = new ZipFile(archive.toFile())) {
      for (var entry : zip.stream().toList())
        files.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
    }
    return files;
  }

  private static String run(String... arguments) {
    var text = new StringWriter();
    var sockets = Objects.requireNonNull(node.adminSocket().getParent());
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", String.valueOf(sockets.getParent())));
    all.addAll(List.of("--port", String.valueOf(node.port())));
    var _ =
        AdminCommand.create()
            .setOut(new PrintWriter(text))
            .setErr(new PrintWriter(text))
            .execute(all.toArray(String[]::new));
    return text.toString();
  }

  private static ExportPage ofAnn(Optional<String> next) {
    return ann.rest()
        .get("/v1/account/export" + next.map(it -> "?next=" + it).orElse(""))
        .as(ExportPage.class);
  }

  @Test
  void usersGetEverythingThatIsStoredAboutThem(@TempDir Path directory) throws Exception {
    var archive = directory.resolve("ann.zip");

    // some tables are written a moment later
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    do ExportArchive.<RuntimeException>write(archive, ExportStoryTest::ofAnn);
    while (!read(archive).containsKey("account_block.jsonl") && System.nanoTime() < deadline);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
    var files = read(archive);
    assertThat(files.get("journal.jsonl"))
        .contains("account.signed-up", "ann@example.org", "privacy.blocked");
    assertThat(files.get("messages.jsonl")).contains("ann was here", "note 0", "note 1", "note 2");
    assertThat(files.get("audit.jsonl")).contains("sign-up", "127.0.0.1");
    assertThat(files).containsKeys("README.txt", "account_block.jsonl", "account_privacy.jsonl");
    assertThat(String.join("\n", files.values()))
        .contains("(not exported)")
        .doesNotContain("words of bob")
        // bcrypt
        .doesNotContain("$2");
    var json = new ObjectMapper();
    for (var file : files.entrySet())
      if (file.getKey().endsWith(".jsonl"))
        for (var line : file.getValue().lines().toList())
          assertThat(json.readTree(line).isObject()).as(file.getKey()).isTrue();
  }

  @Test
  void theOperatorOfTheMachineGetsTheSameExport(@TempDir Path directory) throws Exception {
    var archive = directory.resolve("ann.zip");

    assertThat(run("export", "ann", "--file", archive.toString())).contains(" lines and ");

    assertThat(read(archive).get("messages.jsonl")).contains("ann was here");
    assertThat(run("audit", "--act", "admin-export", "--account", "ann").lines())
        .as("one entry, whatever the number of pages")
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("by @operator, account ann");
    assertThat(run("export", "nobody", "--file", archive.toString()))
        .contains("There is no such user.");
    assertThat(read(archive)).as("the earlier archive is still there").containsKey("README.txt");
  }

  /// Also a file of a room that she has left, and not one that she has removed.
  @Test
  void theFilesThatSomebodyUploadedAreInTheArchive(@TempDir Path directory) throws Exception {
    var large = new byte[600_000];
    for (var i = 0; i < large.length; i++) large[i] = (byte) (i * 31 + i / 7);
    var eve = Person.signsUp(node.uri("/"), "eve");
    var room = eve.makesRoom("eve's", Visibility.PUBLIC);
    var guest = Person.signsUp(node.uri("/"), "guest");
    guest.joins(room);
    guest.connects();
    guest.opens(room, 0);
    var kept = guest.files().uploads("a:b.bin", large);
    guest.files().sends(room, "look", kept);
    var removed = guest.files().uploads("gone.txt", "gone".getBytes(StandardCharsets.UTF_8));
    var seq = guest.files().sends(room, "oops", removed).seq();
    guest.says(new ClientFrame.Redact("r1", room, seq, Optional.empty()));
    guest.hears(ServerFrame.Ack.class, it -> it.id().equals("r1"));
    var begun = guest.files().creates("half.txt", "half of it".getBytes(StandardCharsets.UTF_8));
    guest.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());
    var archive = directory.resolve("guest.zip");

    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    // a redaction removes the file a moment later
    do ExportArchive.<RuntimeException>write(archive, next -> export(guest, next, true));
    while (contents(archive).size() > 1 && System.nanoTime() < deadline);

    assertThat(contents(archive)).containsOnlyKeys("files/" + kept + "/a_b.bin");
    assertThat(contents(archive).values().iterator().next()).isEqualTo(large);
    assertThat(read(archive).get("file.jsonl")).contains(kept, begun.file());
    // a file that went while its pieces were read has no further one, and those after it follow
    var gone = export(guest, Optional.of("files.1." + removed), true);
    assertThat(gone.content()).isEmpty();
    assertThat(gone.next()).contains("files.-1." + removed);

    assertThat(run("export", "guest", "--file", archive.toString())).contains(" and 1 files.");
    assertThat(contents(archive).values().iterator().next()).isEqualTo(large);
    assertThat(run("export", "guest", "--without-files", "--file", archive.toString()))
        .contains(" and 0 files.");
    assertThat(contents(archive)).isEmpty();
    guest.close();
  }

  private static ExportPage export(Person who, Optional<String> next, boolean contents) {
    return who.rest()
        .get("/v1/account/export?contents=" + contents + next.map(it -> "&next=" + it).orElse(""))
        .as(ExportPage.class);
  }

  private static Map<String, byte[]> contents(Path archive) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipFile(archive.toFile())) {
      for (var entry : Collections.list(zip.entries()))
        if (entry.getName().startsWith("files/"))
          try (var bytes = zip.getInputStream(entry)) {
            files.put(entry.getName(), bytes.readAllBytes());
          }
    }
    return files;
  }

  @Test
  void administratorsElsewhereDoNotGetTheMessagesOfOthers() {
    var owner = Person.signsUp(node.uri("/"), "olga");
    run("grant", "olga", "owner");

    var answer = owner.rest().get("/v1/admin/accounts/ann/export");

    assertThat(answer.refusal()).isEqualTo("403 not-allowed");
    assertThat(answer.detail()).contains("only the operator of the node's machine");
  }

  @Test
  void aWrongPlaceIsRefused() {
    for (var next : List.of("journal", "journal.x", "tables.1", "nowhere.1", "rooms.1", "files.1"))
      assertThat(ann.rest().get("/v1/account/export?next=" + next).refusal())
          .as(next)
          .isEqualTo("400 bad-field");
    assertThat(ofAnn(Optional.of("tables.-1.-7")).next()).isPresent();
  }
}
