package kith.terminal.command;

import java.io.PrintStream;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import kith.protocol.rest.SignIn;
import kith.terminal.net.Refused;
import kith.terminal.net.SignInState;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.QrLines;
import kith.terminal.plain.SignInLines;

/// A sign-in that the user approves in a browser, on any device.
final class Approval {
  /// Questions in a row without an answer, at intervals of about five seconds. Nodes that take over
  /// answer sooner.
  static final int MOST_UNANSWERED = 30;

  private Approval() {}

  /// @param plain without a QR code
  static void show(SignIn.BegunSignIn begun, PrintStream out, boolean plain) {
    if (!plain && Streams.isTerminal())
      QrLines.of(SignInLines.address(begun)).forEach(out::println);
    SignInLines.of(begun).forEach(out::println);
    out.flush();
  }

  /// Asks until the user has decided. If a node dies before it answers, the next node is asked.
  static <T> T await(SignIn.BegunSignIn begun, Supplier<T> question) {
    return await(begun, question, Approval::sleep);
  }

  static <T> T await(SignIn.BegunSignIn begun, Supplier<T> question, LongConsumer pause) {
    var unanswered = 0;
    while (true) {
      long wait;
      try {
        return question.get();
      } catch (Refused refused) {
        if (SignInState.after(refused.code()) != SignInState.WAITING) throw refused;
        unanswered = 0;
        wait = Math.max(refused.retryAfterMillis().orElse(0), begun.intervalMillis());
      } catch (Unreachable lost) {
        unanswered++;
        if (unanswered == MOST_UNANSWERED || Thread.currentThread().isInterrupted()) throw lost;
        wait = begun.intervalMillis();
      }
      pause.accept(wait);
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
