package kith.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import kith.node.LocalNode.Refused;
import kith.protocol.tls.Authorities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `kith admin`: administers a server.
@Command(
    name = "kith admin",
    description =
        "Administers a server: through a node on this machine, without a password, or with --server"
            + " as an administrator.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AdminOfAccounts.ListAccounts.class,
      AdminOfAccounts.Show.class,
      AdminOfAccounts.Grant.class,
      AdminOfAccounts.Disable.class,
      AdminOfAccounts.Enable.class,
      AdminOfAccounts.EndDevices.class,
      AdminOfAccounts.ResetPassword.class,
      AdminOfAccounts.ResetSecondFactor.class,
      AdminOfAccounts.Quota.class,
      AdminOfAccounts.DeleteAccount.class,
      AdminOfAccounts.Export.class,
      AdminOfAccounts.Rebuild.class,
      AdminOfAudit.AuditLog.class,
      AdminOfInvitations.ListInvitations.class,
      AdminOfInvitations.Invite.class,
      AdminOfInvitations.Revoke.class,
      AdminOfRooms.ListRooms.class,
      AdminOfRooms.TakeOver.class,
      AdminOfRooms.ArchiveRoom.class,
      AdminOfRooms.UnarchiveRoom.class,
      AdminOfRooms.DeleteRoom.class,
      AdminOfReports.ListReports.class,
      AdminOfBots.class,
      AdminOfServer.Maintain.class,
      AdminOfServer.Bans.class,
      AdminOfServer.Ban.class,
      AdminOfServer.Unban.class,
      AdminOfServer.ListAnnouncements.class,
      AdminOfServer.Say.class,
      AdminOfServer.Withdraw.class,
      AdminOfServer.TryText.class,
      AdminOfServer.ShowLimits.class,
    })
public final class AdminCommand {
  public static void main(String[] arguments) {
    try {
      Authorities.trustThoseOfEnvironment();
    } catch (IOException unusable) {
      System.err.println("kith admin: " + unusable.getMessage());
      System.exit(1);
    }
    System.exit(create().execute(arguments));
  }

  /// The command line; one that is refused prints the reason and returns 1.
  public static CommandLine create() {
    return CommandLines.of(new AdminCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((fault, line, _) -> {
          if (!(fault instanceof Refused)) throw fault;
          line.getErr().println("kith admin: " + fault.getMessage());
          return 1;
        });
  }

  /// A command that asks a node.
  abstract static class Request implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Mixin private final AdminNode node = new AdminNode();

    final AdminNode node() {
      return node;
    }

    final PrintWriter out() {
      return Objects.requireNonNull(spec).commandLine().getOut();
    }

    abstract void run() throws Refused, InterruptedException;

    @Override
    public final Integer call() throws Refused, InterruptedException {
      run();
      out().flush();
      return 0;
    }
  }

  static String size(long bytes) {
    if (bytes < 1 << 20) return (bytes + 1023) / 1024 + " KiB";
    if (bytes < 1 << 30) return (bytes >> 20) + " MiB";
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }

  static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
