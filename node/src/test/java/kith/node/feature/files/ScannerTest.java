package kith.node.feature.files;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import kith.node.person.Patience;
import kith.node.platform.config.Portions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScannerTest {
  private static Scanner.Verdict check(String script, Iterator<byte[]> parts) {
    return new Scanner(List.of("sh", "-c", script), Patience.LONGEST).check(parts);
  }

  private static Iterator<byte[]> parts(String... parts) {
    return Arrays.stream(parts).map(it -> it.getBytes(StandardCharsets.UTF_8)).iterator();
  }

  /// More than a pipe holds.
  private static Iterator<byte[]> many() {
    return Collections.nCopies(64, new byte[Portions.FILE_PART]).iterator();
  }

  @Test
  void theCommandReadsAllPartsAndAccepts() {
    assertThat(check("[ \"$(cat)\" = 'hello world' ]", parts("hello ", "world")))
        .isEqualTo(new Scanner.Verdict.Clean());
    assertThat(check("[ \"$(wc -c)\" -eq 16777216 ]", many()))
        .isEqualTo(new Scanner.Verdict.Clean());
    assertThat(check("[ \"$(wc -c)\" -eq 0 ]", parts())).isEqualTo(new Scanner.Verdict.Clean());
  }

  @Test
  void aRefusalHasTheOutputOnOneLineAndNeedNotReadEverything() {
    assertThat(check("echo stream: Eicar; printf '\\033[1mFOUND\\n'; exit 1", many()))
        .isEqualTo(new Scanner.Verdict.Infected("stream: Eicar [1mFOUND"));
  }

  @Test
  void longOutputIsCut() {
    var verdict = check("cat > /dev/null; yes | head -c 1000000; exit 1", parts("hello"));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Scanner.Verdict.Infected.class,
            it -> assertThat(it.finding().length()).isBetween(100, Portions.SCAN_OUTPUT));
  }

  @Test
  void anyOtherExitIsNotAVerdict() {
    assertThatThrownBy(() -> check("cat > /dev/null; echo no daemon; exit 2", parts("hello")))
        .isInstanceOf(Scanner.NoVerdict.class)
        .hasMessage("it ended with 2: no daemon");
    assertThatThrownBy(() -> check("kill -9 $$", parts("hello")))
        .isInstanceOf(Scanner.NoVerdict.class);
    assertThatThrownBy(() -> check("exit 0", many()))
        .isInstanceOf(Scanner.NoVerdict.class)
        .hasMessage("it ended before it had read the content");
    assertThatThrownBy(
            () -> new Scanner(List.of("/no/such/program"), Patience.LONGEST).check(parts("hello")))
        .isInstanceOf(Scanner.NoVerdict.class)
        .hasMessage("it cannot be started");
  }

  @Test
  void aCommandThatHangsIsStoppedWithItsChildren(@TempDir Path here) throws Exception {
    var child = here.resolve("child");
    var hang = "sleep 1000000 & echo $! > " + child + "; wait";
    for (var hangs : List.of("exec sleep 1000000", hang))
      assertThatThrownBy(
              () -> new Scanner(List.of("sh", "-c", hangs), Duration.ofSeconds(1)).check(many()))
          .isInstanceOf(Scanner.NoVerdict.class)
          .hasMessageContaining("did not end in time");

    var sleep = ProcessHandle.of(Long.parseLong(Files.readString(child).strip()));
    if (sleep.isPresent()) sleep.get().onExit().get(Patience.LONGEST.toMinutes(), MINUTES);
  }

  @Test
  void aShellThatContinuesWithoutItsStoppedChildAcceptsNothing() {
    var hangs = List.of("sh", "-c", "cat > /dev/null; sleep 1000000; exit 0");

    assertThatThrownBy(() -> new Scanner(hangs, Duration.ofSeconds(1)).check(parts("hello")))
        .isInstanceOf(Scanner.NoVerdict.class)
        .hasMessageContaining("did not end in time");
  }

  @Test
  void theCommandDoesNotSeeTheSecretsOfTheNode() {
    var others = "env | grep -v -E '^(PATH|HOME|LANG|TMPDIR|PWD|OLDPWD|SHLVL|_)='; exit 1";
    assertThat(check("cat > /dev/null; " + others, parts()))
        .isEqualTo(new Scanner.Verdict.Infected(""));
  }
}
