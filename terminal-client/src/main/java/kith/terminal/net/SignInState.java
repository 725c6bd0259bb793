package kith.terminal.net;

import java.util.Set;
import kith.protocol.Code;

/// The client's next step after the server has refused to finish a sign-in.
public enum SignInState {
  /// Ask again later: the user has not approved it yet, or the provider does not answer.
  WAITING,

  /// Ask the user for the name of the new account.
  NAME_NEEDED,

  OVER;

  /// The code of a request that no node answered.
  public static final String UNREACHABLE = "unreachable";

  private static final Set<String> LATER =
      Set.of(
          Code.SIGN_IN_PENDING.wire(),
          Code.PROVIDER_UNAVAILABLE.wire(),
          Code.UNAVAILABLE.wire(),
          Code.RATE_LIMITED.wire());

  private static final Set<String> NAMES =
      Set.of(Code.NAME_NEEDED.wire(), Code.USER_NAME_TAKEN.wire(), Code.BAD_USER_NAME.wire());

  /// Whether the user has not decided yet.
  public static boolean isPending(String code) {
    return code.equals(Code.SIGN_IN_PENDING.wire());
  }

  public static SignInState after(String code) {
    if (LATER.contains(code) || code.equals(UNREACHABLE)) return WAITING;
    return NAMES.contains(code) ? NAME_NEEDED : OVER;
  }
}
