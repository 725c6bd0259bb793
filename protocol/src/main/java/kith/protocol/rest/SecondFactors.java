package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests and answers about the second factor of an account.
public final class SecondFactors {
  private SecondFactors() {}

  /// Completes a log-in.
  ///
  /// @param ticket from the answer to the password
  /// @param code of the app, or a recovery code
  public record SecondFactorLogIn(String ticket, String code) {
    @Override
    public String toString() {
      return "SecondFactorLogIn";
    }
  }

  /// @param recoveryCodes the number of unused codes
  /// @param required the server requires a second factor of this account
  public record SecondFactorStanding(
      boolean on, Optional<Instant> since, int recoveryCodes, boolean required) {}

  public record SecondFactorBegin(String password) {
    @Override
    public String toString() {
      return "SecondFactorBegin";
    }
  }

  /// The answer is the only one that contains the secret.
  ///
  /// @param secret in Base32, to type
  /// @param uri an `otpauth` URI with the secret, for a QR code
  public record SecondFactorBegun(String secret, String uri) {
    @Override
    public String toString() {
      return "SecondFactorBegun";
    }
  }

  /// @param code the first code of the app
  public record SecondFactorTurnOn(String code) {}

  /// @param code of the app, or a recovery code
  public record SecondFactorProof(String password, String code) {
    @Override
    public String toString() {
      return "SecondFactorProof";
    }
  }

  /// Each is accepted once. The answer is the only one that contains them.
  public record RecoveryCodes(List<String> codes) {
    public RecoveryCodes {
      codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
      return "RecoveryCodes";
    }
  }
}
