package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kith.protocol.rest.SignIn.BegunSignIn;

/// A sign-in with an identity provider, until the user has approved it in a browser.
///
/// @param provider its name
/// @param due the time of the next request to the server
/// @param isAsked whether an answer of the server is pending
/// @param user the name for the new account, once the server needs one
/// @param problem the reason why it takes longer; empty if there is none
public record PendingSignIn(
    String provider,
    BegunSignIn begun,
    Instant due,
    boolean isAsked,
    Optional<String> user,
    String problem) {

  public static PendingSignIn of(String provider, BegunSignIn begun, Instant now) {
    return new PendingSignIn(
        provider, begun, now.plusMillis(begun.intervalMillis()), false, Optional.empty(), "");
  }

  public boolean is(String signIn) {
    return begun.signIn().equals(signIn);
  }

  public boolean isDue(Instant now) {
    return !isAsked && !now.isBefore(due);
  }

  public PendingSignIn asked() {
    return new PendingSignIn(provider, begun, due, true, user, problem);
  }

  /// @param wait the time that the server asks for
  public PendingSignIn askedAgain(Instant now, Duration wait, String why) {
    var interval = Duration.ofMillis(begun.intervalMillis());
    var longer = wait.compareTo(interval) > 0 ? wait : interval;
    return new PendingSignIn(provider, begun, now.plus(longer), false, user, why);
  }

  /// Asks at once, with this name.
  public PendingSignIn named(String name, Instant now) {
    return new PendingSignIn(provider, begun, now, false, Optional.of(name), "");
  }

  public PendingSignIn withProblem(String why) {
    return new PendingSignIn(provider, begun, due, isAsked, user, why);
  }

  /// Omits the secret of the sign-in.
  @Override
  public String toString() {
    return "PendingSignIn[" + provider + "]";
  }
}
