package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import kith.terminal.net.Unreachable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing answers at the addresses of these servers.
class EntranceTest {
  private static final String FIRST = "http://127.0.0.1:1";
  private static final String SECOND = "http://127.0.0.1:2";
  private static final String OTHER = "http://127.0.0.1:3";

  @TempDir private Path directory;

  private Options options() {
    return new Options(
        Map.of(
            "XDG_CONFIG_HOME", directory.resolve("config").toString(),
            "XDG_STATE_HOME", directory.resolve("state").toString(),
            "KITH_SERVER", FIRST + "," + SECOND));
  }

  private static void logsIn(Options options, String server) {
    assertThatThrownBy(() -> new Entrance(options).logIn(server, "ann", "secret", false))
        .isInstanceOf(Unreachable.class);
  }

  @Test
  void theOtherNodesOfTheServerAreUsedToo() {
    var options = options();

    logsIn(options, FIRST);

    assertThat(options.serversOrDefault()).containsExactly(FIRST, SECOND);
  }

  @Test
  void aTypedAddressReplacesAllNodesOfTheServer() {
    var options = options();

    logsIn(options, OTHER);

    assertThat(options.serversOrDefault()).containsExactly(OTHER);
  }
}
