package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.Program;
import kith.protocol.rest.ExportArchive;
import kith.terminal.plain.AccountLines;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.SecondFactorLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The user's own account. Without a command, shows it.
@Command(
    name = "account",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {PrivacyCommand.class, SecondFactorCommand.class, DeleteAccountCommand.class},
    description =
        "Show or change your account: name, picture, password, second factor, sign-in, privacy and"
            + " devices.")
final class AccountCommand implements Callable<Integer> {
  private static final String NEW_PASSWORD = "KITH_NEW_PASSWORD";

  @Mixin private final Options options;

  @Option(names = "--json", description = "The account as a line of JSON.")
  private boolean json;

  AccountCommand() {
    this(new Options());
  }

  AccountCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    var rest = options.access().rest();
    if (json) Streams.print(JsonLine.rest(rest.account()));
    else run(options, new InputLine.Account(Optional.empty()));
    return Exit.DONE;
  }

  @Command(name = "name", description = "Set the name that others see beside your user name.")
  int name(
      @Mixin Options options,
      @Parameters(paramLabel = "NAME", description = "The name; none removes it.") String name) {
    return change(options, "name", name);
  }

  @Command(
      name = "picture",
      description =
          "Upload your picture (JPEG, PNG, GIF or WebP), which the server re-encodes without its"
              + " metadata, or set its URL.")
  int picture(
      @Mixin Options options,
      @Parameters(
              paramLabel = "FILE|URL",
              description = "A file, or an http(s) URL; none removes the picture.")
          String picture) {
    if (!AccountLines.isFile(picture)) return change(options, "picture", picture);
    var access = options.access();
    access.files().uploadPicture(Path.of(picture));
    AccountLines.run(access.rest(), new InputLine.Account(Optional.empty()))
        .forEach(Streams::print);
    return Exit.DONE;
  }

  @Command(name = "email", description = "Set your e-mail address, which only you see.")
  int email(
      @Mixin Options options,
      @Parameters(paramLabel = "ADDRESS", description = "The address; none removes it.")
          String address) {
    return change(options, "email", address);
  }

  @Command(
      name = "password",
      description =
          "Change your password, which logs your other devices out. Asks for both passwords, unless"
              + " they are in KITH_PASSWORD and KITH_NEW_PASSWORD.")
  int password(@Mixin Options options) throws IOException {
    var access = options.storedAccess();
    var prompt = new Prompt(Streams.in(), Streams.err());
    var current = options.password();
    if (current.isEmpty()) current = prompt.password("Password of " + access.user());
    var fresh = options.environment(NEW_PASSWORD);
    if (fresh.isEmpty()) {
      fresh = prompt.password("New password");
      if (fresh.isPresent() && !prompt.isRepeated(fresh.get()))
        throw options.usage("The passwords differ. Nothing was changed.");
    }
    if (current.isEmpty() || fresh.isEmpty()) throw options.usage("Nothing was entered.");
    access.rest().changePassword(current.get(), fresh.get());
    Streams.err().println("The password is changed. All other devices are logged out.");
    return Exit.DONE;
  }

  @Command(
      name = "links",
      description = "List the identity providers with which you can sign in to your account.")
  int links(
      @Mixin Options options,
      @Option(names = "--json", description = "The list as a line of JSON.") boolean json) {
    var identities = options.storedAccess().rest().identities();
    if (json) Streams.print(JsonLine.rest(identities));
    else SecondFactorLines.lines(identities).forEach(Streams::print);
    return Exit.DONE;
  }

  @Command(
      name = "link",
      description =
          "Sign in to your account with an identity provider from now on. Asks for your password;"
              + " KITH_PASSWORD may have it.")
  int link(
      @Mixin Options options,
      @Parameters(paramLabel = "PROVIDER", description = "Its name at the server.") String provider,
      @Option(names = "--plain", description = "No QR code.") boolean plain)
      throws IOException {
    var access = options.storedAccess();
    var begun = access.rest().beginLink(provider, passwordIfAny(options, access.user()));
    Approval.show(begun, Streams.err(), plain);
    Approval.await(
        begun,
        () -> {
          access.rest().finishLink(begun.signIn());
          return true;
        });
    Streams.err()
        .println("You can sign in with " + provider + " now: " + Program.NAME + " login --sso");
    return Exit.DONE;
  }

  @Command(
      name = "unlink",
      description =
          "Stop signing in with an identity provider, and log out the devices that signed in with"
              + " it. Asks for your password; KITH_PASSWORD may have it.")
  int unlink(
      @Mixin Options options,
      @Parameters(paramLabel = "PROVIDER", description = "Its name at the server.") String provider)
      throws IOException {
    var access = options.storedAccess();
    access.rest().unlink(provider, passwordIfAny(options, access.user()));
    Streams.err().println("You can no longer sign in with " + provider + ".");
    return Exit.DONE;
  }

  private static Optional<String> passwordIfAny(Options options, String user) throws IOException {
    var password = options.password();
    if (password.isPresent()) return password;
    return new Prompt(Streams.in(), Streams.err())
        .password("Password of " + user + " (empty if it has none)")
        .filter(typed -> !typed.isEmpty());
  }

  @Command(
      name = "export",
      description =
          "Save everything that the server stores about you in a zip archive, with your files.")
  int export(
      @Mixin Options options,
      @Parameters(paramLabel = "FILE", description = "The archive to write.") Path file,
      @Option(names = "--without-files", description = "Without the contents of your files.")
          boolean withoutFiles)
      throws IOException, InterruptedException {
    var rest = options.access().rest();
    var written =
        ExportArchive.<RuntimeException>write(file, next -> rest.export(next, !withoutFiles));
    Streams.err()
        .println(file + " has " + written.lines() + " lines and " + written.files() + " files.");
    return Exit.DONE;
  }

  @Command(name = "devices", description = "List the devices on which you are logged in.")
  int devices(
      @Mixin Options options,
      @Option(names = "--json", description = "The devices as a line of JSON.") boolean json) {
    if (json) Streams.print(JsonLine.rest(options.access().rest().devices()));
    else run(options, new InputLine.Devices());
    return Exit.DONE;
  }

  @Command(name = "end-device", description = "Log another of your devices out, or all others.")
  int endDevice(
      @Mixin Options options,
      @Parameters(
              arity = "0..1",
              paramLabel = "DEVICE",
              description = "The id of the device; see: ${ROOT-COMMAND-NAME} account devices")
          @Nullable String device,
      @Option(names = "--others", description = "All devices except this one.") boolean others) {
    if ((device == null) == !others) throw options.usage("Name a device, or use --others.");
    return run(options, new InputLine.EndDevice(Optional.ofNullable(device)));
  }

  private static int change(Options options, String part, String value) {
    return run(options, new InputLine.Account(AccountLines.change(part, value)));
  }

  private static int run(Options options, InputLine.AboutAccount line) {
    AccountLines.run(options.access().rest(), line).forEach(Streams::print);
    return Exit.DONE;
  }
}
