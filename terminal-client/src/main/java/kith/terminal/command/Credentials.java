package kith.terminal.command;

import java.io.IOException;
import java.util.Optional;

/// A user name and a password, from the environment or the keyboard.
record Credentials(String user, String password) {

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }

  /// @param isNew asks for the password twice
  static Optional<Credentials> ask(Options options, boolean isNew) throws IOException {
    var prompt = new Prompt(Streams.in(), Streams.err());
    var user = options.user();
    if (user.isEmpty()) user = prompt.ask("User name");
    if (user.isEmpty()) return Optional.empty();
    var password = options.password();
    if (password.isEmpty()) {
      password = prompt.password("Password");
      if (isNew && password.isPresent() && !prompt.isRepeated(password.get())) {
        throw options.usage("The passwords differ.");
      }
    }
    var name = user.get();
    return password.map(secret -> new Credentials(name, secret));
  }
}
