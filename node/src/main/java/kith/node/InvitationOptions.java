package kith.node;

import java.time.Duration;
import kith.protocol.rest.Administration.CreateInvitation;
import picocli.CommandLine.Option;

/// The options of a new invitation to sign up.
final class InvitationOptions {
  @Option(
      names = "--uses",
      paramLabel = "N",
      description = "Number of accounts that can sign up with it (default 1, at most 100000).")
  private int uses = 1;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Number of days for which it is valid (default 7, at most 365).")
  private int days = 7;

  CreateInvitation asked() {
    return new CreateInvitation(uses, Duration.ofDays(days).toMillis());
  }
}
