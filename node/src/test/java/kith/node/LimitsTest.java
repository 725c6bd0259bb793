package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Path CONTRACT = Path.of("..", "protocol", "README.md");
  private static final Pattern WELCOME =
      Pattern.compile("\\{\"type\":\"welcome\",[^`]*\"limits\":\\{\"[^`]*");

  @Test
  void theContractShowsTheDefaultLimits() throws Exception {
    var example = WELCOME.matcher(Files.readString(CONTRACT));
    assertThat(example.find()).isTrue();

    var welcome = (ServerFrame.Welcome) Json.serverFrame(example.group());

    assertThat(welcome.limits())
        .isEqualTo(NodeSettings.read(Optional.empty(), Map.of(), Map.of()).limits());
  }
}
