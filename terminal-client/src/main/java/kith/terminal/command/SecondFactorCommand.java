package kith.terminal.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.Code;
import kith.protocol.rest.SecondFactors;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;
import kith.terminal.plain.QrLines;
import kith.terminal.plain.Sanitizer;
import kith.terminal.plain.SecondFactorLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The second factor of the user's account. Without a command, shows whether there is one.
@Command(
    name = "second-factor",
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "A code of an app that is needed beside the password to log in.",
      "Asks for the password and the code; they may be in KITH_PASSWORD and KITH_SECOND_FACTOR."
    })
final class SecondFactorCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "The state as a line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var rest = options.storedAccess().rest();
    if (json) Streams.print(JsonLine.rest(rest.secondFactor()));
    else SecondFactorLines.lines(rest.secondFactor()).forEach(Streams::print);
    return Exit.DONE;
  }

  @Command(
      name = "on",
      description = "Set up a second factor: shows a secret for the app, and asks for its code.")
  int on(
      @Mixin Options options, @Option(names = "--plain", description = "No QR code.") boolean plain)
      throws IOException {
    var access = options.storedAccess();
    var prompt = new Prompt(Streams.in(), Streams.err());
    var password = password(options, prompt, access.user());
    var begun = access.rest().beginSecondFactor(password);
    if (!plain && Streams.isTerminal()) QrLines.of(begun.uri()).forEach(Streams::print);
    SecondFactorLines.secret(begun).forEach(Streams::print);
    var codes = confirmed(options, prompt, access.rest());
    Streams.err().println("The second factor is on. Keep these recovery codes in a safe place:");
    print(codes);
    return Exit.DONE;
  }

  /// Asks again after a wrong code.
  private static SecondFactors.RecoveryCodes confirmed(Options options, Prompt prompt, Rest rest)
      throws IOException {
    while (true) {
      var code =
          prompt
              .ask("Code of the app")
              .orElseThrow(() -> options.usage("Nothing was entered, so nothing was changed."));
      try {
        return rest.turnOnSecondFactor(code);
      } catch (Refused refused) {
        if (!refused.is(Code.WRONG_CODE)) throw refused;
        Streams.err().println(Sanitizer.line(refused.sentence()));
      }
    }
  }

  @Command(name = "off", description = "Log in with the password only from now on.")
  int off(@Mixin Options options) throws IOException {
    var access = options.storedAccess();
    var prompt = new Prompt(Streams.in(), Streams.err());
    access
        .rest()
        .turnOffSecondFactor(password(options, prompt, access.user()), code(options, prompt));
    Streams.err().println("The second factor is off.");
    return Exit.DONE;
  }

  @Command(name = "codes", description = "Make new recovery codes, which replace all earlier ones.")
  int codes(@Mixin Options options) throws IOException {
    var access = options.storedAccess();
    var prompt = new Prompt(Streams.in(), Streams.err());
    var codes =
        access
            .rest()
            .newRecoveryCodes(password(options, prompt, access.user()), code(options, prompt));
    Streams.err().println("Your new recovery codes; earlier ones are no longer accepted:");
    print(codes);
    return Exit.DONE;
  }

  private static void print(SecondFactors.RecoveryCodes codes) {
    codes.codes().forEach(code -> Streams.print(Sanitizer.line(code)));
  }

  private static String password(Options options, Prompt prompt, String user) throws IOException {
    var password = options.password();
    if (password.isEmpty()) password = prompt.password("Password of " + user);
    return password.orElseThrow(() -> options.usage("Nothing was entered."));
  }

  private static String code(Options options, Prompt prompt) throws IOException {
    Optional<String> code = options.environment("KITH_SECOND_FACTOR");
    if (code.isEmpty()) code = prompt.ask("Code of your app, or a recovery code");
    return code.orElseThrow(() -> options.usage("Nothing was entered."));
  }
}
