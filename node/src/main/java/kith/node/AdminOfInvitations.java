package kith.node;

import java.util.List;
import java.util.Optional;
import kith.node.LocalNode.Refused;
import kith.protocol.rest.Administration.InvitationPage;
import kith.protocol.rest.Administration.ListedInvitation;
import kith.protocol.rest.Administration.MadeInvitation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The commands of `kith admin` about invitations to sign up.
final class AdminOfInvitations {
  private static final String INVITATIONS = "/v1/admin/invitations";

  private AdminOfInvitations() {}

  @Command(
      name = "invitations",
      description = "Lists the valid invitations to sign up. Their tokens are not stored.",
      mixinStandardHelpOptions = true)
  static final class ListInvitations extends AdminList<InvitationPage, ListedInvitation> {
    private static final String FORM = "%-10s  %-20s  %9s  %9s%n";

    ListInvitations() {
      super(INVITATIONS, "after", InvitationPage.class);
    }

    @Override
    List<String> filters() {
      return List.of();
    }

    @Override
    List<ListedInvitation> records(InvitationPage page) {
      return page.invitations();
    }

    @Override
    Optional<String> next(InvitationPage page) {
      return page.next();
    }

    @Override
    void printHeading() {
      out().printf(FORM, "ID", "VALID UNTIL", "USES LEFT", "SIGNED UP");
    }

    @Override
    void print(ListedInvitation one) {
      out()
          .printf(
              FORM,
              one.invitation(),
              AdminCommand.seconds(one.expires()),
              one.usesLeft(),
              one.accounts());
    }
  }

  @Command(
      name = "invite",
      description =
          "Makes an invitation to sign up, for kith.accounts.sign-up.policy = invited, and prints"
              + " its token.",
      mixinStandardHelpOptions = true)
  static final class Invite extends AdminCommand.Request {
    @Mixin private final InvitationOptions invitation = new InvitationOptions();

    @Override
    void run() throws Refused, InterruptedException {
      var made = node().ask("POST", INVITATIONS, invitation.asked());
      InviteCommand.print(out(), made.as(MadeInvitation.class));
    }
  }

  @Command(
      name = "revoke-invitation",
      description = "Ends an invitation to sign up at once.",
      mixinStandardHelpOptions = true)
  static final class Revoke extends AdminCommand.Request {
    @Parameters(paramLabel = "ID", description = "The id, as in the list of invitations.")
    private String invitation = "";

    @Override
    void run() throws Refused, InterruptedException {
      node().ask("DELETE", INVITATIONS + "/" + AdminNode.encoded(invitation), null);
      out().println("The invitation is revoked.");
    }
  }
}
