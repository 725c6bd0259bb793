package kith.protocol.json;

import static java.util.stream.Collectors.toSet;
import static kith.protocol.json.SocketSchema.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The example frames for authors of clients: the reader, the writer and the schema agree on each.
class VectorsTest {
  private static final ObjectMapper TREES = new ObjectMapper();

  /// A value of another JSON type for each field.
  private static final JsonNode OBJECT = TREES.createObjectNode();

  record Vector(String name, JsonNode all) {
    JsonNode frame() {
      return all.path("frame");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Vector> clientFrames() {
    return vectors("client-frames.json");
  }

  static Stream<Vector> serverFrames() {
    return vectors("server-frames.json");
  }

  static Stream<Vector> laterServerFrames() {
    return vectors("later-server-frames.json");
  }

  static Stream<Vector> invalidClientFrames() {
    return vectors("invalid-client-frames.json");
  }

  private static Stream<Vector> vectors(String file) {
    try {
      return SocketSchema.stream(TREES.readTree(Path.of("vectors", file).toFile()))
          .map(it -> new Vector(it.path("name").asText(), it));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @ParameterizedTest
  @MethodSource("clientFrames")
  void clientFramesAreReadAndMatchTheSchema(Vector vector) throws Exception {
    var written = TREES.readTree(Json.text(Json.clientFrame(vector.frame().toString())));

    assertThat(without(written, "resume")).isEqualTo(without(vector.frame(), "resume", "added"));
    assertThat(SocketSchema.faultsOfClientFrame(vector.frame())).isEmpty();
  }

  /// An empty map is written, but need not be sent.
  private static JsonNode without(JsonNode frame, String... fields) {
    return ((ObjectNode) frame.deepCopy()).remove(List.of(fields));
  }

  @ParameterizedTest
  @MethodSource("serverFrames")
  void serverFramesAreReadAndWrittenAndMatchTheSchema(Vector vector) throws Exception {
    var frame = Json.serverFrame(vector.frame().toString());

    assertThat(TREES.readTree(Json.text(frame))).isEqualTo(vector.frame());
    assertThat(SocketSchema.faultsOfServerFrame(vector.frame())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("laterServerFrames")
  void knownFieldsOfLaterServersFramesAreRead(Vector vector) throws Exception {
    var readAs = vector.all().path("readAs").asText();
    if (readAs.isEmpty()) {
      assertThatCode(() -> Json.serverFrame(vector.frame().toString()))
          .isInstanceOf(Malformed.class);
      return;
    }
    var written = TREES.readTree(Json.text(Json.serverFrame(vector.frame().toString())));

    assertThat(written.path("type").asText()).isEqualTo(readAs);
  }

  /// Most are refused by the reader. A story test sends all of them to a node.
  @ParameterizedTest
  @MethodSource("invalidClientFrames")
  void invalidFramesAreRefusedWithTheirCode(Vector vector) {
    var text = vector.all().path("text").asText();
    var code = vector.all().path("code").asText();

    var refusal = refusal(text);
    if (refusal.isPresent()) assertThat(refusal).contains(code);
    else assertThat(code).isNotIn("malformed-json", "unknown-type");
  }

  private static Optional<String> refusal(String text) {
    try {
      Json.clientFrame(text);
      return Optional.empty();
    } catch (Malformed fault) {
      return Optional.of(fault.code().wire());
    }
  }

  /// `schema` is true if a schema can find the fault; it is absent for text that is not a JSON
  /// object.
  @ParameterizedTest
  @MethodSource("invalidClientFrames")
  void theSchemaRefusesTheFaultsThatItDescribes(Vector vector) throws JsonProcessingException {
    var schema = vector.all().path("schema").asText();
    if (schema.isEmpty()) return;
    var frame = TREES.readTree(vector.all().path("text").asText());

    assertThat(SocketSchema.faultsOfClientFrame(frame).isEmpty())
        .as("%s is %s", vector, schema)
        .isEqualTo(schema.equals("accepted"));
  }

  @Test
  void everyTypeOfFrameAndEntryAndEveryFieldHasAnExample() {
    var seen = new HashSet<String>();
    clientFrames().forEach(it -> collect("ClientFrame", it.frame(), seen));
    serverFrames().forEach(it -> collect("ServerFrame", it.frame(), seen));
    var all = new HashSet<String>();
    SocketSchema.DOCUMENT
        .path("$defs")
        .properties()
        .forEach(definition ->
            definition
                .getValue()
                .path("properties")
                .fieldNames()
                .forEachRemaining(field -> all.add(definition.getKey() + "." + field)));

    assertThat(seen).as("add examples to protocol/vectors").containsAll(all);
  }

  @Test
  void everyNameIsUsedOnce() {
    for (var vectors :
        List.of(clientFrames(), serverFrames(), laterServerFrames(), invalidClientFrames()))
      assertThat(vectors.map(Vector::name)).doesNotHaveDuplicates();
  }

  /// The fields of a value, by the names of its schemas.
  private static void collect(String definition, JsonNode value, Set<String> seen) {
    var schema = chosen(SocketSchema.definition(definition), value);
    var name = schema.name().isEmpty() ? definition : schema.name();
    value
        .properties()
        .forEach(field -> {
          seen.add(name + "." + field.getKey());
          var inner = schema.schema().path("properties").path(field.getKey());
          var items = inner.has("items") ? inner.path("items") : inner;
          var reference = items.path("$ref").asText();
          if (reference.isEmpty()) return;
          var part = reference.substring("#/$defs/".length());
          if (inner.has("items")) field.getValue().forEach(it -> collect(part, it, seen));
          else if (field.getValue().isObject()) collect(part, field.getValue(), seen);
        });
  }

  private record Chosen(String name, JsonNode schema) {}

  /// The alternative with the value's `type`.
  private static Chosen chosen(JsonNode schema, JsonNode value) {
    return SocketSchema.stream(schema.path("oneOf"))
        .filter(it -> resolved(it).at("/properties/type/const").equals(value.path("type")))
        .findFirst()
        .map(
            it -> new Chosen(it.path("$ref").asText().substring("#/$defs/".length()), resolved(it)))
        .orElse(new Chosen("", schema));
  }

  @ParameterizedTest
  @MethodSource("clientFrames")
  void aClientFrameWithoutARequiredFieldOrWithAnotherTypeIsRefused(Vector vector) {
    refusesMutations("ClientFrame", vector, SocketSchema::faultsOfClientFrame);
  }

  @ParameterizedTest
  @MethodSource("serverFrames")
  void aServerFrameWithoutARequiredFieldOrWithAnotherTypeIsRefused(Vector vector) {
    refusesMutations("ServerFrame", vector, SocketSchema::faultsOfServerFrame);
  }

  private static void refusesMutations(
      String definition, Vector vector, Function<JsonNode, List<String>> faults) {
    var whole = vector.frame().deepCopy();
    var places = new ArrayList<Place>();
    places(SocketSchema.definition(definition), whole, places);
    assertThat(places).isNotEmpty();
    for (var place : places) {
      var value = place.in().get(place.field());
      if (place.required()) {
        place.in().remove(place.field());
        assertThat(faults.apply(whole)).as("without %s: %s", place.field(), whole).isNotEmpty();
      }
      for (var other : others(value)) {
        place.in().set(place.field(), other);
        assertThat(faults.apply(whole)).as("%s: %s", place.field(), whole).isNotEmpty();
      }
      place.in().set(place.field(), value);
    }
    assertThat(whole).isEqualTo(vector.frame());
  }

  private record Place(ObjectNode in, String field, boolean required) {}

  /// Every described field of a value, and of the objects in it.
  private static void places(JsonNode schema, JsonNode value, List<Place> places) {
    var described = chosen(resolved(schema), value).schema();
    var required = Set.copyOf(SocketSchema.texts(described.path("required")));
    if (value instanceof ObjectNode object)
      for (var name : described.path("properties").properties()) {
        if (!object.has(name.getKey())) continue;
        places.add(new Place(object, name.getKey(), required.contains(name.getKey())));
        places(name.getValue(), object.get(name.getKey()), places);
      }
    else if (value.isArray())
      value.forEach(item -> places(resolved(schema).path("items"), item, places));
  }

  private static List<JsonNode> others(JsonNode value) {
    var others = new ArrayList<JsonNode>(List.of(TREES.nullNode()));
    if (!value.isTextual()) others.add(TREES.getNodeFactory().textNode("text"));
    if (!value.isNumber()) others.add(TREES.getNodeFactory().numberNode(7));
    if (!value.isBoolean()) others.add(TREES.getNodeFactory().booleanNode(true));
    if (!value.isObject()) others.add(OBJECT);
    if (value.isNumber()) others.add(TREES.getNodeFactory().numberNode(1.5));
    if (value.isArray()) others.add(TREES.createArrayNode().add(TREES.nullNode()));
    return others;
  }

  @Test
  void everyTypeIsInTheExamples() {
    assertThat(types(clientFrames().map(Vector::frame)))
        .isEqualTo(names(Mixins.OfClientFrame.class));
    assertThat(types(serverFrames().map(Vector::frame)))
        .isEqualTo(names(Mixins.OfServerFrame.class));
    assertThat(types(serverFrames().flatMap(it -> SocketSchema.stream(it.frame().path("entries")))))
        .isEqualTo(names(Mixins.OfEntry.class));
  }

  private static Set<String> types(Stream<JsonNode> frames) {
    return frames.map(it -> it.path("type").asText()).collect(toSet());
  }

  private static Set<String> names(Class<?> mixin) {
    return Stream.of(mixin.getAnnotation(JsonSubTypes.class).value())
        .map(JsonSubTypes.Type::name)
        .collect(toSet());
  }
}
