package kith.terminal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.model.CachedRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of the last screen.
class CacheFileTest {
  @TempDir private Path directory;

  private Access access(String user) {
    var places = new Places(directory.resolve("config"), directory.resolve("state"));
    var profile = Profile.named(places, "default");
    var tokens =
        new Accounts.Tokens(
            user, "d-1", Optional.of("a"), Instant.MAX, Optional.of("r"), Instant.MAX);
    if (!profile.isLoggedIn())
      assertThat(profile.loggedIn(List.of("http://127.0.0.1:1"), tokens)).isTrue();
    return Access.of(profile).orElseThrow();
  }

  private Path path() {
    return access("ann").profile().cache();
  }

  private static CachedRoom room(String id, String text) {
    var row =
        new InboxRoom(
            id,
            Optional.of("garden"),
            Optional.empty(),
            Optional.empty(),
            2,
            2,
            0,
            OptionalLong.empty(),
            OptionalInt.of(0),
            false,
            Optional.empty(),
            Optional.empty());
    var entry =
        new Entry.Message(
            2,
            Instant.EPOCH,
            "bob",
            "m2",
            Optional.of(text),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new CachedRoom(row, "plants", List.of(entry));
  }

  @Test
  void roomsAreRestoredAndReadableOnlyByTheirOwner() throws IOException {
    CacheFile.of(access("ann")).write(List.of(room("r1", "hello")));

    assertThat(CacheFile.of(access("ann")).rooms()).containsExactly(room("r1", "hello"));
    assertThat(Files.getPosixFilePermissions(path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theFileIsBounded() throws IOException {
    var rooms = IntStream.range(0, 30).mapToObj(n -> room("r" + n, "x".repeat(60_000))).toList();

    CacheFile.of(access("ann")).write(rooms);

    assertThat(Files.size(path())).isLessThan(512 * 1024);
    assertThat(CacheFile.of(access("ann")).rooms()).startsWith(rooms.getFirst()).hasSize(7);
  }

  @Test
  void aLogOutDeletesItAndARunningClientDoesNotWriteItAgain() {
    var file = CacheFile.of(access("ann"));
    file.write(List.of(room("r1", "secret")));
    var cache = path();

    access("ann").profile().loggedOut();
    file.write(List.of(room("r1", "secret!")));

    assertThat(cache).doesNotExist();
  }

  @Test
  void aDamagedFileOrThatOfAnotherAccountIsIgnored() throws IOException {
    CacheFile.of(access("ann")).write(List.of(room("r1", "secret")));
    var cache = path();
    access("ann").profile().loggedOut();
    Files.writeString(cache, "{\"user\":\"ann\",\"rooms\":[]}");
    assertThat(CacheFile.of(access("bob")).rooms()).isEmpty();

    Files.writeString(cache, "{\"user\":");
    assertThat(CacheFile.of(access("bob")).rooms()).isEmpty();
  }
}
