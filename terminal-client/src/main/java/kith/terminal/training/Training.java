package kith.terminal.training;

import com.googlecode.lanterna.input.KeyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import kith.terminal.command.Commands;
import kith.terminal.config.ClientConf;
import kith.terminal.profile.Access;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import kith.terminal.runtime.FullScreen;

/// Uses the client as a user does, so that the JVM stores the classes which a start loads: a
/// command, and the full screen in memory with a server of its own. Needs no terminal and no node,
/// and ends by itself.
public final class Training {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long STEP_MILLIS = 5_000;

  private Training() {}

  /// @param arguments a directory for the files of the profile
  public static void main(String[] arguments) throws Exception {
    Thread.ofPlatform().daemon().start(Training::endInTime);
    Commands.create("help").execute("help");
    Commands.create("rooms").execute("rooms", "--server", "http://127.0.0.1:1");
    Commands.create("chat").parseArgs("chat");
    boolean isDone = usesTheScreen(Path.of(arguments[0]));
    System.exit(isDone ? 0 : 1);
  }

  private static void endInTime() {
    try {
      Thread.sleep(LONGEST);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
    System.exit(1);
  }

  /// @return whether the screen showed everything that was expected
  static boolean usesTheScreen(Path directory) throws Exception {
    var greeting = new ArrayList<ServerFrame>();
    var entries = new ArrayList<Entry>();
    for (var line : frames()) {
      var frame = Json.serverFrame(line);
      if (frame instanceof ServerFrame.Entries of) entries.addAll(of.entries());
      else greeting.add(frame);
    }
    try (var server = new TrainingServer(greeting, entries)) {
      var access = signedIn(directory, server.address());
      // the second start shows the rooms that the first one has saved
      boolean isShown = uses(access, "garden.jpg");
      return uses(access, "garden.jpg") && isShown;
    }
  }

  /// The frames of the server: its greeting, and the entries of a room.
  static List<String> frames() throws IOException {
    try (var in =
        Objects.requireNonNull(Training.class.getResourceAsStream("frames.jsonl"), "frames")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Access signedIn(Path directory, String server) {
    var places = new Places(directory.resolve("config"), directory.resolve("state"));
    var profile = Profile.named(places, "trainee");
    var tokens =
        new Accounts.Tokens(
            "ann", "d-1", Optional.of("token"), Instant.MAX, Optional.of("token"), Instant.MAX);
    profile.loggedIn(List.of(server), tokens);
    return Access.of(profile).orElseThrow();
  }

  private static boolean uses(Access access, String awaited)
      throws IOException, InterruptedException {
    var display = new TrainingDisplay();
    var typist = new Typist(display, awaited);
    typist.start();
    FullScreen.run(
        display,
        Optional.of(access),
        (_, _, _, _) -> {
          throw new IllegalStateException("logged in already");
        },
        "",
        ClientConf.shipped().withTheme("dark"));
    typist.join();
    return typist.hasSeen;
  }

  /// Types while the screen runs, and ends it.
  private static final class Typist extends Thread {
    private final TrainingDisplay display;
    private final String awaited;
    private volatile boolean hasSeen;

    Typist(TrainingDisplay display, String awaited) {
      this.display = display;
      this.awaited = awaited;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        hasSeen = display.awaits(awaited, STEP_MILLIS);
        display.type("hello :ta");
        hasSeen &= display.awaits("hello", STEP_MILLIS);
        display.control('k');
        display.press(KeyType.Escape);
        display.control('q');
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
        display.press(KeyType.EOF);
      }
    }
  }
}
