package kith.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The schema of the socket's frames, in the form that clients receive.
final class SocketSchema {
  static final String FILE = "protocol/src/main/resources/kith/protocol/socket.schema.json";
  static final JsonNode DOCUMENT = read();

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema CLIENT_FRAMES = of("ClientFrame");
  private static final Schema SERVER_FRAMES = of("ServerFrame");

  private SocketSchema() {}

  private static JsonNode read() {
    try (var file = Json.class.getResourceAsStream("/kith/protocol/socket.schema.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(file));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Schema of(String name) {
    var root = new ObjectMapper().createObjectNode();
    root.set("$schema", DOCUMENT.get("$schema"));
    root.put("$ref", "#/$defs/" + name);
    root.set("$defs", DOCUMENT.get("$defs"));
    return SCHEMAS.getSchema(root);
  }

  static JsonNode definition(String name) {
    return DOCUMENT.path("$defs").path(name);
  }

  /// The schema after references, which may have a description beside them.
  static JsonNode resolved(JsonNode schema) {
    var reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : resolved(DOCUMENT.at(reference.substring(1)));
  }

  static List<String> faultsOfClientFrame(JsonNode frame) {
    return CLIENT_FRAMES.validate(frame).stream().map(Object::toString).toList();
  }

  static List<String> faultsOfServerFrame(JsonNode frame) {
    return SERVER_FRAMES.validate(frame).stream().map(Object::toString).toList();
  }

  /// The faults of the schema itself.
  static List<String> faultsOfDocument() {
    return SCHEMAS
        .getSchema(SchemaLocation.of(DOCUMENT.path("$schema").asText()))
        .validate(DOCUMENT)
        .stream()
        .map(Object::toString)
        .toList();
  }

  static List<String> texts(JsonNode list) {
    return stream(list).map(JsonNode::asText).toList();
  }

  static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
