package kith.terminal.command;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import kith.terminal.net.Refused;
import kith.terminal.plain.Safe;
import kith.terminal.profile.Access;

/// The questions before the first conversation: where, and who.
record FirstRun(Options options, Prompt prompt) {

  /// Absent when the input ends before there is a login.
  Optional<Access> ask() throws IOException {
    if (options.servers().isEmpty()) {
      options.setServer(options.address(prompt.ask("Server", Options.DEFAULT_SERVER)));
    }
    while (true) {
      var choice = prompt.ask("(s)ign up or (l)og in?");
      if (choice.isEmpty()) return Optional.empty();
      boolean isNew = choice.get().toLowerCase(Locale.ROOT).startsWith("s");
      var user = prompt.ask("User name");
      var password = user.isEmpty() ? user : prompt.password("Password");
      if (password.isEmpty() || user.isEmpty()) return Optional.empty();
      if (isNew && !prompt.isRepeated(password.get())) {
        prompt.out().println("! These are not the same.");
        continue;
      }
      try {
        return Optional.of(
            isNew
                ? options.signUp(user.get(), password.get())
                : options.logIn(user.get(), password.get()));
      } catch (Refused refused) {
        prompt.out().println("! " + Safe.line(refused.sentence()));
      }
    }
  }
}
