package kith.terminal.profile;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kith.protocol.rest.Accounts;
import kith.terminal.net.Refused;
import kith.terminal.net.TokenSource;
import kith.terminal.net.Unreachable;

/// The access token of a profile, refreshed shortly before it expires.
///
/// A refresh revokes the old refresh token, so processes that share a profile take turns, and each
/// first checks whether another one has refreshed. Tokens of another account that logged in
/// meanwhile are never used: the account of a client does not change.
public final class ProfileTokens implements TokenSource {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Profile profile;
  private final Profile.Home account;
  private final Refresh refresh;
  private final Clock clock;
  private final AtomicReference<String> given = new AtomicReference<>("");

  /// Requests new tokens from a node.
  public interface Refresh {
    Accounts.Tokens refresh(String refreshToken);
  }

  public ProfileTokens(Profile profile, Profile.Home account, Refresh refresh, Clock clock) {
    this.profile = profile;
    this.account = account;
    this.refresh = refresh;
    this.clock = clock;
  }

  @Override
  public Answer token(boolean refused) {
    try {
      var stored = profile.tokens();
      var usable = stored.filter(this::isSameAccount).flatMap(tokens -> usable(tokens, refused));
      if (usable.isPresent()) return remember(usable.get());
      var answer = new AtomicReference<Answer>(new NotNow("The tokens could not be refreshed."));
      profile.lockedWhile(() -> answer.set(underLock(refused)));
      return answer.get();
    } catch (UncheckedIOException | IllegalStateException fault) {
      return new NotNow(String.valueOf(fault.getMessage()));
    }
  }

  private Answer underLock(boolean refused) {
    var stored = profile.tokens();
    if (stored.isEmpty() || stored.get().refreshToken().isEmpty()) {
      return new LogInAgain("unauthenticated", "You are not logged in.");
    }
    if (!isSameAccount(stored.get())) return new LogInAgain("profile-taken", takenSentence());
    var usable = usable(stored.get(), refused);
    if (usable.isPresent()) return remember(usable.get());
    try {
      var fresh = refresh.refresh(stored.get().refreshToken().get());
      profile.keep(fresh);
      return remember(fresh.accessToken().orElse(""));
    } catch (Refused no) {
      return no.status() == 401
          ? new LogInAgain(no.code(), no.sentence())
          : new NotNow(no.sentence());
    } catch (Unreachable unreachable) {
      return new NotNow(unreachable.sentence());
    }
  }

  /// Checked after the tokens were read, because a login writes its home first.
  private boolean isSameAccount(Accounts.Tokens tokens) {
    return tokens.user().equals(account.user())
        && profile.home().filter(account::isSameAccountAs).isPresent();
  }

  private String takenSentence() {
    var owner =
        profile
            .home()
            .map(it ->
                it.user().equals(account.user())
                    ? it.user() + " at " + String.join(",", it.servers())
                    : it.user())
            .orElse("another user");
    return "This profile now belongs to " + owner + "; log in again or use --profile.";
  }

  /// A refused token is unusable, unless another process has stored a newer one.
  private Optional<String> usable(Accounts.Tokens tokens, boolean refused) {
    return tokens
        .accessToken()
        .filter(_ -> clock.instant().plus(MARGIN).isBefore(tokens.accessExpires()))
        .filter(text -> !refused || !text.equals(given.get()));
  }

  private Answer remember(String token) {
    given.set(token);
    return new Token(token);
  }
}
