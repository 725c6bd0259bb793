package kith.terminal.plain;

import java.util.List;
import kith.protocol.rest.SignIn.BegunSignIn;

/// The texts about a sign-in that the user approves in a browser.
public final class SignInLines {
  public static final String OPEN = "Open this address in a browser, on any device:";
  public static final String COMPARE = "and compare or enter this code:";
  public static final String WAITING = "Waiting until you approve it …";

  private SignInLines() {}

  /// The address to open, with the code in it if the provider supports that.
  public static String address(BegunSignIn begun) {
    return begun.addressWithCode().orElse(begun.address());
  }

  public static List<String> of(BegunSignIn begun) {
    return List.of(
        OPEN,
        "  " + Sanitizer.line(address(begun)),
        COMPARE + " " + Sanitizer.line(begun.code()),
        WAITING);
  }
}
