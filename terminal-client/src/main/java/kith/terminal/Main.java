package kith.terminal;

import java.io.IOException;
import kith.protocol.tls.Authorities;
import kith.terminal.command.Commands;
import kith.terminal.net.SharedClients;

/// The program: `./kith chat`, `send`, `tail` and the others.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      Authorities.trustThoseOfEnvironment();
    } catch (IOException unusable) {
      System.err.println("kith: " + unusable.getMessage());
      System.exit(Commands.BROKEN);
    }
    int exit = Commands.run(arguments);
    SharedClients.ofProcess().shutDown();
    System.exit(exit);
  }
}
