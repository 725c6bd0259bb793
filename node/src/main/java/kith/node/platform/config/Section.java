package kith.node.platform.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One block of `cluster.conf` during reading. It remembers the requested keys, so that unknown
/// keys are reported.
public final class Section {
  private final Config root;
  private final String path;
  private final Set<String> known;

  private Section(Config root, String path, Set<String> known) {
    this.root = root;
    this.path = path;
    this.known = known;
  }

  static Section of(Config root, String path) {
    return new Section(root, path, new TreeSet<>());
  }

  public Section in(String key) {
    return new Section(root, path + "." + key, known);
  }

  public String text(String key) {
    var value = read(key, root::getString, "text");
    if (value.isBlank()) throw wrong(key, "must not be empty");
    return value;
  }

  /// Empty for an empty text.
  public Optional<String> textOrNone(String key) {
    return Optional.of(read(key, root::getString, "text").strip()).filter(it -> !it.isEmpty());
  }

  public Optional<String> optionalText(String key) {
    return isThere(key) ? Optional.of(text(key)) : Optional.empty();
  }

  /// A text, in the settings or in the file that `key-file` names.
  public Optional<String> textOrFile(String key) {
    var fileKey = key + "-file";
    var text = optionalText(key);
    var file = optionalText(fileKey);
    if (file.isEmpty()) return text;
    if (text.isPresent()) throw wrong(fileKey, "must not be set when " + key + " is");
    try {
      // a file written by hand ends with a line break
      var content = Files.readString(Path.of(file.get())).stripTrailing();
      if (content.isEmpty()) throw wrong(fileKey, "names an empty file");
      return Optional.of(content);
    } catch (IOException _) {
      throw wrong(fileKey, "names a file that cannot be read");
    }
  }

  /// The address of a server. Secrets pass over connections to it, so it must be HTTPS, except on
  /// the node's own machine, where other users cannot read them.
  public URI address(String key) {
    var text = text(key);
    try {
      var address = new URI(text);
      var isHere = Set.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
      var isAllowed =
          "https".equals(address.getScheme()) || (isHere && "http".equals(address.getScheme()));
      if (address.getHost() != null && address.getQuery() == null && isAllowed) return address;
    } catch (URISyntaxException wrong) {
      // refused below
    }
    throw wrong(key, "must be an address such as https://login.example.org");
  }

  public Optional<URI> optionalAddress(String key) {
    return isThere(key) ? Optional.of(address(key)) : Optional.empty();
  }

  public List<Subnet> networks(String key) {
    try {
      return texts(key).stream().map(Subnet::of).toList();
    } catch (IllegalArgumentException _) {
      throw wrong(key, "must contain networks or addresses such as 10.0.0.0/8");
    }
  }

  /// A list; also a text with commas, because environment variables have no lists.
  public List<String> texts(String key) {
    return read(
        key,
        full ->
            root.getValue(full).valueType() == ConfigValueType.STRING
                ? Stream.of(root.getString(full).split(",", -1))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList()
                : root.getStringList(full),
        "a list of strings");
  }

  public List<String> texts(String key, List<String> otherwise) {
    return isThere(key) ? texts(key) : otherwise;
  }

  /// The names of the sections inside.
  public List<String> names(String key) {
    var full = full(key);
    return root.hasPath(full)
        ? root.getObject(full).keySet().stream().sorted().toList()
        : List.of();
  }

  public boolean flag(String key, boolean otherwise) {
    return isThere(key) ? flag(key) : otherwise;
  }

  public boolean flag(String key) {
    return read(key, root::getBoolean, "true or false");
  }

  /// One of an enum's values, in lower case.
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    var value = text(key);
    var all = type.getEnumConstants();
    for (var one : all) if (word(one).equals(value)) return one;
    throw wrong(
        key,
        "must be one of "
            + Arrays.stream(all).map(Section::word).collect(Collectors.joining(", ")));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int number(String key, int least) {
    return number(key, least, Integer.MAX_VALUE);
  }

  public int number(String key, int least, int most) {
    int value = read(key, root::getInt, "a whole number");
    if (value < least || value > most) {
      throw wrong(key, "is %d; it must be from %d to %d".formatted(value, least, most));
    }
    return value;
  }

  public OptionalInt optionalNumber(String key, int least, int most) {
    return isThere(key) ? OptionalInt.of(number(key, least, most)) : OptionalInt.empty();
  }

  public OptionalInt optionalNumber(String key, int least) {
    return optionalNumber(key, least, Integer.MAX_VALUE);
  }

  public int bytes(String key, int least) {
    return (int) bytes(key, least, Integer.MAX_VALUE);
  }

  /// A size that may exceed 2 GiB.
  public long manyBytes(String key, long least) {
    return bytes(key, least, Long.MAX_VALUE);
  }

  private long bytes(String key, long least, long most) {
    long value = read(key, root::getBytes, "a size such as 64 KiB");
    if (value < least || value > most)
      throw wrong(key, "is %d bytes; it must be from %d to %d".formatted(value, least, most));
    return value;
  }

  public OptionalLong optionalSize(String key, long least) {
    if (!isThere(key)) return OptionalLong.empty();
    long value = read(key, root::getBytes, "a size such as 10 GiB");
    if (value < least)
      throw wrong(key, "is %d bytes; it must be at least %d".formatted(value, least));
    return OptionalLong.of(value);
  }

  public Duration time(String key) {
    var value = read(key, root::getDuration, "a time such as 10s");
    if (!value.isPositive()) throw wrong(key, "must be longer than zero");
    return value;
  }

  /// Fails unless the one time is longer than the other.
  public void checkLonger(String key, String otherKey) {
    if (time(key).compareTo(time(otherKey)) <= 0)
      throw wrong(key, "must be longer than " + otherKey);
  }

  /// The failure to throw for a value.
  ///
  /// @param what is wrong with it, as the end of a sentence that begins with the key
  public StartFailure wrong(String key, String what) {
    var full = full(key);
    return new StartFailure(full + " " + what + where(full) + ".");
  }

  /// Fails when the file has a key that was not requested.
  public void refuseUnknown() {
    for (var entry : root.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw new StartFailure(
            "%s is not a setting of Kith%s.".formatted(entry.getKey(), where(entry.getValue())));
      }
    }
  }

  private boolean isThere(String key) {
    known.add(full(key));
    return root.hasPath(full(key));
  }

  private <T> T read(String key, Function<String, T> reader, String expected) {
    var full = full(key);
    known.add(full);
    try {
      return reader.apply(full);
    } catch (ConfigException.Missing missing) {
      throw new StartFailure(full + " has no value" + where(full) + ".", missing);
    } catch (ConfigException fault) {
      // the value itself is not repeated: it may be a secret in the wrong place
      throw new StartFailure(full + " must be " + expected + where(full) + ".", fault);
    }
  }

  private String full(String key) {
    return path + "." + key;
  }

  private String where(String full) {
    return root.hasPathOrNull(full) && !root.getIsNull(full) ? where(root.getValue(full)) : "";
  }

  private static String where(ConfigValue value) {
    var origin = value.origin();
    if (origin.lineNumber() > 0 && origin.filename() != null) {
      return " (%s, line %d)".formatted(origin.filename(), origin.lineNumber());
    }
    return " (" + origin.description() + ")";
  }
}
