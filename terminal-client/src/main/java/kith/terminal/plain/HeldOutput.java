package kith.terminal.plain;

import java.io.PrintStream;
import java.util.ArrayDeque;

/// Prints lines, or keeps the latest ones while another program has the terminal.
final class HeldOutput {
  private static final int MAX_HELD = 500;

  private final PrintStream out;
  private final ArrayDeque<String> heldLines = new ArrayDeque<>();
  private boolean isHeld;
  private int dropped;

  HeldOutput(PrintStream out) {
    this.out = out;
  }

  void print(String line) {
    if (isHeld) {
      if (heldLines.size() == MAX_HELD) {
        heldLines.removeFirst();
        dropped++;
      }
      heldLines.addLast(line);
      return;
    }
    out.println(line);
    out.flush();
  }

  void hold() {
    isHeld = true;
  }

  void release() {
    isHeld = false;
    if (dropped > 0) print("-- " + dropped + " lines were not printed");
    dropped = 0;
    for (var line = heldLines.pollFirst(); line != null; line = heldLines.pollFirst()) print(line);
  }
}
