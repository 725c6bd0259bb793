package kith.node.platform.serialization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The logical names of all stored and sent types, read from the table `type-names.conf`.
///
/// A name identifies the bytes, in the journal and between nodes. It never changes; the class
/// beside it may move.
public final class TypeNames {
  private static final String TABLE = "/type-names.conf";

  private final Map<String, Class<?>> classesByName = new HashMap<>();
  private final Map<Class<?>, String> namesByClass = new HashMap<>();

  /// Throws an `IllegalStateException` if a row names a class that does not exist.
  public static TypeNames load() {
    var table = TypeNames.class.getResource(TABLE);
    if (table == null) throw new IllegalStateException("The table " + TABLE + " is missing.");
    try {
      return parse(read(table));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static String read(URL table) throws IOException {
    try (var in = table.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static TypeNames parse(String table) {
    var names = new TypeNames();
    table
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(names::add);
    return names;
  }

  private void add(String line) {
    var columns = line.split("\\s+", -1);
    if (columns.length != 2)
      throw new IllegalStateException("Expected a name and a class: " + line);
    var name = columns[0];
    var type = classNamed(columns[1]);
    if (classesByName.put(name, type) != null)
      throw new IllegalStateException("Two types have the name " + name);
    if (namesByClass.put(type, name) != null)
      throw new IllegalStateException("The type has two names: " + type.getName());
  }

  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name, false, TypeNames.class.getClassLoader());
    } catch (ClassNotFoundException fault) {
      throw new IllegalStateException(
          "The table of type names names an unknown class: " + name, fault);
    }
  }

  public Optional<String> of(Class<?> type) {
    return Optional.ofNullable(namesByClass.get(type));
  }

  public Optional<Class<?>> type(String name) {
    return Optional.ofNullable(classesByName.get(name));
  }

  public Set<Class<?>> types() {
    return Set.copyOf(namesByClass.keySet());
  }
}
