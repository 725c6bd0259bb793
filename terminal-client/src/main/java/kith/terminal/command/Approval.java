package kith.terminal.command;

import java.io.PrintStream;
import java.util.function.Supplier;
import kith.protocol.Code;
import kith.protocol.rest.SignIn;
import kith.terminal.net.Refused;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.QrLines;
import kith.terminal.plain.Sanitizer;

/// A sign-in that the user approves in a browser, on any device.
final class Approval {
  private Approval() {}

  /// @param plain without a QR code
  static void show(SignIn.BegunSignIn begun, PrintStream out, boolean plain) {
    var address = begun.addressWithCode().orElse(begun.address());
    if (!plain && Streams.isTerminal()) QrLines.of(address).forEach(out::println);
    out.println("Open this address in a browser, on any device:");
    out.println("  " + Sanitizer.line(address));
    out.println("and compare or enter this code: " + Sanitizer.line(begun.code()));
    out.println("Waiting …");
    out.flush();
  }

  /// Asks until somebody has decided.
  static <T> T await(SignIn.BegunSignIn begun, Supplier<T> question) {
    while (true) {
      long wait;
      try {
        return question.get();
      } catch (Refused refused) {
        if (!refused.is(Code.SIGN_IN_PENDING) && !refused.is(Code.PROVIDER_UNAVAILABLE))
          throw refused;
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
