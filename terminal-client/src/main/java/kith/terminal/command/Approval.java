package kith.terminal.command;

import java.io.PrintStream;
import java.util.function.Supplier;
import kith.protocol.rest.SignIn;
import kith.terminal.net.Refused;
import kith.terminal.net.SignInState;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.QrLines;
import kith.terminal.plain.SignInLines;

/// A sign-in that the user approves in a browser, on any device.
final class Approval {
  private Approval() {}

  /// @param plain without a QR code
  static void show(SignIn.BegunSignIn begun, PrintStream out, boolean plain) {
    if (!plain && Streams.isTerminal())
      QrLines.of(SignInLines.address(begun)).forEach(out::println);
    SignInLines.of(begun).forEach(out::println);
    out.flush();
  }

  /// Asks until the user has decided.
  static <T> T await(SignIn.BegunSignIn begun, Supplier<T> question) {
    while (true) {
      long wait;
      try {
        return question.get();
      } catch (Refused refused) {
        if (SignInState.after(refused.code()) != SignInState.WAITING) throw refused;
        wait = Math.max(refused.retryAfterMillis().orElse(0), begun.intervalMillis());
      }
      sleep(wait);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted.");
    }
  }
}
