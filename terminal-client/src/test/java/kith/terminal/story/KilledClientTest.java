package kith.terminal.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import kith.node.Node;
import kith.protocol.frame.Entry;
import kith.terminal.StoryNode;
import kith.terminal.net.Logins;
import kith.terminal.net.RoomCalls;
import kith.terminal.profile.Access;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ann's client is killed repeatedly while she sends messages.
///
/// `-Dkith.kills=N` sets the number of kills, `-Dkith.seed=N` their times.
@Tag("story")
class KilledClientTest {
  private static final int KILLS = Integer.getInteger("kith.kills", 8);
  private static final long SEED = Long.getLong("kith.seed", 20261121);
  private static final int MAX_AT_ONCE = 5;
  private static final long TIMEOUT_NANOS = Duration.ofSeconds(60).toNanos();

  /// A message of this test with its mark: on this disk, or on the server's.
  private static final Pattern MARKED = Pattern.compile("[…✓] (m\\d+)");

  @TempDir private static Path directory;
  private static Optional<Node> node = Optional.empty();

  private final Random dice = new Random(SEED);
  private final List<String> typed = new ArrayList<>();
  private final Set<String> marked = new LinkedHashSet<>();

  @BeforeAll
  static void startANode() {
    node = Optional.of(StoryNode.start(directory.resolve("data")));
  }

  @AfterAll
  static void stopTheNode() {
    node.ifPresent(Node::close);
  }

  private static Path config() {
    return directory.resolve("config");
  }

  private static Path state() {
    return directory.resolve("state");
  }

  private static Access signsUp() {
    var url = node.orElseThrow().url();
    var profile = Profile.named(new Places(config(), state()), "ann");
    var logins = new Logins(List.of(URI.create(url)));
    profile.loggedIn(List.of(url), logins.signUp("ann", "correct horse battery", "test"));
    return Access.of(profile).orElseThrow();
  }

  /// The time of a kill: some nanoseconds after this many messages have reached a state.
  private record Kill(int messages, Moment moment, long delayNanos) {
    enum Moment {
      TYPED,
      KEPT,
      SENT
    }
  }

  private Kill randomKill() {
    var moments = Kill.Moment.values();
    return new Kill(
        1 + dice.nextInt(MAX_AT_ONCE),
        moments[dice.nextInt(moments.length)],
        dice.nextLong(TimeUnit.MILLISECONDS.toNanos(25)));
  }

  /// A running client and its screen.
  private static final class Running {
    private final Process process;
    private final Thread reader;
    private final List<String> frames = new ArrayList<>();

    Running() throws IOException {
      process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  PipedClient.class.getName(),
                  config().toString(),
                  state().toString(),
                  "ann")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        var frame = new StringBuilder();
        for (var row = out.readLine(); row != null; row = out.readLine()) {
          if (row.equals(PipedClient.END_OF_FRAME)) {
            shown(frame.toString());
            frame.setLength(0);
          } else {
            frame.append(row.stripTrailing()).append('\n');
          }
        }
      } catch (IOException killed) {
        // the complete frames are shown
      }
    }

    private synchronized void shown(String frame) {
      frames.add(frame);
      notifyAll();
    }

    synchronized void await(Predicate<String> wanted) throws InterruptedException {
      long deadline = System.nanoTime() + TIMEOUT_NANOS;
      while (frames.isEmpty() || !wanted.test(frames.getLast())) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        assertThat(left)
            .as("timeout with\n%s", frames.isEmpty() ? "" : frames.getLast())
            .isPositive();
        wait(left);
      }
    }

    void types(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    /// @return all complete frames
    List<String> kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
      reader.join();
      return frames;
    }
  }

  private static boolean has(String frame, Kill.Moment moment, String message) {
    return switch (moment) {
      case TYPED -> true;
      case KEPT -> frame.contains("… " + message + "\n") || frame.contains("✓ " + message + "\n");
      case SENT -> frame.contains("✓ " + message + "\n");
    };
  }

  /// The draft of a line that was half typed at the kill would begin the next line.
  private static void deleteDrafts() throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(it -> it.endsWith("drafts.json")).toList()) Files.delete(file);
    }
  }

  private void writesUntil(Kill kill) throws Exception {
    deleteDrafts();
    var client = new Running();
    try {
      client.await(frame -> frame.startsWith(" garden"));
      for (int times = 0; times < MAX_AT_ONCE; times++) {
        typed.add("m" + (typed.size() + 1));
        client.types(typed.getLast());
      }
      var awaited = typed.get(typed.size() - MAX_AT_ONCE + kill.messages() - 1);
      client.await(frame -> has(frame, kill.moment(), awaited));
      LockSupport.parkNanos(kill.delayNanos());
    } finally {
      for (var frame : client.kill()) {
        MARKED.matcher(frame).results().forEach(it -> marked.add(it.group(1)));
      }
    }
  }

  private static List<String> log(Access ann, String room) {
    var bodies = new ArrayList<String>();
    long after = 0;
    while (true) {
      var page =
          ann.rest()
              .entries(room, OptionalLong.empty(), OptionalLong.of(after), OptionalInt.empty());
      for (var entry : page.entries()) {
        after = entry.seq();
        if (entry instanceof Entry.Message message) bodies.add(message.body().orElseThrow());
      }
      if (!page.more()) return bodies;
    }
  }

  @Test
  void killedClientsNeitherLoseNorRepeatNorReorderMarkedMessages() throws Exception {
    var ann = signsUp();
    var room =
        RoomCalls.of(ann.rest())
            .create("garden", Optional.empty(), false, Optional.empty(), OptionalInt.empty())
            .room();

    for (int kill = 0; kill < KILLS; kill++) writesUntil(randomKill());
    typed.add("m" + (typed.size() + 1));
    deleteDrafts();
    var last = new Running();
    last.await(frame -> frame.startsWith(" garden"));
    last.types(typed.getLast());
    last.await(frame -> has(frame, Kill.Moment.SENT, typed.getLast()));
    last.kill();

    var log = log(ann, room);
    assertThat(log).doesNotHaveDuplicates().containsAll(marked);
    assertThat(typed).containsSubsequence(log);
    assertThat(marked).hasSizeGreaterThan(KILLS);
  }
}
