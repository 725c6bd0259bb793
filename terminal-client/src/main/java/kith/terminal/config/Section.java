package kith.terminal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import kith.protocol.Program;

/// One block of `client.conf`. It records which keys are read, so that the remaining ones are
/// reported as unknown.
final class Section {
  private final Config root;
  private final List<String> path;
  private final Set<String> known;

  private Section(Config root, List<String> path, Set<String> known) {
    this.root = root;
    this.path = path;
    this.known = known;
  }

  static Section of(Config root) {
    return new Section(root, List.of(), new TreeSet<>());
  }

  Section in(String key) {
    if (root.hasPath(full(key)) && value(key).valueType() != ConfigValueType.OBJECT) {
      throw error(key, "must be a block in { }");
    }
    return new Section(root, longer(key), known);
  }

  String oneOf(String key, List<String> words) {
    var word = read(key, root::getString, "one of " + String.join(", ", words));
    if (!words.contains(word)) {
      throw error(key, "is '" + word + "'; it must be one of " + String.join(", ", words));
    }
    return word;
  }

  String text(String key) {
    var text = read(key, root::getString, "a text");
    if (text.isBlank()) throw error(key, "must not be empty");
    return text;
  }

  /// Absent if it is empty.
  Optional<String> optionalText(String key) {
    return Optional.of(read(key, root::getString, "a text")).filter(it -> !it.isBlank());
  }

  boolean flag(String key) {
    return read(key, root::getBoolean, "on or off");
  }

  int number(String key, int least, int most) {
    int number = read(key, root::getInt, "a number");
    if (number < least || number > most) {
      throw error(key, "is " + number + "; it must be from " + least + " to " + most);
    }
    return number;
  }

  /// All keys of this block.
  List<String> keys() {
    var here = ConfigUtil.joinPath(path);
    return root.hasPath(here) ? List.copyOf(root.getObject(here).keySet()) : List.of();
  }

  /// A string or a list of strings.
  List<String> texts(String key) {
    boolean isList = value(key).valueType() == ConfigValueType.LIST;
    return isList
        ? read(key, root::getStringList, "a list of strings")
        : List.of(read(key, root::getString, "a string or a list of strings"));
  }

  BadConf error(String key, String what) {
    var where = root.hasPath(full(key)) ? where(value(key)) : "";
    return new BadConf(name(longer(key)) + " " + what + where + ".");
  }

  /// Fails if the file contains an unknown key.
  void refuseUnknown() {
    for (var entry : root.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw new BadConf(
            "%s is not a setting; `%s help config` lists them%s."
                .formatted(
                    name(ConfigUtil.splitPath(entry.getKey())),
                    Program.NAME,
                    where(entry.getValue())));
      }
    }
  }

  private ConfigValue value(String key) {
    return root.getValue(full(key));
  }

  private <T> T read(String key, Function<String, T> reader, String expected) {
    known.add(full(key));
    try {
      return reader.apply(full(key));
    } catch (ConfigException fault) {
      throw error(key, "must be " + expected);
    }
  }

  private List<String> longer(String key) {
    var longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private String full(String key) {
    return ConfigUtil.joinPath(longer(key));
  }

  private static String name(List<String> path) {
    return String.join(".", path);
  }

  private static String where(ConfigValue value) {
    var origin = value.origin();
    var place = Optional.ofNullable(origin.filename()).orElse(origin.description());
    return origin.lineNumber() > 0 ? " (%s, line %d)".formatted(place, origin.lineNumber()) : "";
  }
}
