package kith.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kith.node.platform.serialization.NamedCborSerializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;

/// The bytes that each release wrote, as files `<kind>/<release>/<manifest>[-n].cbor` among the
/// resources of the tests, and the values that are in them. A file of a release that is out is
/// never written again.
public final class StoredBytes {
  /// The release that is being made.
  private static final String RELEASE = "0.1";

  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private static final ObjectMapper TREES = new CBORMapper();

  private final Path kind;
  private final Predicate<String> isMeant;
  private final Serialization serialization;
  private final Map<String, Object> examples = new LinkedHashMap<>();

  /// @param isMeant selects the files by their type names
  public StoredBytes(
      ActorSystem<?> system, String kind, Predicate<String> isMeant, List<?> examples) {
    this.kind = RESOURCES.resolve(kind);
    this.isMeant = isMeant;
    this.serialization = SerializationExtension.get(system);
    examples.forEach(this::add);
  }

  private void add(Object example) {
    var manifest = Serializers.manifestFor(serialization.findSerializerFor(example), example);
    var name = manifest;
    for (var n = 2; examples.containsKey(name); n++) name = manifest + "-" + n;
    examples.put(name, example);
  }

  /// Every file of every release, as `<release>/<manifest>[-n].cbor`.
  public Stream<String> files() {
    try (var all = Files.walk(kind, 2)) {
      return all
          .filter(file -> file.toString().endsWith(".cbor"))
          .filter(file -> isMeant.test(file.getFileName().toString()))
          .map(file -> kind.relativize(file).toString())
          .sorted()
          .toList()
          .stream();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// The value that the file must contain.
  public Object example(String file) {
    return Objects.requireNonNull(
        examples.get(name(file)), () -> file + " is not among the examples any more");
  }

  public Object read(String file) {
    return read(file, bytes(file));
  }

  /// The same as another release would have written it.
  public Object read(String file, Consumer<ObjectNode> change) {
    try {
      var tree = (ObjectNode) TREES.readTree(bytes(file));
      change.accept(tree);
      return read(file, TREES.writeValueAsBytes(tree));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private Object read(String file, byte[] bytes) {
    return serialization.deserialize(bytes, NamedCborSerializer.IDENTIFIER, manifest(file)).get();
  }

  private byte[] bytes(String file) {
    try {
      return Files.readAllBytes(kind.resolve(file));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// Examples that this release has no file of.
  public List<String> missing() {
    return examples.keySet().stream().filter(name -> !Files.exists(file(name))).toList();
  }

  /// Adds missing files; existing files stay unchanged.
  public void write() throws IOException {
    Files.createDirectories(kind.resolve(RELEASE));
    for (var name : missing())
      Files.write(file(name), serialization.serialize(examples.get(name)).get());
  }

  /// The lines that any release has in a file of this name beside its bytes.
  public List<String> everWritten(String name) throws IOException {
    try (var releases = Files.list(kind)) {
      var lines = new ArrayList<String>();
      for (var release : releases.toList()) lines.addAll(Files.readAllLines(release.resolve(name)));
      return lines;
    }
  }

  public void write(String name, List<String> lines) throws IOException {
    Files.createDirectories(kind.resolve(RELEASE));
    Files.write(kind.resolve(RELEASE).resolve(name), lines);
  }

  private Path file(String name) {
    return kind.resolve(RELEASE).resolve(name + ".cbor");
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1, file.length() - ".cbor".length());
  }

  private static String manifest(String file) {
    return name(file).replaceFirst("-[0-9]+$", "");
  }
}
