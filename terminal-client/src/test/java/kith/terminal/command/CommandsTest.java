package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.protocol.rest.Accounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

/// The command line, before any server call.
class CommandsTest {
  @TempDir private Path directory;

  @Test
  void theHelpListsTheCommandsOfTheLauncher() {
    var help = Commands.create().getUsageMessage();

    assertThat(help.lines()).anyMatch(line -> line.startsWith("  node "));
    assertThat(help.lines()).anyMatch(line -> line.startsWith("  backup "));
    assertThat(help.lines()).anyMatch(line -> line.startsWith("  bench "));
    var ofSend = Optional.ofNullable(Commands.create().getSubcommands().get("send")).orElseThrow();
    assertThat(ofSend.getUsageMessage()).doesNotContain("bench");
  }

  @Test
  void aNamedCommandIsReadAlone() {
    assertThat(Commands.create("room", "bans", "lobby").getSubcommands()).containsOnlyKeys("room");
    assertThat(Commands.create("rom").getSubcommands())
        .hasSameSizeAs(Commands.create().getSubcommands());
    assertThat(Commands.create("--help").getSubcommands()).containsKeys("chat", "room", "help");
    assertThat(Commands.create().getSubcommands())
        .allSatisfy((name, command) -> assertThat(command.getCommandName()).isEqualTo(name));
  }

  @Test
  void signupAndLoginTakeAUserName() {
    assertThat(Commands.create().parseArgs("signup", "ann").errors()).isEmpty();
    assertThat(Commands.create().parseArgs("login", "ann").errors()).isEmpty();
  }

  @Test
  void noSecretIsAnArgument() {
    assertThat(Commands.create().parseArgs("join", "lobby", "--passcode").errors()).isEmpty();
    assertThat(Commands.create().parseArgs("join", "--invitation").errors()).isEmpty();
    for (var arguments :
        List.of(
            List.of("join", "lobby", "--passcode", "secret"),
            List.of("join", "lobby", "--passcode=secret"),
            List.of("join", "--invitation=secret")))
      assertThatThrownBy(() -> Commands.create().parseArgs(arguments.toArray(String[]::new)))
          .as(String.join(" ", arguments))
          .isInstanceOf(ParameterException.class);
  }

  @Test
  void aUserOnTheCommandLineOverridesTheEnvironment() {
    var options = new Options(Map.of("KITH_USER", "bob"));
    assertThat(options.user()).contains("bob");

    options.setUser("ann");

    assertThat(options.user()).contains("ann");
  }

  @Test
  void inputThatIsNotUtf8IsNotSent() {
    assertThat(SendCommand.body(new byte[] {'h', 'i', (byte) 0xff})).isEmpty();
    assertThat(SendCommand.body("grüße\n".getBytes(StandardCharsets.UTF_8))).contains("grüße");
  }

  @Test
  void anUnwritableStateFileIsReportedBeforeTheStart() throws IOException {
    var nowhere = directory.resolve("missing/state");
    assertThatThrownBy(() -> TailState.check(nowhere))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(nowhere + " cannot be written");
    assertThatThrownBy(() -> TailState.check(directory)).isInstanceOf(IOException.class);

    TailState.check(directory.resolve("state"));

    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aMistypedCommandSuggestsOnlyACloseOne() {
    var known = Commands.create().getSubcommands().keySet();

    assertThat(Nearest.of("frob", known)).isEmpty();
    assertThat(Nearest.of("x", known)).isEmpty();
    assertThat(Nearest.of("rooms2", known)).contains("rooms");
    assertThat(Nearest.of("sned", known)).contains("send");
    assertThat(Nearest.of("hist", known)).contains("history");
  }

  @Test
  void actionsAreShownAsTheyAreTyped() {
    for (var name : List.of("request", "contact")) {
      var help =
          Optional.ofNullable(Commands.create().getSubcommands().get(name))
              .orElseThrow()
              .getUsageMessage();
      assertThat(help).contains("accept, decline").doesNotContain("ACCEPT");
    }
  }

  @Test
  void aLoginThatTheUserAskedForIsFoundByLaterCommands() {
    var signUp = optionsOf("dan");
    signUp.storeInUsualProfile();
    var tokens =
        new Accounts.Tokens(
            "dan", "d-1", Optional.of("a"), Instant.MAX, Optional.of("r"), Instant.MAX);
    assertThat(signUp.profile().loggedIn(List.of(Options.DEFAULT_SERVER), tokens)).isTrue();

    assertThat(optionsOf("").storedAccess().user()).isEqualTo("dan");
    assertThat(optionsOf("dan").storedAccess().user()).isEqualTo("dan");
    assertThatThrownBy(() -> optionsOf("eve").storedAccess()).isInstanceOf(NotLoggedIn.class);
  }

  private Options optionsOf(String user) {
    return new Options(
        Map.of(
            "KITH_USER", user,
            "XDG_CONFIG_HOME", directory.resolve("config").toString(),
            "XDG_STATE_HOME", directory.resolve("state").toString()));
  }
}
