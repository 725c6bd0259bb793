package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// The profiles that a window opens at its start. There is no file until a window has had two
/// servers. Windows that run at the same time write only the changes of their own users.
public final class ServersFile {

  /// The content of the file.
  ///
  /// @param shown in front of the others; the first one if absent
  public record Saved(List<String> profiles, Optional<String> shown) {
    public static final Saved NONE = new Saved(List.of(), Optional.empty());

    public Saved {
      profiles = List.copyOf(profiles);
    }
  }

  // no profile has a name that begins with a dot
  private static final String NAME = ".servers.json";
  private static final String LOCK = ".servers.lock";

  private final Path directory;

  private ServersFile(Path directory) {
    this.directory = directory;
  }

  public static ServersFile in(Places places) {
    return new ServersFile(places.state());
  }

  /// Empty if there is no file, or a damaged one.
  public Saved saved() {
    try {
      var text = AtomicFile.read(directory.resolve(NAME));
      return text.isEmpty() ? Saved.NONE : Json.rest(text.get(), Saved.class);
    } catch (IOException fault) {
      throw new UncheckedIOException(directory.resolve(NAME) + " cannot be read.", fault);
    } catch (Malformed damaged) {
      return Saved.NONE;
    }
  }

  /// Adds the profiles that it does not have.
  public void keep(List<String> profiles) {
    change(saved -> {
      var all = new LinkedHashSet<>(saved.profiles());
      all.addAll(profiles);
      return new Saved(List.copyOf(all), saved.shown());
    });
  }

  public void forget(String profile) {
    change(saved ->
        new Saved(
            saved.profiles().stream().filter(it -> !it.equals(profile)).toList(),
            saved.shown().filter(it -> !it.equals(profile))));
  }

  /// Sets the shown profile, if the file contains it.
  public void show(String profile) {
    change(saved ->
        saved.profiles().contains(profile)
            ? new Saved(saved.profiles(), Optional.of(profile))
            : saved);
  }

  private void change(UnaryOperator<Saved> how) {
    if (how.apply(saved()).equals(saved())) return;
    try {
      Files.createDirectories(directory);
    } catch (IOException fault) {
      throw new UncheckedIOException(directory + " cannot be created.", fault);
    }
    LockFile.whileHeld(directory.resolve(LOCK), () -> write(how.apply(saved())));
  }

  private void write(Saved changed) {
    try {
      AtomicFile.write(directory.resolve(NAME), Json.restText(changed));
    } catch (IOException fault) {
      throw new UncheckedIOException(directory.resolve(NAME) + " cannot be written.", fault);
    }
  }
}
