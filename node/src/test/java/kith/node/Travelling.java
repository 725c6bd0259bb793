package kith.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.account.PartState;
import kith.node.platform.serialization.TypeNames;

/// The types that nodes of this release send to each other.
final class Travelling {
  private Travelling() {}

  /// The types that are sent: those of the table of type names that no journal has. The state of a
  /// part is inside snapshots only.
  static Set<Class<?>> records() {
    var stored = storedNames();
    var names = TypeNames.load();
    return names.types().stream()
        .filter(type -> !stored.contains(names.of(type).orElseThrow()))
        .filter(type -> !PartState.class.isAssignableFrom(type))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> storedNames() {
    try (var files = Files.walk(Path.of("src", "test", "resources", "journal"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("(-[0-9]+)?\\.cbor$", ""))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// The types of these values and of all that is in them.
  static Set<Class<?>> within(Collection<?> values) {
    var found = new HashSet<Class<?>>();
    values.forEach(value -> find(value, found));
    return found;
  }

  private static void find(Object value, Set<Class<?>> found) {
    switch (value) {
      case Optional<?> some -> some.ifPresent(it -> find(it, found));
      case Collection<?> some -> some.forEach(it -> find(it, found));
      case Record some -> {
        found.add(some.getClass());
        for (var part : some.getClass().getRecordComponents()) find(valueOf(part, some), found);
      }
      default -> {}
    }
  }

  static Object valueOf(RecordComponent part, Record of) {
    try {
      part.getAccessor().setAccessible(true);
      return part.getAccessor().invoke(of);
    } catch (ReflectiveOperationException fault) {
      throw new LinkageError(part + " cannot be read", fault);
    }
  }

  /// The enums inside stored and sent types.
  static Set<Class<?>> enums() {
    var seen = new HashSet<Class<?>>();
    TypeNames.load().types().forEach(type -> see(type, seen));
    return seen.stream().filter(Class::isEnum).collect(Collectors.toUnmodifiableSet());
  }

  private static void see(Type type, Set<Class<?>> seen) {
    if (type instanceof ParameterizedType generic)
      Stream.of(generic.getActualTypeArguments()).forEach(part -> see(part, seen));
    if (!(type instanceof Class<?> some) || !some.getName().startsWith("kith.") || !seen.add(some))
      return;
    if (some.isRecord())
      for (var part : some.getRecordComponents()) see(part.getGenericType(), seen);
    if (some.isSealed()) for (var one : some.getPermittedSubclasses()) see(one, seen);
  }
}
