package kith.node;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.rest.Administration.CreateInvitation;
import kith.protocol.rest.Administration.MadeInvitation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private final LocalNode node = new LocalNode();

  public static void main(String[] arguments) {
    System.exit(LocalNode.run(new InviteCommand(), arguments));
  }

  @Override
  public Integer call() throws LocalNode.Refused, InterruptedException {
    if (revoked.isPresent()) {
      node.delete("invitations/" + revoked.get());
      out().println("The invitation is revoked.");
    } else {
      var ask = new CreateInvitation(uses, Duration.ofDays(days).toMillis());
      print(out(), node.post("invitations", ask, MadeInvitation.class));
    }
    return 0;
  }

  static void print(PrintWriter out, MadeInvitation made) {
    out.printf(
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
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
