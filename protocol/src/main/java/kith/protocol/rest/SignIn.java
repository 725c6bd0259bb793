package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests and answers about signing in with an identity provider.
public final class SignIn {
  private SignIn() {}

  public record BeginSignIn(Optional<String> deviceName, Optional<Boolean> cookies) {}

  /// A sign-in that the user approves in a browser.
  ///
  /// @param signIn the secret with which the client asks for the result
  /// @param code that the user compares or types
  /// @param address of the provider's page
  /// @param addressWithCode the same with the code in it, for a QR code
  /// @param intervalMillis the shortest time between two questions
  public record BegunSignIn(
      String signIn,
      String code,
      String address,
      Optional<String> addressWithCode,
      Instant expires,
      long intervalMillis) {}

  /// @param user the name for a new account, after `name-needed`
  public record FinishSignIn(String signIn, Optional<String> user) {}

  /// @param password of the account, if it has one
  public record BeginLink(Optional<String> password) {
    @Override
    public String toString() {
      return "BeginLink";
    }
  }

  public record FinishLink(String signIn) {}

  /// @param password of the account, if it has one
  public record EndLink(Optional<String> password) {
    @Override
    public String toString() {
      return "EndLink";
    }
  }

  /// The identity of the account at a provider.
  ///
  /// @param subject the provider's own name for the user
  public record LinkedIdentity(String provider, String issuer, String subject, Instant linked) {}

  public record LinkedIdentities(List<LinkedIdentity> identities) {
    public LinkedIdentities {
      identities = List.copyOf(identities);
    }
  }

  /// @param provider in paths
  /// @param name for people
  public record OfferedProvider(String provider, String name) {}
}
