package kith.terminal.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "login",
    description = {
      "Log in and store the login in the profile.",
      "Uses KITH_USER and KITH_PASSWORD if they are set, otherwise asks for them.",
      "Asks for the code of a second factor if the account has one; it may be in"
          + " KITH_SECOND_FACTOR."
    })
final class LogInCommand implements Callable<Integer> {
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
    var who = Credentials.ask(options, false);
    if (who.isEmpty()) throw options.usage("A user name and a password are required.");
    var access =
        options.logIn(
            () -> options.logIn(who.get().user(), who.get().password()),
            new Prompt(Streams.in(), Streams.err()));
    Streams.err().println(options.loginSummary(access));
    return Exit.DONE;
  }
}
