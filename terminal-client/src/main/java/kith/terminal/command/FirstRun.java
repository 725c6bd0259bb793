package kith.terminal.command;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import kith.protocol.Code;
import kith.terminal.net.Refused;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.Sanitizer;
import kith.terminal.profile.Access;
import picocli.CommandLine.ParameterException;

/// The questions of the first start in line mode: server, user name and password.
record FirstRun(Options options, Prompt prompt) {

  /// Absent when the input ends before the login.
  Optional<Access> ask() throws IOException {
    try {
      findServer();
      while (true) {
        var access =
            switch (choice()) {
              case Choice.SignUp() -> signUp();
              case Choice.LogIn() -> logIn();
              case Choice.With(var provider) -> signIn(provider);
            };
        if (access.isEmpty()) continue;
        say("-- " + Sanitizer.line(options.loginSummary(access.get())));
        return access;
      }
    } catch (EOFException over) {
      say("");
      say("-- The input ended before the login.");
      return Optional.empty();
    }
  }

  /// A server from the options must answer. Otherwise asks until one answers.
  private void findServer() throws IOException {
    if (options.servers().isPresent()) {
      options.findNode();
      return;
    }
    while (true) {
      var typed = ask("Server [" + Options.DEFAULT_SERVER + "]");
      try {
        options.setServer(options.address(typed.isEmpty() ? Options.DEFAULT_SERVER : typed));
        options.findNode();
        return;
      } catch (ParameterException | Unreachable wrong) {
        error(String.valueOf(wrong.getMessage()));
      }
    }
  }

  private sealed interface Choice {
    record SignUp() implements Choice {}

    record LogIn() implements Choice {}

    record With(String provider) implements Choice {}
  }

  /// Providers have numbers, because their names may be long.
  private Choice choice() throws IOException {
    var providers = options.providers();
    for (int i = 0; i < providers.size(); i++)
      say("(" + (i + 1) + ") sign in with " + Sanitizer.line(providers.get(i).name()));
    while (true) {
      var typed = ask("(s)ign up or (l)og in?").toLowerCase(Locale.ROOT);
      switch (typed) {
        case "s", "sign up", "signup" -> {
          return new Choice.SignUp();
        }
        case "l", "log in", "login" -> {
          return new Choice.LogIn();
        }
        default -> {
          if (typed.matches("[1-9]") && Integer.parseInt(typed) <= providers.size())
            return new Choice.With(providers.get(Integer.parseInt(typed) - 1).provider());
          error("Type s for a new account or l for an existing one.");
        }
      }
    }
  }

  private Optional<Access> signIn(String provider) throws IOException {
    try {
      return Optional.of(options.signIn(provider, prompt, false));
    } catch (Refused refused) {
      error(refused.sentence());
      return Optional.empty();
    }
  }

  private Optional<Access> logIn() throws IOException {
    var user = ask("User name");
    var password = password();
    try {
      return Optional.of(options.logIn(() -> options.logIn(user, password), prompt));
    } catch (Refused refused) {
      error(refused.sentence());
      return Optional.empty();
    }
  }

  /// After a refusal, asks only for the refused value again.
  private Optional<Access> signUp() throws IOException {
    var user = ask("User name");
    var password = newPassword();
    var invitation = options.environment("KITH_INVITATION");
    while (true) {
      try {
        return Optional.of(options.signUp(user, password, invitation));
      } catch (Refused refused) {
        error(refused.sentence());
        if (isAboutTheName(refused)) user = ask("User name");
        else if (isAboutThePassword(refused)) password = newPassword();
        else if (isAboutTheInvitation(refused)) invitation = Optional.of(ask("Invitation"));
        else return Optional.empty();
      }
    }
  }

  private static boolean isAboutTheName(Refused refused) {
    return refused.is(Code.USER_NAME_TAKEN) || refused.is(Code.BAD_USER_NAME);
  }

  private static boolean isAboutThePassword(Refused refused) {
    return refused.is(Code.PASSWORD_TOO_SHORT)
        || refused.is(Code.PASSWORD_TOO_LONG)
        || refused.is(Code.PASSWORD_TOO_COMMON);
  }

  private static boolean isAboutTheInvitation(Refused refused) {
    return refused.is(Code.INVITATION_REQUIRED) || refused.is(Code.UNKNOWN_INVITATION);
  }

  private String ask(String question) throws IOException {
    return prompt.ask(question).orElseThrow(EOFException::new);
  }

  private String password() throws IOException {
    return prompt.password("Password").orElseThrow(EOFException::new);
  }

  /// Asks twice, because a typing error would lock the user out.
  private String newPassword() throws IOException {
    while (true) {
      var password = password();
      if (prompt.isRepeated(password)) return password;
      error("The passwords differ.");
    }
  }

  private void error(String sentence) {
    say("! " + Sanitizer.line(sentence));
  }

  private void say(String line) {
    prompt.out().println(line);
    prompt.out().flush();
  }
}
