package kith.terminal.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "new-password",
    description = {
      "Set a new password with a code of an administrator, and log in.",
      "All devices of the account are logged out. Asks for the code and the password; they may be"
          + " in KITH_CODE and KITH_PASSWORD."
    })
final class NewPasswordCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      arity = "0..1",
      paramLabel = "USER",
      description = "The user name; default: KITH_USER.")
  private @Nullable String user;

  @Override
  public Integer call() throws Exception {
    if (user != null) options.setUser(user);
    options.storeInUsualProfile();
    var code = options.code();
    if (code.isEmpty()) code = new Prompt(Streams.in(), Streams.err()).ask("Code");
    if (code.isEmpty()) throw options.usage("A code of an administrator is required.");
    var who = Credentials.ask(options, true);
    if (who.isEmpty()) throw options.usage("A user name and a password are required.");
    var reset = code.get();
    var access =
        options.logIn(
            () -> options.newPassword(who.get().user(), reset, who.get().password()),
            new Prompt(Streams.in(), Streams.err()));
    Streams.err().println(options.loginSummary(access));
    return Exit.DONE;
  }
}
