package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;

/// The files of one user on one server: the server's addresses and the tokens of this device.
public final class Profile {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

  /// The content of the config file.
  public record Home(List<String> servers, String user) {
    public Home {
      servers = List.copyOf(servers);
    }

    public List<URI> nodes() {
      return servers.stream().map(URI::create).toList();
    }

    /// The same user on the same server, whose list of nodes may have changed.
    boolean isSameAccountAs(Home other) {
      return user.equals(other.user) && !Collections.disjoint(servers, other.servers);
    }
  }

  private final String name;
  private final Path homeFile;
  private final Path directory;

  private Profile(String name, Path homeFile, Path directory) {
    this.name = name;
    this.homeFile = homeFile;
    this.directory = directory;
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public static Profile named(Places places, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "A profile name has at most 64 letters, digits, '.', '_' and '-'.");
    }
    var profile =
        new Profile(
            name,
            places.config().resolve("profiles").resolve(name + ".json"),
            places.state().resolve(name));
    try {
      Files.createDirectories(places.config().resolve("profiles"));
      Files.createDirectories(profile.directory);
      Files.setPosixFilePermissions(
          profile.directory, PosixFilePermissions.fromString("rwx------"));
      AtomicFile.deleteUnfinished(profile.directory);
    } catch (IOException fault) {
      throw new UncheckedIOException("The profile's directories cannot be created.", fault);
    }
    return profile;
  }

  public String name() {
    return name;
  }

  public Optional<Home> home() {
    return read(homeFile, Home.class);
  }

  Optional<Accounts.Tokens> tokens() {
    return read(directory.resolve("tokens.json"), Accounts.Tokens.class);
  }

  /// The refresh token of the last login on one of these servers, which may have ended.
  public Optional<String> earlierLogin(List<String> servers) {
    return home()
        .filter(it -> !Collections.disjoint(it.servers(), servers))
        .flatMap(_ -> tokens())
        .flatMap(Accounts.Tokens::refreshToken);
  }

  public boolean isLoggedIn() {
    return home().isPresent() && tokens().isPresent();
  }

  /// Stores a login, unless another account is logged in here: a client may be running with it.
  ///
  /// @return whether it was stored
  public boolean loggedIn(List<String> servers, Accounts.Tokens tokens) {
    var home = new Home(servers, tokens.user());
    var kept = new AtomicBoolean();
    lockedWhile(() -> {
      if (isLoggedIn() && !home().filter(home::isSameAccountAs).isPresent()) return;
      write(homeFile, home);
      keep(tokens);
      kept.set(true);
    });
    return kept.get();
  }

  void keep(Accounts.Tokens tokens) {
    write(directory.resolve("tokens.json"), tokens);
  }

  /// Deletes the tokens, the drafts and the saved messages; server and user stay for the next
  /// login.
  public void loggedOut() {
    lockedWhile(() -> {
      try {
        Files.deleteIfExists(directory.resolve("tokens.json"));
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
      // after the deletion of the tokens, because a running client then writes no texts any more
      whileTextsLocked(this::deleteTexts);
    });
  }

  private void deleteTexts() {
    try {
      Files.deleteIfExists(drafts());
      Files.deleteIfExists(cache());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  void lockedWhile(Runnable work) {
    LockFile.whileHeld(directory.resolve("tokens.lock"), work);
  }

  /// The lock of the drafts and the saved messages. A refresh of the tokens holds their lock until
  /// the server has answered; nobody holds this one for so long.
  void whileTextsLocked(Runnable work) {
    LockFile.whileHeld(directory.resolve("texts.lock"), work);
  }

  /// @return false if the lock of the texts is held
  boolean ifTextsUnlocked(Runnable work) {
    return LockFile.ifFree(directory.resolve("texts.lock"), work);
  }

  /// The directory of unanswered posts.
  public Path outboxDirectory() {
    return directory.resolve("outbox");
  }

  /// The directory of long texts that are sent as files.
  public Path pastes() {
    return directory.resolve("pastes");
  }

  /// The file of unsent texts; deleted by the log-out.
  Path drafts() {
    return directory.resolve("drafts.json");
  }

  /// The file of the last screen; deleted by the log-out.
  Path cache() {
    return directory.resolve("cache.json");
  }

  /// The file of the saved preferences.
  public Path preferences() {
    return directory.resolve("habits.json");
  }

  private static <T> Optional<T> read(Path path, Class<T> type) {
    try {
      var text = AtomicFile.read(path);
      return text.isEmpty() ? Optional.empty() : Optional.of(Json.rest(text.get(), type));
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be read.", fault);
    } catch (Malformed fault) {
      throw new UncheckedIOException(
          path + " is damaged: delete it and log in again.", new IOException(fault));
    }
  }

  private static void write(Path path, Record what) {
    try {
      AtomicFile.write(path, Json.restText(what));
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be written.", fault);
    }
  }
}
