package kith.node;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Mixin private final InvitationOptions invitation = new InvitationOptions();

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
      print(out(), node.post("invitations", invitation.asked(), MadeInvitation.class));
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
