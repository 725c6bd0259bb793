package kith.terminal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "signup",
    description = {
      "Make an account and log in.",
      "KITH_USER and KITH_PASSWORD are used when they are set, and asked for else."
    })
final class SignUpCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Override
  public Integer call() throws Exception {
    var who = Credentials.ask(options, true);
    if (who.isEmpty()) throw options.usage("There is no user name or no password.");
    var access = options.signUp(who.get().user(), who.get().password());
    Streams.err().println("Logged in as " + access.user() + ".");
    return Exit.DONE;
  }
}
