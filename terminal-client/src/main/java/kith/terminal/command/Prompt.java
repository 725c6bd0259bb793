package kith.terminal.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/// Asks the person at the keyboard, or the pipe that stands in for one.
record Prompt(BufferedReader in, PrintStream out) {

  /// Absent when the input ends.
  Optional<String> ask(String question) throws IOException {
    out.print(question + ": ");
    out.flush();
    return Optional.ofNullable(in.readLine()).map(String::strip);
  }

  /// Without echo when there is a terminal.
  Optional<String> password(String question) throws IOException {
    var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isEmpty()) return ask(question);
    var typed = terminal.get().readPassword("%s: ", question);
    return typed == null ? Optional.empty() : Optional.of(new String(typed));
  }

  /// A new password that nobody sees is typed twice; one that comes from a pipe is not mistyped.
  boolean isRepeated(String password) throws IOException {
    boolean isUnseen =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return !isUnseen || password("Once more").filter(password::equals).isPresent();
  }
}
