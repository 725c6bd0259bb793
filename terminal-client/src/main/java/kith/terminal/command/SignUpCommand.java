package kith.terminal.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "signup",
    description = {
      "Create an account and log in.",
      "Uses KITH_USER and KITH_PASSWORD if they are set, otherwise asks for them.",
      "On a server that needs an invitation, KITH_INVITATION is its token."
    })
final class SignUpCommand implements Callable<Integer> {
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
    var who = Credentials.ask(options, true);
    if (who.isEmpty()) throw options.usage("A user name and a password are required.");
    var access = options.signUp(who.get().user(), who.get().password());
    Streams.err().println(options.loginSummary(access));
    return Exit.DONE;
  }
}
