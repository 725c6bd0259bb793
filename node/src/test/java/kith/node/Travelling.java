package kith.node;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.account.Account;
import kith.node.core.room.Room;
import kith.node.platform.serialization.CborSerializable;

/// Which types of this release other nodes get to see, found in its classes.
final class Travelling {
  private Travelling() {}

  /// The records that travel: public, so that another package could send them.
  static Set<Class<?>> records() {
    return serializable().filter(Travelling::isPublic).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Class<?>> serializable() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("kith.node").stream()
            .filter(type -> type.isAssignableTo(CborSerializable.class))
            .filter(type -> !type.isInterface())
            .map(JavaClass::reflect);
  }

  private static boolean isPublic(Class<?> type) {
    var outer = Optional.<Class<?>>ofNullable(type.getEnclosingClass());
    return Modifier.isPublic(type.getModifiers()) && outer.map(Travelling::isPublic).orElse(true);
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

  /// The enums in what travels or is kept, which is all but what an actor says to itself.
  static Set<Class<?>> enums() {
    var seen = new HashSet<Class<?>>();
    serializable()
        .filter(type -> isPublic(type) || !isCommand(type))
        .forEach(type -> see(type, seen));
    return seen.stream().filter(Class::isEnum).collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isCommand(Class<?> type) {
    return Room.Command.class.isAssignableFrom(type)
        || Account.Command.class.isAssignableFrom(type);
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
