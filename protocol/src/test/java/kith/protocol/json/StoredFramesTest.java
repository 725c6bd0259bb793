package kith.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Inboxes;
import kith.protocol.rest.People;
import kith.protocol.rest.Presences;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads frames and bodies stored from each release, one per line. A client can be older or newer
/// than its node, so each must understand the other.
class StoredFramesTest {
  private static final Path WIRE = Path.of("src", "test", "resources", "wire");
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final Set<Object> ABSENT =
      Set.of(Optional.empty(), OptionalInt.empty(), OptionalLong.empty());

  static Stream<String> clientFrames() {
    return lines("client.jsonl");
  }

  static Stream<String> serverFrames() {
    return lines("server.jsonl");
  }

  static Stream<String> bodies() {
    return lines("rest.jsonl");
  }

  private static Stream<String> lines(String file) {
    try (var releases = Files.list(WIRE)) {
      var lines = releases.sorted().map(release -> lines(release.resolve(file)));
      return lines.flatMap(List::stream).toList().stream();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @ParameterizedTest
  @MethodSource("clientFrames")
  void storedClientFramesAreStillUnderstood(String line) throws Exception {
    var frame = Json.clientFrame(line);

    assertThat(tree(Json.text(frame))).isEqualTo(tree(line));
    assertThat(Json.clientFrame(withMore((ObjectNode) tree(line)).toString())).isEqualTo(frame);
  }

  @ParameterizedTest
  @MethodSource("serverFrames")
  void storedServerFramesAreStillUnderstood(String line) throws Exception {
    var frame = Json.serverFrame(line);

    assertThat(tree(Json.text(frame))).isEqualTo(tree(line));
    assertThat(Json.serverFrame(withMoreEverywhere(tree(line)).toString())).isEqualTo(frame);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void storedBodiesAreStillUnderstood(String line) throws Exception {
    var text = tree(line).elements().next().toString();
    var body = body(line, text);

    assertThat(tree(Json.restText(body))).isEqualTo(tree(text));
    assertThat(body(line, withMoreEverywhere(tree(text)).toString())).isEqualTo(body);
  }

  private static Record body(String line, String text) throws Exception {
    var name = tree(line).fieldNames().next().replace('.', '$');
    return Json.rest(text, Class.forName("kith.protocol.rest." + name).asSubclass(Record.class));
  }

  private static JsonNode tree(String json) throws IOException {
    return TREES.readTree(json);
  }

  /// The frame with an added field, as the next release may send it.
  private static ObjectNode withMore(ObjectNode frame) {
    frame.putObject("added").putArray("by").add("the next release");
    return frame;
  }

  private static JsonNode withMoreEverywhere(JsonNode frame) {
    frame.forEach(StoredFramesTest::withMoreEverywhere);
    return frame instanceof ObjectNode object ? withMore(object) : frame;
  }

  @Test
  void everyFieldOfEveryFrameAndBodyIsStored() throws Exception {
    var stored = new HashSet<String>();
    for (var line : clientFrames().toList()) collect(Json.clientFrame(line), stored);
    for (var line : serverFrames().toList()) collect(Json.serverFrame(line), stored);
    for (var line : bodies().toList())
      collect(body(line, tree(line).elements().next().toString()), stored);

    var missing = fields();
    missing.removeAll(stored);

    assertThat(missing)
        .as("add lines with them to src/test/resources/wire; docs/compatibility.md says how")
        .isEmpty();
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

  private static Set<String> fields() {
    var types = new HashSet<Class<?>>(Set.of(Entry.Unknown.class));
    for (var one : List.of(ClientFrame.class, ServerFrame.class, ProblemDetails.class))
      see(one, types);
    for (var holder :
        List.of(
            Accounts.class,
            // features' posts, too: that branch is not sealed
            ClientFrame.class,
            Inboxes.class,
            People.class,
            Presences.class,
            RoomRequests.class,
            RoomAnswers.class)) for (var one : holder.getDeclaredClasses()) see(one, types);
    types.remove(Entry.Unknown.class);
    var fields = new HashSet<String>();
    for (var type : types)
      if (type.isRecord())
        for (var part : type.getRecordComponents()) fields.add(name(type, part.getName()));
    return fields;
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

  private static String name(Class<?> type, String field) {
    return type.getName() + "." + field;
  }

  @Test
  void noStoredCodeIsRenamedOrRemoved() {
    assertThat(Stream.of(Code.values()).map(Code::wire)).containsAll(lines("codes.txt").toList());
  }

  @Test
  void everyCodeIsStored() {
    assertThat(lines("codes.txt")).containsAll(Stream.of(Code.values()).map(Code::wire).toList());
  }
}
