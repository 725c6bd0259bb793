package kith.terminal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.Accounts;
import kith.terminal.model.Draft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The saved drafts of a profile.
class DraftsFileTest {
  @TempDir private Path directory;

  private Access access() {
    var places = new Places(directory.resolve("config"), directory.resolve("state"));
    var profile = Profile.named(places, "default");
    var tokens =
        new Accounts.Tokens(
            "ann", "d-1", Optional.of("a"), Instant.MAX, Optional.of("r"), Instant.MAX);
    if (!profile.isLoggedIn())
      assertThat(profile.loggedIn(List.of("http://127.0.0.1:1"), tokens)).isTrue();
    return Access.of(profile).orElseThrow();
  }

  private static Draft draft(String room, String text) {
    return new Draft(room, text, OptionalLong.of(7), OptionalLong.empty());
  }

  @Test
  void draftsAreRestoredAndReadableOnlyByTheirOwner() throws IOException {
    var before = DraftsFile.of(access());
    before.keep(draft("r1", "half a\ntho"));
    before.keep(draft("r2", "x"));
    before.keep(draft("r2", ""));
    before.write();

    assertThat(DraftsFile.of(access()).drafts()).containsExactly(draft("r1", "half a\ntho"));
    assertThat(Files.getPosixFilePermissions(access().profile().drafts()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void twoClientsKeepEachOthersDrafts() {
    var one = DraftsFile.of(access());
    var other = DraftsFile.of(access());
    one.keep(draft("r1", "one"));
    one.write();
    other.keep(draft("r2", "other"));
    other.write();

    assertThat(one.drafts()).containsExactly(draft("r1", "one"), draft("r2", "other"));
  }

  @Test
  void theLatestDraftsAreKept() {
    var file = DraftsFile.of(access());
    for (int room = 0; room < 80; room++) file.keep(draft("r" + room, "text"));
    file.write();
    assertThat(file.drafts()).hasSize(50).last().isEqualTo(draft("r79", "text"));

    for (int room = 0; room < 10; room++) file.keep(draft("s" + room, "x".repeat(30_000)));
    file.write();
    assertThat(file.drafts()).hasSize(4);
  }

  @Test
  void aLogOutDeletesTheDraftsAndARunningClientDoesNotWriteThemAgain() {
    var file = DraftsFile.of(access());
    file.keep(draft("r1", "secret"));
    file.write();

    file.keep(draft("r1", "secret!"));
    access().profile().loggedOut();
    file.write();

    assertThat(file.drafts()).isEmpty();
  }

  @Test
  void aRefreshOfTheTokensThatIsNotAnsweredDoesNotHoldDraftsBack() {
    var file = DraftsFile.of(access());
    file.keep(draft("r1", "typed meanwhile"));

    access().profile().lockedWhile(file::writeIfUnlocked);

    assertThat(file.drafts()).containsExactly(draft("r1", "typed meanwhile"));
  }

  @Test
  void unfinishedFilesOfAKilledClientAreDeletedByTheNextOne() throws Exception {
    var drafts = access().profile().drafts();
    var killed = new ProcessBuilder("true").start();
    killed.waitFor();
    var left = Files.writeString(drafts.resolveSibling("tokens.json." + killed.pid()), "secret");
    var own =
        Files.writeString(
            drafts.resolveSibling("drafts.json." + ProcessHandle.current().pid()), "in writing");

    access();

    assertThat(left).doesNotExist();
    assertThat(own).exists();
  }
}
