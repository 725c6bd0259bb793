package kith.protocol.json;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static kith.protocol.json.SocketSchema.DOCUMENT;
import static kith.protocol.json.SocketSchema.definition;
import static kith.protocol.json.SocketSchema.resolved;
import static kith.protocol.json.SocketSchema.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// The schema of the socket describes the records of the frames: each type, each field, its type,
/// and whether it may be absent. Patterns, bounds and sentences are written by hand.
class SocketSchemaTest {
  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class);
  private static final Map<Type, String> SCALARS =
      Map.of(
          String.class, "{\"type\": \"string\"}",
          int.class, "{\"type\": \"integer\", \"format\": \"int32\"}",
          Integer.class, "{\"type\": \"integer\", \"format\": \"int32\"}",
          OptionalInt.class, "{\"type\": \"integer\", \"format\": \"int32\"}",
          long.class, "{\"type\": \"integer\", \"format\": \"int64\"}",
          Long.class, "{\"type\": \"integer\", \"format\": \"int64\"}",
          OptionalLong.class, "{\"type\": \"integer\", \"format\": \"int64\"}",
          boolean.class, "{\"type\": \"boolean\"}",
          Boolean.class, "{\"type\": \"boolean\"}",
          Instant.class, "{\"$ref\": \"#/$defs/Time\"}");

  @Test
  void theSocketSchemaIsAValidSchema() {
    assertThat(SocketSchema.faultsOfDocument()).isEmpty();
  }

  @Test
  void everyTypeOfFrameAndEntryHasASchemaAndNoOther() {
    assertThat(alternatives("ClientFrame"))
        .as("%s: the alternatives of $defs.ClientFrame", SocketSchema.FILE)
        .isEqualTo(typesByName(Mixins.OfClientFrame.class, "Client%s"));
    assertThat(alternatives("ServerFrame"))
        .as("%s: the alternatives of $defs.ServerFrame", SocketSchema.FILE)
        .isEqualTo(typesByName(Mixins.OfServerFrame.class, "Server%s"));
    assertThat(alternatives("Entry"))
        .as("%s: the alternatives of $defs.Entry", SocketSchema.FILE)
        .isEqualTo(typesByName(Mixins.OfEntry.class, "%sEntry"));
  }

  @Test
  void everyRecordOfAFrameHasANameOnTheWire() {
    assertThat(records(ClientFrame.class, ClientFrame.class))
        .isEqualTo(subTypes(Mixins.OfClientFrame.class));
    assertThat(records(ServerFrame.class, ServerFrame.class))
        .isEqualTo(subTypes(Mixins.OfServerFrame.class));
    var entries = records(Entry.class, Entry.class);
    entries.remove(Entry.Unknown.class);
    assertThat(entries).isEqualTo(subTypes(Mixins.OfEntry.class));
  }

  @Test
  void everyFieldOfEveryRecordIsDescribedAndNoOther() {
    assertThat(described().entrySet().stream().flatMap(it -> faults(it.getKey(), it.getValue())))
        .as("correct them in " + SocketSchema.FILE)
        .isEmpty();
  }

  @Test
  void everyDefinitionIsUsed() {
    var used = new TreeSet<>(DOCUMENT.findValuesAsText("$ref"));
    var all = new TreeSet<String>();
    DOCUMENT.path("$defs").fieldNames().forEachRemaining(name -> all.add("#/$defs/" + name));

    assertThat(used).isEqualTo(all);
  }

  @Test
  void everyCodeIsListed() {
    var codes = Stream.of(Code.values()).map(Code::wire).toList();

    assertThat(texts(definition("Code").path("x-extensible-enum")))
        .as("%s: $defs.Code.x-extensible-enum", SocketSchema.FILE)
        .containsExactlyInAnyOrderElementsOf(codes);
    for (var list : DOCUMENT.findValues("x-codes"))
      assertThat(texts(list)).isSubsetOf(codes).doesNotHaveDuplicates();
  }

  @Test
  void everyClientFrameNamesItsAnswersAndItsCodes() {
    var answers = new ArrayList<String>();
    alternatives("ServerFrame").keySet().forEach(answers::add);
    for (var name : alternatives("ClientFrame").values()) {
      assertThat(definition(name).path("x-codes").isEmpty()).as(name).isFalse();
      assertThat(definition(name).has("x-answers")).as(name).isTrue();
      assertThat(texts(definition(name).path("x-answers"))).as(name).isSubsetOf(answers);
    }
  }

  @Test
  void everyFeatureOfAFrameIsListed() {
    var features = texts(definition("Features").path("x-extensible-enum"));

    assertThat(DOCUMENT.findValuesAsText("x-feature")).isNotEmpty().isSubsetOf(features);
  }

  /// The frames stored from each release show when a field was added.
  @Test
  void everyFrameAndFieldIsMarkedWithItsFirstRelease() throws Exception {
    var first = StoredFrames.firstReleases();
    var marks = new LinkedHashMap<String, String>();
    described().forEach((name, type) -> marks.putAll(marks(name, type)));

    assertThat(marks.keySet()).isSubsetOf(first.keySet());
    marks.forEach((field, release) ->
        assertThat(release)
            .as("x-since of %s in %s", field, SocketSchema.FILE)
            .isEqualTo(first.get(field)));
  }

  /// The mark by field, as in `StoredFrames`: its own, or that of its record, or that of the
  /// document.
  private static Map<String, String> marks(String name, Class<?> type) {
    var whole = definition(name).path("x-since").asText(DOCUMENT.path("x-since").asText());
    var marks = new LinkedHashMap<String, String>();
    for (var field : type.getRecordComponents())
      marks.put(
          StoredFrames.name(type, field.getName()),
          definition(name).path("properties").path(field.getName()).path("x-since").asText(whole));
    return marks;
  }

  /// The records that frames consist of, by the name of their schema.
  private static Map<String, Class<?>> described() {
    var found = new LinkedHashMap<String, Class<?>>();
    typesByClass(Mixins.OfClientFrame.class, "Client%s")
        .forEach((type, name) -> add(name, type, found));
    typesByClass(Mixins.OfServerFrame.class, "Server%s")
        .forEach((type, name) -> add(name, type, found));
    typesByClass(Mixins.OfEntry.class, "%sEntry").forEach((type, name) -> add(name, type, found));
    return found;
  }

  private static void add(String name, Class<?> type, Map<String, Class<?>> found) {
    if (found.put(name, type) != null) return;
    for (var field : type.getRecordComponents())
      for (var part : parts(field.getGenericType()))
        if (part.isRecord()) add(name(part), part, found);
  }

  private static List<Class<?>> parts(Type type) {
    if (type instanceof ParameterizedType generic)
      return Stream.of(generic.getActualTypeArguments()).flatMap(it -> parts(it).stream()).toList();
    return type instanceof Class<?> some ? List.of(some) : List.of();
  }

  /// `Limits.OfRoom` is `LimitsOfRoom`; other names are unique without their holders.
  private static String name(Class<?> type) {
    return type.getSimpleName().startsWith("Of")
        ? type.getEnclosingClass().getSimpleName() + type.getSimpleName()
        : type.getSimpleName();
  }

  private static Stream<String> faults(String name, Class<?> type) {
    var schema = definition(name);
    if (schema.isMissingNode())
      return Stream.of("Add $defs.%s, with the fields of %s.".formatted(name, type.getName()));
    var faults = new ArrayList<String>();
    var fields = new TreeSet<String>();
    schema.path("properties").fieldNames().forEachRemaining(fields::add);
    var required = new TreeSet<>(texts(schema.path("required")));
    if (fields.contains("type") && schema.at("/properties/type").has("const")) {
      fields.remove("type");
      if (!required.remove("type")) faults.add("Add 'type' to required of $defs." + name + ".");
    }
    for (var field : type.getRecordComponents()) {
      var is = schema.path("properties").path(field.getName());
      var expected = expected(field.getGenericType());
      if (!fields.remove(field.getName()))
        faults.add(
            "Add %s to properties of $defs.%s: %s, with a description, and \"x-since\" if it came after release %s."
                .formatted(field.getName(), name, expected, DOCUMENT.path("x-since").asText()));
      else if (!matches(field.getGenericType(), is))
        faults.add(
            "$defs.%s.properties.%s must be like %s.".formatted(name, field.getName(), expected));
      if (required.remove(field.getName()) == mayBeAbsent(field))
        faults.add(
            "%s required of $defs.%s: %s."
                .formatted(mayBeAbsent(field) ? "Remove from" : "Add to", name, field.getName()));
    }
    for (var other : fields)
      faults.add("Remove %s from $defs.%s: no record has it.".formatted(other, name));
    for (var other : required)
      faults.add("Remove %s from required of $defs.%s.".formatted(other, name));
    return faults.stream();
  }

  private static boolean mayBeAbsent(RecordComponent field) {
    return OPTIONAL.contains(field.getType()) || field.getType() == Map.class;
  }

  /// The schema of a type, to be copied from the message of a failed test.
  private static String expected(Type type) {
    if (SCALARS.containsKey(type)) return SCALARS.get(type);
    if (type instanceof ParameterizedType generic) {
      var inner = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class)
        return "{\"type\": \"array\", \"items\": " + expected(inner[0]) + "}";
      if (generic.getRawType() == Map.class)
        return "{\"type\": \"object\", \"additionalProperties\": " + expected(inner[1]) + "}";
      return expected(inner[0]);
    }
    return "{\"$ref\": \"#/$defs/" + name((Class<?>) type) + "\"}";
  }

  private static boolean matches(Type type, JsonNode is) {
    if (type == Instant.class) return resolved(is).path("format").asText().equals("date-time");
    if (SCALARS.containsKey(type)) {
      var scalar = tree(SCALARS.get(type));
      return scalar.path("type").equals(resolved(is).path("type"))
          && scalar.path("format").equals(resolved(is).path("format"));
    }
    if (type instanceof ParameterizedType generic) {
      var inner = generic.getActualTypeArguments();
      var schema = resolved(is);
      if (generic.getRawType() == List.class)
        return schema.path("type").asText().equals("array")
            && matches(inner[0], schema.path("items"));
      if (generic.getRawType() == Map.class)
        return schema.path("type").asText().equals("object")
            && matches(inner[1], schema.path("additionalProperties"));
      return matches(inner[0], is);
    }
    var named = (Class<?>) type;
    if (named.isEnum()) return isEnum(named, resolved(is));
    return is.path("$ref").asText().equals("#/$defs/" + name(named));
  }

  /// A frame may have some of the constants only.
  private static boolean isEnum(Class<?> type, JsonNode schema) {
    var constants =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(toSet());
    var listed = texts(schema.path("enum"));
    var isWhole = schema.equals(definition(type.getSimpleName()));
    return !listed.isEmpty()
        && constants.containsAll(listed)
        && (!isWhole || listed.size() == constants.size());
  }

  private static JsonNode tree(String json) {
    try {
      return StoredFrames.tree(json);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// The names of the alternatives' schemas, by `type`.
  private static Map<String, String> alternatives(String name) {
    return SocketSchema.stream(definition(name).path("oneOf"))
        .map(it -> it.path("$ref").asText().substring("#/$defs/".length()))
        .collect(toMap(it -> definition(it).at("/properties/type/const").asText(), it -> it));
  }

  private static Map<String, String> typesByName(Class<?> mixin, String name) {
    return Stream.of(mixin.getAnnotation(JsonSubTypes.class).value())
        .collect(toMap(JsonSubTypes.Type::name, it -> name.formatted(it.value().getSimpleName())));
  }

  private static Map<Class<?>, String> typesByClass(Class<?> mixin, String name) {
    var types = new LinkedHashMap<Class<?>, String>();
    for (var it : mixin.getAnnotation(JsonSubTypes.class).value())
      types.put(it.value(), name.formatted(it.value().getSimpleName()));
    return types;
  }

  private static Set<Class<?>> subTypes(Class<?> mixin) {
    return Stream.of(mixin.getAnnotation(JsonSubTypes.class).value())
        .map(JsonSubTypes.Type::value)
        .collect(toSet());
  }

  private static Set<Class<?>> records(Class<?> holder, Class<?> kind) {
    return Stream.of(holder.getDeclaredClasses())
        .filter(it -> it.isRecord() && kind.isAssignableFrom(it))
        .collect(toSet());
  }
}
