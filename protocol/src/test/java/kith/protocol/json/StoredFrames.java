package kith.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Frames and bodies stored from each release, one per line.
final class StoredFrames {
  private static final Path WIRE = Path.of("src", "test", "resources", "wire");
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final Set<Object> ABSENT =
      Set.of(Optional.empty(), OptionalInt.empty(), OptionalLong.empty());

  private StoredFrames() {}

  /// The directories of the releases, the oldest first.
  private static List<Path> releases() {
    try (var releases = Files.list(WIRE)) {
      return releases
          .sorted(Comparator.comparing(it -> Version.parse(it.getFileName().toString())))
          .toList();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// The lines of a file of every release.
  static Stream<String> lines(String file) {
    return releases().stream().flatMap(release -> lines(release.resolve(file)).stream());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// The fields of every frame and body that is stored.
  static Set<String> fields() throws Exception {
    return firstReleases().keySet();
  }

  /// The first release of which a frame or body with the field is stored, by field.
  static Map<String, String> firstReleases() throws Exception {
    var first = new HashMap<String, String>();
    for (var release : releases()) {
      var fields = new HashSet<String>();
      for (var line : lines(release.resolve("client.jsonl")))
        collect(Json.clientFrame(line), fields);
      for (var line : lines(release.resolve("server.jsonl")))
        collect(Json.serverFrame(line), fields);
      for (var line : lines(release.resolve("rest.jsonl")))
        collect(body(line, tree(line).elements().next().toString()), fields);
      for (var field : fields) first.putIfAbsent(field, release.getFileName().toString());
    }
    return first;
  }

  static Record body(String line, String text) throws Exception {
    var name = tree(line).fieldNames().next().replace('.', '$');
    return Json.rest(text, Class.forName("kith.protocol.rest." + name).asSubclass(Record.class));
  }

  static JsonNode tree(String json) throws IOException {
    return TREES.readTree(json);
  }

  static String name(Class<?> type, String field) {
    return type.getName() + "." + field;
  }

  private static void collect(Object value, Set<String> fields) {
    switch (value) {
      case Optional<?> some -> some.ifPresent(it -> collect(it, fields));
      case Collection<?> some -> some.forEach(it -> collect(it, fields));
      case Record some -> {
        for (var part : some.getClass().getRecordComponents()) {
          var is = valueOf(part.getAccessor(), some);
          if (!ABSENT.contains(is)) fields.add(name(some.getClass(), part.getName()));
          collect(is, fields);
        }
      }
      default -> {}
    }
  }

  private static Object valueOf(Method accessor, Record of) {
    try {
      return accessor.invoke(of);
    } catch (ReflectiveOperationException fault) {
      throw new LinkageError(accessor + " cannot be read", fault);
    }
  }
}
