package kith.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.auth.ServerInvitations.Invitation;
import kith.node.gateway.http.ServerInvitationRoutes.Ask;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kith invite`: makes an invitation to sign up, through a node on this machine.
@Command(
    name = "kith invite",
    description =
        "Creates an invitation to sign up, for kith.accounts.sign-up.policy = invited. Run it on"
            + " the node's machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class InviteCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--uses",
      paramLabel = "N",
      description = "Number of accounts that can sign up with it (default 1, at most 100000).")
  private int uses = 1;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      description = "Number of days for which it is valid (default 7, at most 365).")
  private int days = 7;

  @Option(
      names = "--revoke",
      paramLabel = "ID",
      description = "Revokes the invitation with this id instead.")
  private Optional<String> revoked = Optional.empty();

  @Option(names = "--port", paramLabel = "PORT", description = OperatorsPort.DESCRIPTION)
  private Optional<Integer> port = Optional.empty();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new InviteCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var url =
        URI.create(
            "http://127.0.0.1:%d/invitations".formatted(OperatorsPort.of(port, System.getenv())));
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request(url), BodyHandlers.ofString());
      return switch (answer.statusCode()) {
        case 201 -> show(Json.rest(answer.body(), Invitation.class));
        case 204 -> {
          out().println("The invitation is revoked.");
          yield 0;
        }
        default -> fail(complaint(answer.statusCode(), answer.body()));
      };
    } catch (IOException | Malformed away) {
      return fail("No node answers at " + url.resolve("/") + ".");
    }
  }

  private HttpRequest request(URI url) {
    if (revoked.isPresent())
      return HttpRequest.newBuilder(URI.create(url + "/" + revoked.get())).DELETE().build();
    var ask = new Ask(uses, Duration.ofDays(days).toMillis());
    return HttpRequest.newBuilder(url)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(Json.restText(ask)))
        .build();
  }

  private int show(Invitation made) {
    out()
        .printf(
            """
            %s
            Invitation %s, for %d %s, until %s. The line above is its token, which is shown only now.
            A new user is asked for it, or sets KITH_INVITATION.
            """,
            made.token(),
            made.invitation(),
            made.uses(),
            made.uses() == 1 ? "account" : "accounts",
            made.expires());
    return 0;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private static String complaint(int status, String body) {
    try {
      return Json.rest(body, ProblemDetails.class)
          .detail()
          .orElse("The node answered " + status + ".");
    } catch (Malformed other) {
      return "The node answered " + status + ".";
    }
  }

  private static int fail(String sentence) {
    System.err.println("kith invite: " + sentence);
    return 1;
  }
}
