package kith.node;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.LocalNode.Refused;
import kith.protocol.Program;
import kith.protocol.ServerRole;
import kith.protocol.rest.Accounts.ExportPage;
import kith.protocol.rest.Administration.AccountDetails;
import kith.protocol.rest.Administration.AccountPage;
import kith.protocol.rest.Administration.ChangeFileQuota;
import kith.protocol.rest.Administration.ChangeServerRole;
import kith.protocol.rest.Administration.EraseAccount;
import kith.protocol.rest.Administration.ListedAccount;
import kith.protocol.rest.Administration.PasswordReset;
import kith.protocol.rest.Administration.RebuildAccounts;
import kith.protocol.rest.Administration.RebuiltAccounts;
import kith.protocol.rest.ExportArchive;
import kith.protocol.rest.SecondFactors.SecondFactorStanding;
import kith.protocol.rest.SharedFiles.FileQuota;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands of `kith admin` about accounts.
final class AdminOfAccounts {
  private static final String ACCOUNTS = "/v1/admin/accounts";

  private AdminOfAccounts() {}

  /// A command about one account.
  abstract static class AboutAccount extends AdminCommand.Request {
    @Parameters(paramLabel = "USER", description = "The user name.")
    private String user = "";

    final String user() {
      return user;
    }

    final AdminNode.Answer ask(String method, String path, @Nullable Record body)
        throws Refused, InterruptedException {
      return node().ask(method, ACCOUNTS + "/" + AdminNode.encoded(user) + path, body);
    }
  }

  @Command(
      name = "accounts",
      description = "Lists accounts, in order of user name.",
      mixinStandardHelpOptions = true)
  static final class ListAccounts extends AdminList<AccountPage, ListedAccount> {
    @Parameters(
        arity = "0..1",
        paramLabel = "TEXT",
        description = "A part of the user name, the display name or the e-mail address.")
    private Optional<String> text = Optional.empty();

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "Only accounts with this role: ${COMPLETION-CANDIDATES}.")
    private Optional<ServerRole> role = Optional.empty();

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only accounts in this state: active or disabled.")
    private Optional<String> state = Optional.empty();

    private static final String FORM = "%-24s %-13s %-8s %7s  %-10s  %-10s  %s%n";

    ListAccounts() {
      super(ACCOUNTS, "after", AccountPage.class);
    }

    @Override
    List<String> filters() {
      return Stream.of(
              text.map(it -> filter("query", it)),
              role.map(it -> filter("role", word(it))),
              state.map(it -> filter("state", it)))
          .flatMap(Optional::stream)
          .toList();
    }

    @Override
    List<ListedAccount> records(AccountPage page) {
      return page.accounts();
    }

    @Override
    Optional<String> next(AccountPage page) {
      return page.next();
    }

    @Override
    void printHeading() {
      out().printf(FORM, "USER", "ROLE", "STATE", "DEVICES", "LAST USED", "CREATED", "NAME");
    }

    @Override
    void print(ListedAccount account) {
      out()
          .printf(
              FORM,
              account.user(),
              word(account.role()),
              state(account.disabled()),
              account.devices(),
              account.lastUsed().orElse("-"),
              account.created().toString().substring(0, 10),
              account.displayName().orElse(""));
    }
  }

  @Command(
      name = "show",
      description = "Shows an account with its devices and its second factor.",
      mixinStandardHelpOptions = true)
  static final class Show extends AboutAccount {
    @Option(names = "--json", description = "Prints the node's answer as JSON.")
    private boolean json;

    @Override
    void run() throws Refused, InterruptedException {
      var answer = ask("GET", "", null);
      if (json) {
        out().println(answer.body());
        return;
      }
      print(answer.as(AccountDetails.class));
      var factor = ask("GET", "/second-factor", null).as(SecondFactorStanding.class);
      line("factor", text(factor));
      var files = ask("GET", "/files", null).as(FileQuota.class);
      line(
          "files",
          "%s of %s%s"
              .formatted(
                  AdminCommand.size(files.usedBytes()),
                  AdminCommand.size(files.quotaBytes()),
                  files.ownQuota() ? ", a quota of its own" : ""));
    }

    private static String text(SecondFactorStanding factor) {
      if (factor.on())
        return "on since %s, %d recovery codes left"
            .formatted(
                factor.since().map(AdminCommand::seconds).orElse("an unknown time"),
                factor.recoveryCodes());
      return factor.required() ? "none, but the server requires one" : "none";
    }

    private void print(AccountDetails account) {
      line("user", account.user());
      account.displayName().ifPresent(it -> line("name", it));
      account.email().ifPresent(it -> line("e-mail", it));
      line("role", word(account.role()));
      line("state", state(account.disabled()));
      line("created", AdminCommand.seconds(account.created()));
      line("rooms", String.valueOf(account.rooms()));
      account
          .resetExpires()
          .ifPresent(it -> line("reset", "a code for a new password is valid until " + it));
      for (var device : account.devices())
        line(
            "device",
            "%s, last used %s, since %s"
                .formatted(
                    device.name(),
                    AdminCommand.seconds(device.lastUsed()),
                    AdminCommand.seconds(device.created())));
    }

    private void line(String name, String value) {
      out().printf("%-8s %s%n", name, value);
    }
  }

  @Command(
      name = "grant",
      description = "Gives an account a server role.",
      mixinStandardHelpOptions = true)
  static final class Grant extends AboutAccount {
    @Parameters(
        index = "1",
        paramLabel = "ROLE",
        description = "The role: ${COMPLETION-CANDIDATES}.")
    private ServerRole role = ServerRole.MEMBER;

    @Override
    void run() throws Refused, InterruptedException {
      ask("PUT", "/role", new ChangeServerRole(role));
      out().printf("%s is %s now.%n", user(), word(role));
    }
  }

  @Command(
      name = "disable",
      description = "Closes an account to everybody, its user included, until it is enabled.",
      mixinStandardHelpOptions = true)
  static final class Disable extends AboutAccount {
    @Override
    void run() throws Refused, InterruptedException {
      ask("PUT", "/disabled", null);
      out().printf("%s is disabled.%n", user());
    }
  }

  @Command(
      name = "enable",
      description = "Enables a disabled account again; its data is unchanged.",
      mixinStandardHelpOptions = true)
  static final class Enable extends AboutAccount {
    @Override
    void run() throws Refused, InterruptedException {
      ask("DELETE", "/disabled", null);
      out().printf("%s is enabled.%n", user());
    }
  }

  @Command(
      name = "end-devices",
      description = "Logs an account out on all devices.",
      mixinStandardHelpOptions = true)
  static final class EndDevices extends AboutAccount {
    @Override
    void run() throws Refused, InterruptedException {
      ask("DELETE", "/devices", null);
      out().printf("%s is logged out everywhere.%n", user());
    }
  }

  @Command(
      name = "reset-second-factor",
      description = "Removes the second factor of an account, whose user has lost it.",
      mixinStandardHelpOptions = true)
  static final class ResetSecondFactor extends AboutAccount {
    @Override
    void run() throws Refused, InterruptedException {
      ask("DELETE", "/second-factor", null);
      out().printf("The second factor of %s is off.%n", user());
    }
  }

  @Command(
      name = "reset-password",
      description = "Creates a code with which the user sets a new password.",
      mixinStandardHelpOptions = true)
  static final class ResetPassword extends AboutAccount {
    @Override
    void run() throws Refused, InterruptedException {
      var reset = ask("POST", "/reset", null).as(PasswordReset.class);
      out()
          .printf(
              """
              %s
              The line above is a code for %s, which is shown only now. It is valid until %s, once:
              %s new-password %s --server URL asks for it.
              """,
              reset.code(), reset.user(), reset.expires(), Program.NAME, reset.user());
    }
  }

  @Command(
      name = "quota",
      description =
          "Changes the size of files that an account may have. Files that exceed it stay.",
      mixinStandardHelpOptions = true)
  static final class Quota extends AboutAccount {
    @Parameters(
        index = "1",
        paramLabel = "SIZE",
        description = "Such as 10GiB, or `default` for the quota of the server.")
    private String size = "";

    @Override
    void run() throws Refused, InterruptedException {
      if (size.equals("default")) ask("DELETE", "/files", null);
      else ask("PUT", "/files", new ChangeFileQuota(bytes(size)));
      out().printf("%s may have files of %s.%n", user(), inWords());
    }

    private String inWords() throws Refused, InterruptedException {
      return AdminCommand.size(ask("GET", "/files", null).as(FileQuota.class).quotaBytes());
    }

    /// In the notation of `cluster.conf`.
    private static long bytes(String text) throws Refused {
      try {
        return ConfigFactory.parseMap(Map.of("size", text)).getBytes("size");
      } catch (ConfigException wrong) {
        throw new Refused("A size is a number with a unit, such as 500MiB or 10GiB.");
      }
    }
  }

  @Command(
      name = "delete",
      description =
          "Deletes an account for good. Its personal data is erased, and nobody can take its name.",
      mixinStandardHelpOptions = true)
  static final class DeleteAccount extends AboutAccount {
    @Option(
        names = "--messages",
        description = "Also redacts its messages, in all rooms it ever joined.")
    private boolean messages;

    @Option(names = "--yes", description = "Does not ask for a confirmation.")
    private boolean sure;

    @Override
    void run() throws Refused, InterruptedException {
      if (!sure && !confirms()) throw new Refused("Nothing was deleted; confirm with --yes.");
      ask("DELETE", "", new EraseAccount(Optional.of(messages)));
      out().printf("%s is deleted.%n", user());
    }

    private boolean confirms() {
      var console = System.console();
      return console != null
          && console.isTerminal()
          && user().equals(console.readLine("Type the user name to delete the account for good: "));
    }
  }

  @Command(
      name = "export",
      description =
          "Writes everything that is stored about an account into a zip archive. Only on a node's"
              + " machine.",
      mixinStandardHelpOptions = true)
  static final class Export extends AboutAccount {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "The archive (default: USER.zip in the working directory).")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--without-files", description = "Without the contents of files.")
    private boolean withoutFiles;

    @Override
    void run() throws Refused, InterruptedException {
      var archive = file.orElseGet(() -> Path.of(user() + ".zip"));
      try (var connection = node().connect()) {
        var path = ACCOUNTS + "/" + AdminNode.encoded(user()) + "/export";
        var asked = path + "?contents=" + !withoutFiles;
        var written =
            ExportArchive.<Refused>write(
                archive,
                next ->
                    connection
                        .send(
                            "GET",
                            asked + next.map(it -> "&next=" + AdminNode.encoded(it)).orElse(""),
                            null)
                        .as(ExportPage.class));
        out().printf("%s has %d lines and %d files.%n", archive, written.lines(), written.files());
      } catch (IOException fault) {
        throw new Refused(archive + " cannot be written: " + fault.getMessage());
      }
    }
  }

  @Command(
      name = "rebuild",
      description = "Rebuilds the list of accounts from their journals.",
      mixinStandardHelpOptions = true)
  static final class Rebuild extends AdminCommand.Request {
    @Override
    void run() throws Refused, InterruptedException {
      try (var connection = node().connect()) {
        var read = 0;
        var after = Optional.<String>empty();
        do {
          var page =
              connection
                  .send("POST", ACCOUNTS, new RebuildAccounts(after))
                  .as(RebuiltAccounts.class);
          read += page.accounts();
          after = page.next();
        } while (after.isPresent());
        out().printf("%d journals read; the list of accounts is complete.%n", read);
      }
    }
  }

  private static String word(ServerRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static String state(boolean disabled) {
    return disabled ? "disabled" : "active";
  }
}
