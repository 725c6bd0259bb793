package kith.terminal.profile;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.Logins;
import kith.terminal.net.Outbox;
import kith.terminal.net.OutboxSlots;
import kith.terminal.net.Rest;
import kith.terminal.net.TokenSource;

/// A logged-in profile.
public record Access(Profile profile, String user, List<URI> nodes, TokenSource tokens, Rest rest) {

  /// Absent if the profile is not logged in.
  public static Optional<Access> of(Profile profile) {
    if (!profile.isLoggedIn()) return Optional.empty();
    return profile.home().map(home -> of(profile, home));
  }

  private static Access of(Profile profile, Profile.Home home) {
    var logins = new Logins(home.nodes());
    var tokens = new ProfileTokens(profile, home, logins::refresh, Clock.systemUTC());
    return new Access(profile, home.user(), home.nodes(), tokens, new Rest(home.nodes(), tokens));
  }

  /// A bot with a token of its owner, which is not stored.
  public static Access ofBot(Profile profile, List<URI> nodes, String token) {
    var tokens = new BotToken(token);
    var rest = new Rest(nodes, tokens);
    return new Access(profile, rest.account().user(), nodes, tokens, rest);
  }

  private record BotToken(String text) implements TokenSource {
    @Override
    public Answer token(boolean refused) {
      return refused
          ? new LogInAgain("unauthenticated", "The token in KITH_TOKEN is not valid.")
          : new Token(text);
    }

    @Override
    public String toString() {
      return "token of a bot";
    }
  }

  /// The server as the user knows it: the host of its first node, and the port unless it is the
  /// default one.
  public String server() {
    var node = nodes.getFirst();
    return node.getPort() < 0 ? node.getHost() : node.getHost() + ":" + node.getPort();
  }

  /// A client with its own connections, so that other calls do not wait for files.
  public FileTransfers files() {
    return new FileTransfers(nodes, new Rest(nodes, tokens));
  }

  public Outbox outbox() throws IOException {
    return OutboxSlots.open(
        profile.outboxDirectory(), URLEncoder.encode(user, StandardCharsets.UTF_8));
  }

  public void deleteAccount(String password, boolean messages) {
    rest.deleteAccount(password, messages);
    profile.loggedOut();
  }

  /// @param everywhere on all devices of the account
  public void logOut(boolean everywhere) {
    if (everywhere) rest.logOutAll();
    else rest.logOut();
    profile.loggedOut();
  }
}
