package kith.terminal.command;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--sso",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "PROVIDER",
      description =
          "Sign in with an identity provider of the server, in a browser on any device; needed only"
              + " if it has several: its name.")
  private @Nullable String provider;

  @Option(names = "--plain", description = "With --sso: no QR code.")
  private boolean plain;

  @Override
  public Integer call() throws Exception {
    if (user != null) options.setUser(user);
    options.storeInUsualProfile();
    if (provider != null) return signIn(provider);
    var who = Credentials.ask(options, false);
    if (who.isEmpty()) throw options.usage("A user name and a password are required.");
    var access =
        options.logIn(
            () -> options.logIn(who.get().user(), who.get().password()),
            new Prompt(Streams.in(), Streams.err()));
    Streams.err().println(options.loginSummary(access));
    return Exit.DONE;
  }

  private int signIn(String named) throws Exception {
    var offered = options.providers();
    var id = named.isEmpty() && offered.size() == 1 ? offered.getFirst().provider() : named;
    if (id.isEmpty())
      throw options.usage(
          offered.isEmpty()
              ? "This server has no identity provider."
              : "Choose one: "
                  + offered.stream()
                      .map(it -> "--sso " + it.provider())
                      .collect(Collectors.joining(", ")));
    var access = options.signIn(id, new Prompt(Streams.in(), Streams.err()), plain);
    Streams.err().println(options.loginSummary(access));
    return Exit.DONE;
  }
}
