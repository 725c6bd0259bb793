package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aProgramGetsItsInputAndEnvironmentAndReturnsItsOutput() throws InterruptedException {
    var result = shell("read -r line; echo \"$line and $WORD\"; exit 3", LONG).run("one");

    assertThat(result).isEqualTo(new ChildProcess.Result(3, "one and two\n", ""));
  }

  @Test
  void aProgramNeedNotReadItsInput() throws InterruptedException {
    assertThat(shell("exit 0", LONG).run("x".repeat(1_000_000)).exit()).isZero();
  }

  @Test
  void aProgramThatTakesTooLongIsKilledWithItsChildren() throws InterruptedException {
    var result = shell("sleep 1000 & wait", Duration.ofMillis(200)).run("");

    assertThat(result.exit()).isEqualTo(126);
    assertThat(result.fault()).startsWith("It did not end within");
    assertThat(ProcessHandle.current().descendants().map(it -> it.info().commandLine().orElse("")))
        .noneMatch(it -> it.contains("sleep 1000"));
  }

  /// As `notify-send … &` does in a hook.
  @Test
  void aProgramThatLeavesAnotherRunningEndsInTime() throws InterruptedException {
    var result = shell("sleep 1001 & echo $!", Duration.ofMillis(200)).run("");

    assertThat(result.exit()).isZero();
    assertThat(result.output()).isNotBlank();
    ProcessHandle.of(Long.parseLong(result.output().trim())).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void aProgramThatDoesNotExistIsAFault() throws InterruptedException {
    var result =
        new ChildProcess(
                List.of("/does/not/exist"), Map.of(), ProcessBuilder.Redirect.DISCARD, LONG)
            .run("");

    assertThat(result.exit()).isEqualTo(126);
    assertThat(result.fault()).contains("/does/not/exist");
  }

  @Test
  void nothingInAnEventIsRun() throws InterruptedException {
    var result =
        new ChildProcess(
                List.of("sh", "-c", "printf '%s' \"$WORD\""),
                Map.of("WORD", "$(echo no) `echo no` ; echo no"),
                ProcessBuilder.Redirect.DISCARD,
                LONG)
            .run("");

    assertThat(result.output()).isEqualTo("$(echo no) `echo no` ; echo no");
  }

  private static ChildProcess shell(String script, Duration timeout) {
    return new ChildProcess(
        List.of("sh", "-c", script),
        Map.of("WORD", "two"),
        ProcessBuilder.Redirect.DISCARD,
        timeout);
  }
}
