package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.rest.Accounts;
import kith.terminal.net.Refused;
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
  void onlyTheNamedCommandIsLoaded() {
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

  /// The exit code and the errors of a command.
  private static String fails(String... arguments) {
    var errors = new StringWriter();
    var code = Commands.create(arguments).setErr(new PrintWriter(errors)).execute(arguments);
    return code + " " + errors.toString().strip();
  }

  @Test
  void anUnknownCommandIsAnsweredInOneSentence() {
    assertThat(fails("frob"))
        .isEqualTo("2 There is no command './kith frob': ./kith --help lists the commands.");
    assertThat(fails("sned")).isEqualTo("2 There is no command './kith sned'; did you mean send?");
    assertThat(fails("nod")).isEqualTo("2 There is no command './kith nod'; did you mean node?");
    assertThat(fails("book"))
        .isEqualTo("2 There is no command './kith book'; did you mean bookmark or bookmarks?");
    assertThat(fails("room", "frob"))
        .isEqualTo(
            "2 There is no command './kith room frob': ./kith room --help lists the commands.");
    assertThat(fails("rooms", "all"))
        .isEqualTo("2 'all' is one argument too many: ./kith rooms --help shows the arguments.");
    assertThat(fails("rooms", "--jsn"))
        .isEqualTo("2 ./kith rooms has no option '--jsn'; did you mean --json?");
  }

  @Test
  void invalidArgumentsThatTheServerFindsAreUsageErrors() throws Exception {
    for (var code : List.of(Code.BAD_SEARCH, Code.EMPTY_BODY))
      assertThat(Commands.code(new Refused(400, code.wire(), "", OptionalLong.empty())))
          .isEqualTo(Exit.USAGE);
    assertThat(Commands.code(new Refused(404, Code.UNKNOWN_ROOM.wire(), "", OptionalLong.empty())))
        .isEqualTo(Exit.REFUSED);
  }

  @Test
  void aBlankMessageIsNotSent() {
    assertThat(fails("send", "ops", "  ")).startsWith("2 The message is blank; nothing was sent.");
  }

  @Test
  void anOutputThatCannotBeWrittenIsReported() {
    assertThat(faultOf("No space left on device")).contains("No space left on device");
    assertThat(faultOf("Broken pipe")).isEmpty();
  }

  private static Optional<String> faultOf(String why) {
    var output =
        new Streams.Output(
            new OutputStream() {
              @Override
              public void write(int value) throws IOException {
                throw new IOException(why);
              }
            });
    var out = new PrintStream(output, true, StandardCharsets.UTF_8);
    out.println("text");
    return output.fault();
  }
}
