package kith.terminal.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/// Asks for input on the terminal, or reads the answers from a pipe.
record Prompt(BufferedReader in, PrintStream out) {

  /// Absent when the input ends.
  Optional<String> ask(String question) throws IOException {
    out.print(question + ": ");
    out.flush();
    return Optional.ofNullable(in.readLine()).map(String::strip);
  }

  /// Without echo on a terminal.
  Optional<String> password(String question) throws IOException {
    var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isEmpty()) return ask(question);
    var typed = terminal.get().readPassword("%s: ", question);
    return typed == null ? Optional.empty() : Optional.of(new String(typed));
  }

  /// On a terminal the password is hidden, so it is asked for twice. From a pipe it is read once.
  boolean isRepeated(String password) throws IOException {
    boolean isUnseen =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return !isUnseen || password("Once more").filter(password::equals).isPresent();
  }
}
