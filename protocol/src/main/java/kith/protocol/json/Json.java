package kith.protocol.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import kith.protocol.Ids;
import kith.protocol.JoinState;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.Role;
import kith.protocol.ServerRole;
import kith.protocol.ShownTo;
import kith.protocol.SignUpPolicy;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// Converts the protocol's records to JSON and back; no other class does.
///
/// Unknown fields are ignored, so that an older peer understands a newer one; every other mismatch
/// is a `Malformed` with a stable code.
public final class Json {
  private Json() {}

  private static final Consumer<MutableConfigOverride> EMPTY_IF_ABSENT =
      override -> override.setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL));

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .disable(JsonFactory.Feature.CHARSET_DETECTION)
                  .build())
          .addModules(
              new Jdk8Module(),
              new JavaTimeModule(),
              new ParameterNamesModule(),
              new SimpleModule().addDeserializer(String.class, new WellFormedText()))
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .withConfigOverride(Map.class, EMPTY_IF_ABSENT)
          .withConfigOverride(List.class, EMPTY_IF_ABSENT)
          .addMixIn(ClientFrame.class, Mixins.OfClientFrame.class)
          .addMixIn(ServerFrame.class, Mixins.OfServerFrame.class)
          .addMixIn(Entry.class, Mixins.OfEntry.class)
          .addMixIn(Role.class, Mixins.OfEnum.class)
          .addMixIn(ServerRole.class, Mixins.OfEnum.class)
          .addMixIn(Status.class, Mixins.OfEnum.class)
          .addMixIn(Visibility.class, Mixins.OfEnum.class)
          .addMixIn(ShownTo.class, Mixins.OfEnum.class)
          .addMixIn(JoinState.class, Mixins.OfEnum.class)
          .addMixIn(ConversationsFrom.class, Mixins.OfEnum.class)
          .addMixIn(SignUpPolicy.class, Mixins.OfEnum.class)
          .addMixIn(NotificationContents.class, Mixins.OfEnum.class)
          .addMixIn(NotificationLevel.class, Mixins.OfEnum.class)
          .build();

  private static final String NO_OBJECT = "Expected one JSON object.";

  private static final ObjectReader CLIENT_FRAMES = MAPPER.readerFor(ClientFrame.class);
  private static final ObjectReader SERVER_FRAMES = MAPPER.readerFor(ServerFrame.class);
  private static final ObjectWriter CLIENT_FRAME = MAPPER.writerFor(ClientFrame.class);
  private static final ObjectWriter SERVER_FRAME = MAPPER.writerFor(ServerFrame.class);
  private static final ObjectWriter ENTRY = MAPPER.writerFor(Entry.class);

  public static ClientFrame clientFrame(String json) throws Malformed {
    var utf8 = json.getBytes(StandardCharsets.UTF_8);
    return clientFrame(utf8, 0, utf8.length);
  }

  public static ClientFrame clientFrame(byte[] utf8, int offset, int length) throws Malformed {
    try {
      ClientFrame frame = CLIENT_FRAMES.readValue(utf8, offset, length);
      if (frame == null) throw new Malformed(Code.MALFORMED_JSON, NO_OBJECT);
      return frame;
    } catch (IOException fault) {
      throw named(malformed(fault), utf8, offset, length);
    }
  }

  /// Adds the frame's `id` and `room`, so that the sender knows which frame is malformed. A JSON
  /// number or string has neither, and cannot have an unknown type.
  private static Malformed named(Malformed fault, byte[] utf8, int offset, int length) {
    try {
      var frame = MAPPER.readTree(utf8, offset, length);
      if (!frame.isObject()) return new Malformed(Code.MALFORMED_JSON, NO_OBJECT);
      return fault.in(name(frame, "id"), name(frame, "room"));
    } catch (IOException _) {
      return fault;
    }
  }

  private static Optional<String> name(JsonNode frame, String field) {
    return Optional.ofNullable(frame.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> Ids.isId(text));
  }

  public static ServerFrame serverFrame(String json) throws Malformed {
    return read(SERVER_FRAMES, ServerFrame.class, json);
  }

  public static String text(ClientFrame frame) {
    return write(CLIENT_FRAME, frame);
  }

  public static String text(ServerFrame frame) {
    return write(SERVER_FRAME, frame);
  }

  public static byte[] bytes(ServerFrame frame) {
    return writeBytes(SERVER_FRAME, frame);
  }

  public static byte[] bytes(Entry entry) {
    return writeBytes(ENTRY, entry);
  }

  public static String text(Entry entry) {
    return write(ENTRY, entry);
  }

  /// Reads a REST body.
  public static <T> T rest(String json, Class<T> type) throws Malformed {
    return read(MAPPER.readerFor(type), type, json);
  }

  public static String restText(Record body) {
    return write(MAPPER.writer(), body);
  }

  private static <T> T read(ObjectReader reader, Class<T> type, String json) throws Malformed {
    try {
      Object value = reader.readValue(json);
      if (value == null) throw new Malformed(Code.MALFORMED_JSON, NO_OBJECT);
      return type.cast(value);
    } catch (JsonProcessingException fault) {
      throw malformed(fault);
    }
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException fault) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), fault);
    }
  }

  private static byte[] writeBytes(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException fault) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), fault);
    }
  }

  private static Malformed malformed(IOException fault) {
    return switch (fault) {
      case InvalidTypeIdException noType when noType.getTypeId() == null ->
          new Malformed(Code.UNKNOWN_TYPE, "The field 'type' is missing.");
      case InvalidTypeIdException _ ->
          new Malformed(Code.UNKNOWN_TYPE, Code.UNKNOWN_TYPE.sentence());
      case JsonMappingException mapping when mapping.getPath().isEmpty() ->
          new Malformed(Code.MALFORMED_JSON, NO_OBJECT);
      case JsonMappingException mapping ->
          new Malformed(
              Code.BAD_FIELD, "The field '" + path(mapping) + "' is missing or not valid.");
      default -> new Malformed(Code.MALFORMED_JSON, Code.MALFORMED_JSON.sentence());
    };
  }

  private static String path(JsonMappingException fault) {
    return fault.getPath().stream()
        .map(step -> step.getFieldName() == null ? "[]" : shown(step.getFieldName()))
        .collect(Collectors.joining("."));
  }

  /// The keys of maps are part of the path, too.
  private static String shown(String field) {
    return Ids.isId(field) ? field : "?";
  }
}
