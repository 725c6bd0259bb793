package kith.terminal.command;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kith.protocol.Code;
import kith.protocol.Program;
import kith.protocol.ServerAddress;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.ServerDescription;
import kith.protocol.rest.SignIn;
import kith.terminal.net.Logins;
import kith.terminal.net.Refused;
import kith.terminal.net.SignInState;
import kith.terminal.net.TokenSource;
import kith.terminal.plain.Sanitizer;
import kith.terminal.profile.Access;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import kith.terminal.profile.Profiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options that all commands share: server, profile and user.
final class Options {
  static final String DEFAULT_SERVER = "http://127.0.0.1:8080";
  private static final String DEFAULT_PROFILE = "default";

  /// The names of profiles of logins from the environment begin with it.
  static final String OF_SCRIPTS = "script-";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server, or several of its nodes separated by commas; default: KITH_SERVER. An"
              + " address without https:// means https, except on this machine.")
  private @Nullable String server;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "The stored login to use; default: KITH_PROFILE, then 'default'.")
  private @Nullable String profileName;

  @Option(
      names = ServerAddress.SWITCH,
      description =
          "Send passwords and messages to another machine without encryption, for an http:// URL."
              + " Also allowed by KITH_ALLOW_PLAIN_HTTP=true.")
  private boolean allowsPlainHttp;

  private final Map<String, String> environment;
  private @Nullable String user;

  Options() {
    this(System.getenv());
  }

  Options(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Absent if neither the command line nor the environment names one.
  Optional<List<String>> servers() {
    return Optional.ofNullable(server)
        .or(() -> environment("KITH_SERVER"))
        .map(text -> Arrays.stream(text.split(",")).map(this::address).toList());
  }

  String address(String text) {
    try {
      return ServerAddress.of(text, allowsPlainHttp());
    } catch (IllegalArgumentException wrong) {
      throw usage(String.valueOf(wrong.getMessage()));
    }
  }

  private boolean allowsPlainHttp() {
    return allowsPlainHttp
        || environment("KITH_ALLOW_PLAIN_HTTP").filter("true"::equalsIgnoreCase).isPresent();
  }

  /// Whether the command line or the environment chooses the account, not only the server.
  boolean isForOneAccount() {
    return namedProfile().isPresent()
        || user().isPresent()
        || environment("KITH_TOKEN").isPresent();
  }

  /// The same options for another login.
  ///
  /// @param profile in which it is to be stored; chosen as usual if absent
  Options forProfile(Optional<String> profile) {
    var other = new Options(environment);
    other.command = command;
    other.server = server;
    other.allowsPlainHttp = allowsPlainHttp;
    other.user = user;
    other.profileName = profile.orElse(profileName);
    return other;
  }

  void setServer(String url) {
    server = url;
  }

  void setUser(String name) {
    user = name;
  }

  Optional<String> user() {
    return Optional.ofNullable(user).or(() -> environment("KITH_USER"));
  }

  Optional<String> password() {
    return environment("KITH_PASSWORD");
  }

  /// @param asks whether to ask for it if it is not in the environment
  Optional<String> passcode(boolean asks) throws IOException {
    return asks ? Optional.of(secret("KITH_PASSCODE", "Passcode")) : environment("KITH_PASSCODE");
  }

  /// From the environment or the prompt: other users of the machine can read arguments.
  String secret(String variable, String question) throws IOException {
    var known = environment(variable);
    if (known.isPresent()) return known.get();
    return new Prompt(Streams.in(), Streams.err())
        .password(question)
        .filter(typed -> !typed.isEmpty())
        .orElseThrow(() -> usage("Nothing was entered."));
  }

  Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }

  Places places() {
    return Places.of(environment, Path.of(System.getProperty("user.home", ".")));
  }

  /// The path of the user's config file.
  Path configFile() {
    return places().config().resolve("client.conf");
  }

  Profile profile() {
    try {
      return Profile.named(places(), profileNamed());
    } catch (IllegalArgumentException wrong) {
      throw usage(String.valueOf(wrong.getMessage()));
    }
  }

  /// A login from the environment gets a separate profile, so that a script does not log the user's
  /// client out.
  private String profileNamed() {
    return namedProfile()
        .or(() ->
            environment("KITH_USER")
                .flatMap(_ -> user())
                .map(user -> OF_SCRIPTS + digest(serversOrDefault() + " " + user)))
        .orElse(DEFAULT_PROFILE);
  }

  private Optional<String> namedProfile() {
    return Optional.ofNullable(profileName).or(() -> environment("KITH_PROFILE"));
  }

  List<String> serversOrDefault() {
    return servers().orElse(List.of(DEFAULT_SERVER));
  }

  private static String digest(String text) {
    try {
      var bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The login to use without a prompt: that of a bot, the stored one, or that of the environment.
  Access access() {
    var token = environment("KITH_TOKEN");
    if (token.isPresent()) return ofBot(token.get());
    var profile = profile();
    var stored = stored(profile);
    if (stored.isPresent() && isUsable(stored.get())) return stored.get();
    var user = user().orElseThrow(() -> notLoggedIn(profile));
    var password =
        password().orElseThrow(() -> usage("KITH_USER is set, but KITH_PASSWORD is not."));
    try {
      return logIn(user, password);
    } catch (Refused refused) {
      var code = environment("KITH_SECOND_FACTOR");
      if (refused.ticket().isEmpty() || code.isEmpty()) throw refused;
      return secondFactor(refused.ticket().get(), code.get());
    }
  }

  private Access ofBot(String token) {
    var servers = serversOrDefault();
    var profile = Profile.named(places(), "bot-" + digest(servers + " " + token));
    return Access.ofBot(profile, servers.stream().map(URI::create).toList(), token);
  }

  /// The stored login only.
  Access storedAccess() {
    var profile = profile();
    return stored(profile).orElseThrow(() -> notLoggedIn(profile));
  }

  /// The user named by the environment may be logged in with the default profile, or be stored in a
  /// profile of its own.
  private Optional<Access> stored(Profile profile) {
    var here = Access.of(profile).filter(this::matchesOptions);
    if (here.isPresent() || user().isEmpty()) return here;
    return usualProfiles()
        .flatMap(it -> Access.of(it).stream())
        .filter(this::matchesOptions)
        .findFirst();
  }

  private Stream<Profile> usualProfiles() {
    var own = Profiles.of(places(), user().orElse(DEFAULT_PROFILE));
    return namedProfile().isPresent()
        ? Stream.of(own)
        : Stream.of(Profile.named(places(), DEFAULT_PROFILE), own);
  }

  /// The profile of a login that the user asked for: the named or the default one, in which later
  /// commands find it without KITH_USER.
  void storeInUsualProfile() {
    if (namedProfile().isEmpty()) profileName = DEFAULT_PROFILE;
  }

  /// Throws `Unreachable` if no node answers.
  void findNode() {
    new Logins(serversOrDefault().stream().map(URI::create).toList()).findNode();
  }

  /// Throws `Refused` with a ticket if the account needs the code of a second factor.
  Access logIn(String user, String password) {
    var servers = serversOrDefault();
    var logins = new Logins(servers.stream().map(URI::create).toList());
    var profile = profile();
    return keep(
        profile,
        servers,
        logins.logIn(user, password, DeviceName.local(), profile.earlierLogin(servers)));
  }

  /// Completes such a log-in.
  Access secondFactor(String ticket, String code) {
    var servers = serversOrDefault();
    var logins = new Logins(servers.stream().map(URI::create).toList());
    return keep(profile(), servers, logins.secondFactor(ticket, code));
  }

  /// Logs in, and asks for the code of a second factor if it is needed, and again after a wrong
  /// one.
  Access logIn(Supplier<Access> attempt, Prompt prompt) throws IOException {
    var known = environment("KITH_SECOND_FACTOR");
    Optional<String> ticket;
    try {
      return attempt.get();
    } catch (Refused refused) {
      ticket = refused.ticket();
      if (ticket.isEmpty()) throw refused;
    }
    while (true) {
      var code = known.isPresent() ? known : prompt.ask("Code of your app, or a recovery code");
      if (code.isEmpty()) throw usage("A code is required.");
      try {
        return secondFactor(ticket.get(), code.get());
      } catch (Refused refused) {
        if (!refused.is(Code.WRONG_CODE) || known.isPresent()) throw refused;
        prompt.out().println(Sanitizer.line(refused.sentence()));
      }
    }
  }

  private Logins logins() {
    return new Logins(serversOrDefault().stream().map(URI::create).toList());
  }

  /// The identity providers that the server offers.
  List<SignIn.OfferedProvider> providers() {
    return logins().description().flatMap(ServerDescription::providers).orElse(List.of());
  }

  SignIn.BegunSignIn beginSignIn(String provider) {
    return logins().beginSignIn(provider, DeviceName.local());
  }

  /// Refused until the user has approved it.
  Access finishSignIn(String signIn, Optional<String> user) {
    return keep(profile(), serversOrDefault(), logins().finishSignIn(signIn, user));
  }

  /// Signs in with an identity provider: shows the provider's page, and waits until the sign-in is
  /// approved.
  Access signIn(String provider, Prompt prompt, boolean plain) throws IOException {
    var begun = beginSignIn(provider);
    Approval.show(begun, prompt.out(), plain);
    var user = Optional.<String>empty();
    while (true) {
      var name = user;
      try {
        return Approval.await(begun, () -> finishSignIn(begun.signIn(), name));
      } catch (Refused refused) {
        if (SignInState.after(refused.code()) != SignInState.NAME_NEEDED) throw refused;
        prompt.out().println(Sanitizer.line(refused.sentence()));
        user = prompt.ask("User name");
        if (user.isEmpty()) throw refused;
      }
    }
  }

  /// The code of an administrator, if the environment has it.
  Optional<String> code() {
    return environment("KITH_CODE");
  }

  Access newPassword(String user, String code, String password) {
    var servers = serversOrDefault();
    var logins = new Logins(servers.stream().map(URI::create).toList());
    var profile = profile();
    return keep(profile, servers, logins.newPassword(user, code, password, DeviceName.local()));
  }

  Access signUp(String user, String password) {
    return signUp(user, password, environment("KITH_INVITATION"));
  }

  Access signUp(String user, String password, Optional<String> invitation) {
    var servers = serversOrDefault();
    var logins = new Logins(servers.stream().map(URI::create).toList());
    var profile = profile();
    return keep(profile, servers, logins.signUp(user, password, DeviceName.local(), invitation));
  }

  private Access keep(Profile profile, List<String> servers, Accounts.Tokens tokens) {
    return Access.of(Profiles.keep(places(), profile, servers, tokens)).orElseThrow();
  }

  /// The logged-in user, and the profile if it differs from the requested one.
  String loginSummary(Access access) {
    var name = access.profile().name();
    return "Logged in as "
        + access.user()
        + (name.equals(profileNamed())
            ? "."
            : ", stored as profile " + name + ": " + Program.NAME + " chat --profile " + name);
  }

  /// A token is only sent to the server that issued it.
  private boolean matchesOptions(Access access) {
    var asked = servers().map(urls -> urls.stream().map(URI::create).toList());
    return asked.map(access.nodes()::equals).orElse(true)
        && user().map(access.user()::equalsIgnoreCase).orElse(true);
  }

  private boolean isUsable(Access access) {
    return user().isEmpty() || !(access.tokens().token(false) instanceof TokenSource.LogInAgain);
  }

  private NotLoggedIn notLoggedIn(Profile profile) {
    var elsewhere =
        profile
            .home()
            .filter(_ -> profile.isLoggedIn())
            .map(home -> "This profile is logged in at " + String.join(",", home.servers()) + ". ")
            .orElse("You are not logged in. ");
    return new NotLoggedIn(
        elsewhere + "Try: " + Program.NAME + " login, or set KITH_USER and KITH_PASSWORD.");
  }

  ParameterException usage(String sentence) {
    var line = command == null ? Commands.create() : command.commandLine();
    return new ParameterException(line, sentence);
  }
}
