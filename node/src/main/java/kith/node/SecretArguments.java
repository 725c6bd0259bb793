package kith.node;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Passwords among the arguments of a node, which all users of a machine can read.
final class SecretArguments {
  private static final Pattern PASSWORD =
      Pattern.compile("password\\s*=|//[^/?@]*:[^/?@]*@", Pattern.CASE_INSENSITIVE);

  private SecretArguments() {}

  /// The advice for the user if an argument contains a password. Does not repeat the password.
  static Optional<String> complaint(String... arguments) {
    return Stream.of(arguments).anyMatch(argument -> PASSWORD.matcher(argument).find())
        ? Optional.of(
            "A password among the arguments can be read by all users of this machine."
                + " Write the JDBC URL to a file and name it with --database-file, or set"
                + " KITH_DATABASE_PASSWORD_FILE or KITH_DATABASE_PASSWORD; then change this"
                + " password.")
        : Optional.empty();
  }
}
