package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kith.protocol.Visibility;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RoomSetCommandTest {
  private static Optional<Visibility> visibility(String... options) {
    var command = new RoomSetCommand();
    new CommandLine(command).parseArgs(options);
    return command.visibility();
  }

  @Test
  void onlyAnOptionThatIsSetChangesTheVisibility() {
    assertThat(visibility("den", "--public")).contains(Visibility.PUBLIC);
    assertThat(visibility("den", "--private")).contains(Visibility.PRIVATE);
    assertThat(visibility("den", "--private=false")).isEmpty();
    assertThat(visibility("den")).isEmpty();
  }
}
