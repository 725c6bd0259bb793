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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Compares answers over HTTP with the OpenAPI description that the node serves: their status, the
/// code of a refusal, and the form of the body, also without further fields.
final class RestContract {
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final JsonNode DOCUMENT = strict();

  /// Codes with which any request may be refused, also a request to an unknown path.
  private static final Set<String> OF_ANY = texts(DOCUMENT.at("/info/x-codes"));

  private static final List<Path> PATHS =
      DOCUMENT.path("paths").properties().stream()
          .map(it -> Path.of(it.getKey(), it.getValue()))
          .toList();

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> BY_REFERENCE = new ConcurrentHashMap<>();

  private record Path(Pattern pattern, boolean isLiteral, JsonNode methods) {
    static Path of(String template, JsonNode methods) {
      return new Path(
          Pattern.compile(template.replaceAll("\\{[a-z]+}", "[^/]+")),
          !template.contains("{"),
          methods);
    }
  }

  private RestContract() {}

  private static JsonNode strict() {
    try (var file =
        RestContract.class.getResourceAsStream("/kith/node/gateway/http/openapi.json")) {
      var document = TREES.readTree(Objects.requireNonNull(file));
      for (var schema : document.at("/components/schemas"))
        if (schema instanceof ObjectNode object && object.has("properties"))
          object.put("additionalProperties", false);
      return document;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// Fails if the answer is not as described. Requests to other paths are not checked.
  static void check(String method, String target, int status, String body) {
    var operation = operation(method, target.replaceFirst("\\?.*", ""));
    if (operation.isEmpty()) return;
    var answer = resolved(operation.get().path("responses").path(String.valueOf(status)));
    var what = method + " " + target + " " + status + " " + body;
    var code = status < 400 ? Optional.<String>empty() : code(body);
    if (code.isPresent()) {
      if (!OF_ANY.contains(code.get()) && !codes(answer).contains(code.get()))
        throw new AssertionError(
            "The code is not in the description of the operation: add it to openapi.json. " + what);
    } else if (answer.isMissingNode()) {
      throw new AssertionError("The status is not in openapi.json: " + what);
    } else {
      checkForm(answer, body, what);
    }
  }

  private static void checkForm(JsonNode answer, String body, String what) {
    var reference = answer.at("/content/application~1json/schema/$ref").asText();
    if (reference.isEmpty()) {
      if (!body.isEmpty() && answer.path("content").isEmpty())
        throw new AssertionError("A body is not in openapi.json: " + what);
      return;
    }
    var faults = BY_REFERENCE.computeIfAbsent(reference, RestContract::schema).validate(tree(body));
    if (!faults.isEmpty())
      throw new AssertionError("The body is not as in openapi.json: " + faults + " " + what);
  }

  private static Schema schema(String reference) {
    var root = TREES.createObjectNode();
    root.put("$ref", reference);
    root.set("components", DOCUMENT.get("components"));
    return SCHEMAS.getSchema(root);
  }

  private static Optional<JsonNode> operation(String method, String path) {
    return PATHS.stream()
        .filter(it -> it.pattern().matcher(path).matches())
        .sorted((one, other) -> Boolean.compare(other.isLiteral(), one.isLiteral()))
        .map(it -> it.methods().path(method.toLowerCase(Locale.ROOT)))
        .filter(JsonNode::isObject)
        .findFirst();
  }

  private static Optional<String> code(String body) {
    return Optional.of(tree(body).path("code").asText()).filter(code -> !code.isEmpty());
  }

  /// The examples of a refusal are its codes.
  private static Set<String> codes(JsonNode answer) {
    var codes = new HashSet<String>();
    answer
        .at("/content/application~1problem+json/examples")
        .fieldNames()
        .forEachRemaining(codes::add);
    return codes;
  }

  private static JsonNode resolved(JsonNode answer) {
    var reference = answer.path("$ref").asText();
    return reference.isEmpty() ? answer : DOCUMENT.at(reference.substring(1));
  }

  private static Set<String> texts(JsonNode list) {
    var texts = new HashSet<String>();
    for (var text : list) texts.add(text.asText());
    return texts;
  }

  private static JsonNode tree(String body) {
    try {
      return TREES.readTree(body);
    } catch (JsonProcessingException notJson) {
      return TREES.missingNode();
    }
  }
}
