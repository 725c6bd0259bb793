package kith.node.feature.slash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import kith.node.auth.WrappedSecrets.Wrapped;
import kith.node.feature.slash.CallTable.Answer;
import kith.node.platform.database.FreshDatabase;
import kith.node.platform.metrics.Metrics;
import kith.protocol.frame.ServerFrame.CallArgument;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.NewCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The rows of commands and calls, and the end of a call when its time is over.
class CallsTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant END = NOON.plusSeconds(30);
  private static int bots;

  private final CallTable table = new CallTable(DATABASE.jdbc());
  private final CommandTable commands = new CommandTable(DATABASE.jdbc(), 3);
  private final String bot = "bot" + ++bots;
  private final String room = "room" + bots;

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aCallHasOneAnswer() {
    var call = call("a");
    done(table.add(call, false, 10));
    assertThat(done(table.open(bot, NOON))).containsExactly(call);

    assertThat(answer(call, Answer.ONLY, NOON)).isEqualTo(new CallTable.Open(call));

    assertThat(done(table.open(bot, NOON))).isEmpty();
    assertThat(answer(call, Answer.ALL, NOON)).isEqualTo(new CallTable.Over());
    // the same again, as after a lost reply
    assertThat(answer(call, Answer.ONLY, END.plusSeconds(5))).isEqualTo(new CallTable.Open(call));
  }

  @Test
  void onlyTheCalledBotAnswersInTheRoomOfTheCall() {
    var call = call("b");
    done(table.add(call, false, 10));

    assertThat(done(table.answer(call.id(), room, "eve", Answer.ALL, NOON)))
        .isEqualTo(new CallTable.Unknown());
    assertThat(done(table.answer(call.id(), "other", bot, Answer.ALL, NOON)))
        .isEqualTo(new CallTable.Unknown());
    assertThat(done(table.answer("none", room, bot, Answer.ALL, NOON)))
        .isEqualTo(new CallTable.Unknown());
    assertThat(answer(call, Answer.ALL, NOON)).isEqualTo(new CallTable.Open(call));
  }

  @Test
  void aCallerIsNotifiedOnceOfAMissingAnswer() {
    var call = call("c");
    var answered = call("d");
    done(table.add(call, false, 10));
    done(table.add(answered, false, 10));
    answer(answered, Answer.ALL, NOON);
    var told = new CopyOnWriteArrayList<String>();

    done(expireAt(END.minusMillis(1), told));
    assertThat(told).isEmpty();
    done(expireAt(END, told));
    done(expireAt(END.plusSeconds(1), told));

    assertThat(told).containsExactly("ann " + call.id() + " nothing");
    assertThat(answer(call, Answer.ALL, END)).isEqualTo(new CallTable.Over());
  }

  @Test
  void theOpenCallsOfABotAreLimited() {
    var first = call("e");
    assertThat(done(table.add(first, false, 2))).isPresent();
    assertThat(done(table.add(call("f"), false, 2))).isPresent();
    assertThat(done(table.add(call("g"), false, 2))).isEmpty();

    answer(first, Answer.ALL, NOON);

    assertThat(done(table.add(call("g"), false, 2))).isPresent();
  }

  @Test
  void anOldCallIsForgotten() {
    var call = call("h");
    done(table.add(call, false, 10));

    done(table.forget(END));
    assertThat(done(table.open(bot, NOON))).containsExactly(call);
    done(table.forget(END.plusMillis(1)));

    assertThat(answer(call, Answer.ALL, NOON)).isEqualTo(new CallTable.Unknown());
  }

  @Test
  void aPostedCallThatFailsEndsOnce() {
    var failed = call("i");
    var begun = call("j");
    done(table.add(failed, true, 10));
    done(table.add(begun, true, 10));
    answer(begun, Answer.ALL, NOON);
    var told = new CopyOnWriteArrayList<String>();
    var calls = callsAt(NOON, told);

    // no socket of the bot gets it
    assertThat(done(table.open(bot, NOON))).isEmpty();
    done(calls.failed(failed, "away", false));
    done(calls.failed(failed, "away", false));
    done(calls.failed(begun, "muted", true));
    done(expireAt(END, told));

    assertThat(told)
        .containsExactly(
            "ann " + failed.id() + " " + bot + " failed: away",
            "ann " + begun.id() + " " + bot + " failed: muted");
    assertThat(answer(failed, Answer.ALL, NOON)).isEqualTo(new CallTable.Over());
  }

  @Test
  void theSecretOfAnAddressIsWrappedAgain() {
    var old = new Wrapped(Optional.of("old"), new byte[] {1});
    var current = new Wrapped(Optional.of("new"), new byte[] {2});
    var address = new CommandTable.Address(URI.create("https://example.org/kith"), old);
    done(commands.register(room, bot, List.of(command("vote")), Optional.of(address), 7));

    done(commands.rewrap(Optional.of("new"), (_, _) -> Optional.empty()));
    assertThat(addressOf("vote").secret().secretId()).contains("old");
    var names = new CopyOnWriteArrayList<String>();
    CommandTable.Rewrap anew =
        (name, _) -> {
          names.add(name);
          return Optional.of(current);
        };
    done(commands.rewrap(Optional.of("new"), anew));
    done(commands.rewrap(Optional.of("new"), anew));

    assertThat(names).containsExactly(CommandTable.secretName(room, bot));
    assertThat(addressOf("vote").url()).isEqualTo(address.url());
    assertThat(addressOf("vote").secret().secretId()).contains("new");
    assertThat(addressOf("vote").secret().bytes()).containsExactly(2);
    // without an address again
    done(commands.register(room, bot, List.of(command("vote")), Optional.empty(), 7));
    assertThat(done(commands.find(room, "vote")).orElseThrow().address()).isEmpty();
  }

  private CommandTable.Address addressOf(String command) {
    return done(commands.find(room, command)).orElseThrow().address().orElseThrow();
  }

  private static NewCommand command(String name) {
    return new NewCommand(name, "Does it", Optional.empty());
  }

  @Test
  void aNameBelongsToTheFirstBotOfTheRoom() {
    assertThat(registers(bot, "vote", "poll")).isEqualTo(new CommandTable.Registered());

    assertThat(registers("eve", "vote", "other")).isEqualTo(new CommandTable.Taken("vote", bot));
    assertThat(names()).containsExactly(bot + " poll", bot + " vote");
    assertThat(registers("eve", "other", "more")).isEqualTo(new CommandTable.TooMany());

    // a list replaces the one before
    assertThat(registers(bot, "poll")).isEqualTo(new CommandTable.Registered());
    assertThat(registers("eve", "vote", "more")).isEqualTo(new CommandTable.Registered());
    assertThat(names()).containsExactly("eve more", bot + " poll", "eve vote");
    done(commands.removeAll(room, "eve"));
    assertThat(names()).containsExactly(bot + " poll");
  }

  private CompletionStage<?> expireAt(Instant now, List<String> told) {
    return callsAt(now, told).expire();
  }

  private Calls callsAt(Instant now, List<String> told) {
    return new Calls(
        table,
        (user, command) -> {
          if (command instanceof AccountCalls.Pass(AccountCalls.Answered it)
              && it.bot().equals(bot))
            told.add(user + " " + it.call() + " " + it.reason().orElse("nothing"));
        },
        new CallMetrics(new Metrics().instruments()),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private CallTable.Call call(String id) {
    var content = new CallTable.Content("2 \0", List.of(new CallArgument("number", "2 \0")));
    return new CallTable.Call(id + bot, room, bot, "vote", "ann", content, NOON, END);
  }

  private CallTable.Result answer(CallTable.Call call, Answer how, Instant now) {
    return done(table.answer(call.id(), room, bot, how, now));
  }

  private CommandTable.Result registers(String who, String... names) {
    var arguments = List.of(new Argument("x", Optional.of(true), Optional.of(List.of("a"))));
    var all = new ArrayList<NewCommand>();
    for (var name : names) all.add(new NewCommand(name, "Does it", Optional.of(arguments)));
    return done(commands.register(room, who, all, Optional.empty(), 7));
  }

  private List<String> names() {
    return done(commands.ofRoom(room)).stream().map(it -> it.bot() + " " + it.name()).toList();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage
        .toCompletableFuture()
        .orTimeout(Duration.ofMinutes(3).toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
