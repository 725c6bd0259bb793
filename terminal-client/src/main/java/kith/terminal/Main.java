package kith.terminal;

import kith.terminal.command.Commands;

/// The program: `./kith chat`, `send`, `tail` and the rest.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Commands.create().execute(arguments));
  }
}
