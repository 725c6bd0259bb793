package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import kith.protocol.rest.Accounts;

/// Chooses the profile of a new login, so that it never replaces another account's.
public final class Profiles {
  private static final int MAX_PER_NAME = 100;
  private static final String SUFFIX = ".json";

  private Profiles() {}

  /// The names of all stored profiles, logged in or not.
  public static List<String> names(Places places) {
    try (var files = Files.list(places.config().resolve("profiles"))) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith(SUFFIX))
          .map(it -> it.substring(0, it.length() - SUFFIX.length()))
          .filter(Profile::isName)
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException fault) {
      throw new UncheckedIOException("The profiles cannot be listed.", fault);
    }
  }

  /// The profile named after a user.
  public static Profile of(Places places, String user) {
    return of(places, user, 1);
  }

  private static Profile of(Places places, String user, int number) {
    var name = user.replaceAll("[^A-Za-z0-9._-]", "_");
    return Profile.named(places, number == 1 ? name : name + "-" + number);
  }

  /// Stores a login in this profile, or in one named after the user if this one belongs to another
  /// account.
  public static Profile keep(
      Places places, Profile profile, List<String> servers, Accounts.Tokens tokens) {
    if (profile.loggedIn(servers, tokens)) return profile;
    for (int number = 1; number <= MAX_PER_NAME; number++) {
      var own = of(places, tokens.user(), number);
      if (own.loggedIn(servers, tokens)) return own;
    }
    var sentence = "No profile name is free for " + tokens.user() + ": choose one with --profile.";
    throw new UncheckedIOException(sentence, new IOException(sentence));
  }
}
