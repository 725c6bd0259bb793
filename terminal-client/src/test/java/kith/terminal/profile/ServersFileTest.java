package kith.terminal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The profiles that a window opens at its start.
class ServersFileTest {
  @TempDir private Path directory;

  private ServersFile file() {
    return ServersFile.in(new Places(directory.resolve("config"), directory.resolve("state")));
  }

  private Path path() {
    return directory.resolve("state").resolve(".servers.json");
  }

  @Test
  void profilesAreKeptInTheirOrderAndReadableOnlyByTheirOwner() throws IOException {
    file().keep(List.of("default", "bob"));
    file().keep(List.of("bob", "carol"));
    file().show("carol");

    assertThat(file().saved())
        .isEqualTo(new ServersFile.Saved(List.of("default", "bob", "carol"), Optional.of("carol")));
    assertThat(Files.getPosixFilePermissions(path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aWindowRemovesOnlyLoginsThatItsUserRemoves() {
    var one = file();
    var other = file();
    one.keep(List.of("default", "bob"));
    other.keep(List.of("default", "carol"));

    one.show("bob");
    one.forget("bob");

    assertThat(file().saved())
        .isEqualTo(new ServersFile.Saved(List.of("default", "carol"), Optional.empty()));
  }

  @Test
  void oneServerNeedsNoFile() {
    file().forget("default");
    file().show("default");

    assertThat(path()).doesNotExist();
    assertThat(file().saved()).isEqualTo(ServersFile.Saved.NONE);
  }

  @Test
  void aDamagedFileIsTreatedAsMissing() throws IOException {
    Files.createDirectories(path().getParent());
    Files.writeString(path(), "{");

    assertThat(file().saved()).isEqualTo(ServersFile.Saved.NONE);
    file().keep(List.of("default", "bob"));
    assertThat(file().saved().profiles()).containsExactly("default", "bob");
  }
}
