package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeldOutputTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final HeldOutput output =
      new HeldOutput(new PrintStream(printed, true, StandardCharsets.UTF_8));

  @Test
  void theLatestLinesAreKeptWhileAnotherProgramHasTheTerminal() {
    output.hold();
    for (var i = 1; i <= 503; i++) output.print("line " + i);
    output.release();

    var lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(501).startsWith("-- 3 lines were not printed", "line 4");
    assertThat(lines).endsWith("line 503");
  }
}
