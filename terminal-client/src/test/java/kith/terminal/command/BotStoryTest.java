package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import kith.node.Node;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Bots;
import kith.protocol.rest.SlashCommands;
import kith.terminal.StoryNode;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Connection;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.Logins;
import kith.terminal.net.Outbox;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomCalls;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.profile.Access;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Programs of bots, on a real node; the first is the one that docs/bots.md shows.
@Tag("story")
class BotStoryTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @TempDir private static Path directory;
  private static Optional<Node> node = Optional.empty();
  private static int stories;

  @TempDir private Path home;
  private final Map<String, Access> loggedIn = new HashMap<>();
  private String ann = "";
  private String bot = "";
  private String room = "";
  private String token = "";

  @BeforeAll
  static void startANode() {
    var changed =
        Map.of(
            // longer than any machine needs
            "kith.bots.call-time", "10m",
            "kith.couriers.private-networks", "127.0.0.0/8");
    node = Optional.of(StoryNode.start(directory.resolve("data"), changed));
  }

  @AfterAll
  static void stopTheNode() {
    node.ifPresent(Node::close);
  }

  @BeforeEach
  void annAndABotShareARoom() {
    stories++;
    ann = "ann" + stories;
    bot = "poll" + stories;
    new Logins(List.of(URI.create(url()))).signUp(ann, PASSWORD, "test");
    var made =
        RoomCalls.of(rest(ann))
            .create(
                "room " + stories, Optional.empty(), false, Optional.empty(), OptionalInt.empty());
    room = made.room();
    rest(ann).createBot(bot);
    rest(ann).addBotToRoom(bot, room);
    var asked = new Bots.CreateBotToken("test", true, Optional.of(List.of(room)));
    token = rest(ann).createBotToken(bot, asked).token().orElseThrow();
  }

  @Test
  void theBotOfTheDocumentHoldsAPoll() throws Exception {
    var program = home.resolve("poll.sh");
    Files.writeString(program, firstScriptOf(Path.of("..", "docs", "bots.md")));
    var ran = home.resolve("ran");
    // a call reaches the bot also if it connects later
    var calls = new CommandCalls(rest(ann));
    var earlier = List.of(command("vote"), command("poll"));
    new CommandCalls(rest(bot)).register(room, earlier);
    var running =
        runs(
            "--plain",
            "--command",
            "poll [question]=Begin a poll, or show it",
            "--command",
            "vote number=Vote in the poll",
            "--private",
            "vote",
            "--",
            "env",
            "POLLS=" + home,
            "sh",
            program.toString());
    var told = new LinkedBlockingQueue<String>();
    var online = new CountDownLatch(1);
    var access = access(ann);
    try (var _ =
        Connection.start(
            access.nodes(),
            access.tokens(),
            Outbox.none(),
            event -> {
              if (event instanceof SessionEvent.Answered(var answer))
                told.add(answer.body().orElse("nothing"));
              if (event instanceof SessionEvent.StateChanged(ConnectionState.Online _))
                online.countDown();
            })) {
      assertThat(online.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
      call(calls, "vote", "1");
      assertThat(next(told)).isEqualTo("Vote with the number of an answer.");
      call(calls, "poll", "Lunch? | pizza | pasta with $(rm) `sauce`");
      awaits(1);
      call(calls, "vote", "2");
      assertThat(next(told)).isEqualTo("You voted for pasta with $(rm) `sauce`.");
      for (var attack : List.of("x;1p", "1e touch " + ran, "1w " + ran, "-1")) {
        call(calls, "vote", attack);
        assertThat(next(told)).isEqualTo("Vote with the number of an answer.");
      }
      assertThat(ran).doesNotExist();
      call(calls, "poll", "");
      awaits(2);
    }

    assertThat(answers())
        .containsExactly(
            "Lunch? \n1. pizza: 0\n2. pasta with $(rm) `sauce`: 0",
            "Lunch? \n1. pizza: 0\n2. pasta with $(rm) `sauce`: 1");
    assertThat(calls.list(room))
        .extracting(SlashCommands.Command::description)
        .containsExactly("Begin a poll, or show it", "Vote in the poll");
    losesItsRoom(running);
    assertThat(calls.list(room)).isEmpty();
  }

  private static SlashCommands.NewCommand command(String name) {
    return new SlashCommands.NewCommand(name, "earlier", Optional.empty());
  }

  private void call(CommandCalls calls, String command, String text) {
    var made =
        calls.call(
            room, new SlashCommands.CallCommand(command, Optional.empty(), Optional.of(text)));
    assertThat(made.bot()).isEqualTo(bot);
  }

  private static String next(BlockingQueue<String> told) throws InterruptedException {
    return Objects.requireNonNull(told.poll(LONGEST.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void anEventThatIsHandledAgainPostsNothingTwice() throws Exception {
    says("one", "two");
    var first =
        runs(
            "--",
            "sh",
            "-c",
            "echo '{\"say\":\"a\"}'; echo '{\"say\":\"b\",\"replyTo\":'$KITH_SEQ'}'");
    awaits(4);

    // as after a crash: its state is that of the beginning
    losesItsRoom(first);
    rest(ann).addBotToRoom(bot, room);
    Files.delete(home.resolve("state.json"));
    says("three");
    var second =
        runs(
            "--",
            "sh",
            "-c",
            "echo '{\"say\":\"a\"}'; echo '{\"say\":\"b\",\"replyTo\":'$KITH_SEQ'}'");

    awaits(6);
    assertThat(answers()).containsExactly("a", "b", "a", "b", "a", "b");
    losesItsRoom(second);
  }

  @Test
  void aProgramThatFailsGetsTheEventAgain() throws Exception {
    says("hello");

    var running =
        runs(
            "--plain",
            "--",
            "sh",
            "-c",
            "if [ -f "
                + home
                + "/tried ]; then echo done; else : > "
                + home
                + "/tried; exit 3; fi");

    awaits(1);
    assertThat(answers()).containsExactly("done");
    losesItsRoom(running);
  }

  @Test
  void aProgramThatKeepsRunningGetsEachEventAsALine() throws Exception {
    says("hello");

    var running =
        runs(
            "--stream",
            "--on",
            "all",
            "--",
            "sh",
            "-c",
            "while read -r line; do case $line in *hello*) echo '{\"say\":\"heard\"}'; echo"
                + " nonsense; echo '{\"react\":\"👍\",\"target\":'4'}'; exit 7;; esac; done");

    awaits(1);
    assertThat(running.get(LONGEST.toSeconds(), TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(answers()).containsExactly("heard");
  }

  @Test
  void callsThatArePostedNeedNoProgram() throws Exception {
    var command = new String[] {"--room", room, "--command", "vote=Vote"};
    // nothing listens there
    var url = "http://127.0.0.1:1/kith";
    assertThat(executes(command, "--url", url)).isEqualTo(Exit.DONE);
    assertThat(executes(command, "--url", "http://[::1]/")).isEqualTo(Exit.REFUSED);
    for (var wrong : List.of(List.of("--url", url, "sh"), List.<String>of()))
      assertThat(executes(command, wrong.toArray(String[]::new))).isEqualTo(Exit.USAGE);

    var told = new LinkedBlockingQueue<String>();
    var online = new CountDownLatch(1);
    var access = access(ann);
    try (var _ =
        Connection.start(
            access.nodes(),
            access.tokens(),
            Outbox.none(),
            event -> {
              if (event instanceof SessionEvent.Answered(var answer))
                told.add(answer.code().orElse("nothing"));
              if (event instanceof SessionEvent.StateChanged(ConnectionState.Online _))
                online.countDown();
            })) {
      assertThat(online.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
      call(new CommandCalls(rest(ann)), "vote", "1");
      assertThat(next(told)).isEqualTo("bot-failed");
    }
  }

  private int executes(String[] first, String... more) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    var line = new CommandLine(new BotCommand(options(bot)));
    line.setExecutionExceptionHandler(Commands.create("bot").getExecutionExceptionHandler());
    return line.execute(all.toArray(String[]::new));
  }

  /// The first script in a document, as a reader copies it.
  private static String firstScriptOf(Path document) throws IOException {
    var block = Pattern.compile("```sh poll.sh\n(#!/bin/sh\n.*?)```", Pattern.DOTALL);
    var found = block.matcher(Files.readString(document));
    assertThat(found.find()).isTrue();
    assertThat(found.group(1).lines().count()).isBetween(10L, 45L);
    return found.group(1);
  }

  /// Runs the bot from the beginning of the room's log, unless its state has a later position.
  private CompletableFuture<Integer> runs(String... arguments) throws IOException {
    var state = home.resolve("state.json");
    if (!Files.exists(state)) new BotPositions(Map.of(room, 0L)).write(state);
    var all = new ArrayList<>(List.of("--room", room, "--state", state.toString()));
    all.addAll(List.of(arguments));
    var line = new CommandLine(new BotCommand(options(bot)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Commands.create("bot").getExecutionExceptionHandler());
    return CompletableFuture.supplyAsync(
        () -> line.execute(all.toArray(String[]::new)),
        runnable -> Thread.ofPlatform().daemon().start(runnable));
  }

  private void losesItsRoom(CompletableFuture<Integer> running) throws Exception {
    rest(ann).kick(room, bot, Optional.empty());
    assertThat(running.get(LONGEST.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Exit.REFUSED);
  }

  private void says(String... texts) throws Exception {
    var access = access(ann);
    var stored = new CountDownLatch(texts.length);
    try (var connection =
        Connection.start(
            access.nodes(),
            access.tokens(),
            Outbox.none(),
            event -> {
              if (event instanceof SessionEvent.Sent) stored.countDown();
            })) {
      connection.submit(new SessionCommand.Open(room, OptionalLong.empty()));
      for (var text : texts) {
        var id = UUID.randomUUID().toString();
        connection.submit(
            new SessionCommand.Post(new ClientFrame.Send(id, room, text, OptionalLong.empty())));
      }
      assertThat(stored.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  /// Waits until the bot has posted this many messages.
  private void awaits(int messages) throws Exception {
    var heard = new CompletableFuture<Void>();
    var count = new AtomicInteger();
    var access = access(ann);
    try (var connection =
        Connection.start(
            access.nodes(),
            access.tokens(),
            Outbox.none(),
            event -> {
              if (event instanceof SessionEvent.Arrived(var _, var entries))
                for (var entry : entries)
                  if (entry instanceof Entry.Message
                      && entry.by().equals(bot)
                      && count.incrementAndGet() >= messages) heard.complete(null);
            })) {
      connection.submit(new SessionCommand.Open(room, OptionalLong.of(0)));
      heard.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private List<String> answers() {
    return rest(ann)
        .entries(room, OptionalLong.empty(), OptionalLong.of(0), OptionalInt.of(200))
        .entries()
        .stream()
        .filter(Entry.Message.class::isInstance)
        .filter(entry -> entry.by().equals(bot))
        .map(entry -> ((Entry.Message) entry).body().orElseThrow())
        .toList();
  }

  private Rest rest(String user) {
    return access(user).rest();
  }

  private Access access(String user) {
    return loggedIn.computeIfAbsent(user, it -> options(it).access());
  }

  private Options options(String user) {
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.resolve(user).toString());
    environment.put("KITH_SERVER", url());
    if (user.equals(bot)) environment.put("KITH_TOKEN", token);
    else environment.putAll(Map.of("KITH_USER", user, "KITH_PASSWORD", PASSWORD));
    return new Options(environment);
  }

  private static String url() {
    return node.orElseThrow().url();
  }
}
