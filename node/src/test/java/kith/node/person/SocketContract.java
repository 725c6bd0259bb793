package kith.node.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Compares the frames of one socket with the schema that the node serves: the form of each frame
/// of the node, also without further fields, and the codes and answers of the client's frames.
final class SocketContract {
  private static final String FILE = "socket.schema.json";
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final JsonNode DOCUMENT = strict();
  private static final Map<String, Definition> OF_CLIENT = definitions("ClientFrame");
  private static final Map<String, Definition> OF_SERVER = definitions("ServerFrame");
  private static final Map<String, Definition> ENTRIES = definitions("Entry");
  private static final Set<String> NO_FRAME = codes("ClientFrame");

  /// Frames that are answered by an `error` with their room only.
  private static final Set<String> BY_ROOM =
      Set.of("open", "read", "unread", "delivered", "receipts", "watch", "close", "typing");

  private record Definition(Schema schema, Set<String> codes, Set<String> answers) {}

  private record Sent(String type, boolean isValid) {}

  private final Map<String, Sent> sentById = new HashMap<>();
  private final Map<String, Set<String>> typesByRoom = new HashMap<>();
  private final Set<String> types = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  private static JsonNode strict() {
    try (var file = SocketContract.class.getResourceAsStream("/kith/protocol/" + FILE)) {
      var document = TREES.readTree(Objects.requireNonNull(file));
      for (var definition : document.path("$defs").properties())
        if (!definition.getKey().startsWith("Client")) close(definition.getValue());
      // entries are compared one by one, with the one alternative that has their type: twenty times
      // faster
      for (var entries : document.path("$defs").findValues("entries"))
        ((ObjectNode) entries).remove("items");
      return document;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties"))
      object.put("additionalProperties", false);
  }

  private static Map<String, Definition> definitions(String alternatives) {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    var found = new HashMap<String, Definition>();
    for (var one : DOCUMENT.path("$defs").path(alternatives).path("oneOf")) {
      var name = one.path("$ref").asText().substring("#/$defs/".length());
      var root = TREES.createObjectNode();
      root.set("$schema", DOCUMENT.get("$schema"));
      root.put("$ref", "#/$defs/" + name);
      root.set("$defs", DOCUMENT.get("$defs"));
      found.put(
          DOCUMENT.path("$defs").path(name).at("/properties/type/const").asText(),
          new Definition(registry.getSchema(root), codes(name), texts(name, "x-answers")));
    }
    return Map.copyOf(found);
  }

  private static Set<String> codes(String definition) {
    return texts(definition, "x-codes");
  }

  private static Set<String> texts(String definition, String list) {
    var texts = new HashSet<String>();
    for (var text : DOCUMENT.path("$defs").path(definition).path(list)) texts.add(text.asText());
    return texts;
  }

  /// Tests send invalid frames, too. An accepted frame must be valid.
  synchronized void sent(String text) {
    read(text).ifPresent(this::sent);
  }

  private void sent(JsonNode frame) {
    var type = frame.path("type").asText();
    var definition = OF_CLIENT.get(type);
    if (definition == null) return;
    types.add(type);
    var room = frame.path("room").asText();
    typesByRoom.computeIfAbsent(room, _ -> new HashSet<>()).add(type);
    for (var resumed : frame.path("resume").properties())
      typesByRoom.computeIfAbsent(resumed.getKey(), _ -> new HashSet<>()).add("open");
    if (frame.has("id"))
      sentById.put(
          frame.path("id").asText(), new Sent(type, definition.schema().validate(frame).isEmpty()));
  }

  synchronized void received(String text) {
    var frame = read(text).orElseGet(TREES::createObjectNode);
    var type = frame.path("type").asText();
    var definition = OF_SERVER.get(type);
    if (definition == null) {
      faults.add("The node sent a frame of a type that is not in %s: %s".formatted(FILE, text));
      return;
    }
    compare(frame, definition, text);
    for (var entry : frame.path("entries")) {
      var ofEntry = ENTRIES.get(entry.path("type").asText());
      if (ofEntry != null) compare(entry, ofEntry, text);
      else
        faults.add("The node sent an entry of a type that is not in %s: %s".formatted(FILE, text));
    }
    switch (type) {
      case "error" -> onError(frame);
      case "closed", "goodbye" -> {
        if (!definition.codes().contains(frame.path("code").asText()))
          faults.add(unlisted(frame, Set.of(type)));
      }
      case "ack", "page", "pong" -> onAnswer(frame, type);
      default -> {}
    }
  }

  private void compare(JsonNode value, Definition definition, String text) {
    for (var fault : definition.schema().validate(value))
      faults.add(
          "The node sent a frame that is not as in %s: %s\n  %s".formatted(FILE, fault, text));
  }

  private void onError(JsonNode error) {
    var code = error.path("code").asText();
    var answered = answered(error);
    if (NO_FRAME.contains(code)) return;
    var isListed = answered.stream().anyMatch(it -> codesOf(it).contains(code));
    if (!isListed) faults.add(unlisted(error, answered));
  }

  private static String unlisted(JsonNode frame, Set<String> types) {
    return "The node sent a code that is not in %s: add it to x-codes of %s, and to the table of codes in protocol/README.md: %s"
        .formatted(FILE, types, frame);
  }

  private static Set<String> codesOf(String type) {
    return Objects.requireNonNull(OF_CLIENT.get(type)).codes();
  }

  /// The types of the client's frames that an `error` may answer.
  private Set<String> answered(JsonNode error) {
    var byId = Optional.ofNullable(sentById.get(error.path("id").asText()));
    if (byId.isPresent()) return Set.of(byId.get().type());
    if (!error.has("room")) return types;
    var types = new HashSet<>(typesByRoom.getOrDefault(error.path("room").asText(), Set.of()));
    types.retainAll(BY_ROOM);
    return types;
  }

  private void onAnswer(JsonNode answer, String type) {
    var sent = sentById.get(answer.path("id").asText());
    if (sent == null) return;
    if (!sent.isValid())
      faults.add("The node accepted a frame that %s refuses: %s".formatted(FILE, answer));
    if (!Objects.requireNonNull(OF_CLIENT.get(sent.type())).answers().contains(type))
      faults.add(
          "The node answered '%s' with '%s', which is not in x-answers of %s."
              .formatted(sent.type(), type, FILE));
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(TREES.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /// Fails if a frame so far broke the contract.
  synchronized void check() {
    if (!faults.isEmpty()) throw new AssertionError(String.join("\n", faults));
  }
}
