package kith.node.gateway.http;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kith.node.TestNode;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Administration;
import kith.protocol.rest.Bots;
import kith.protocol.rest.InboundHooks;
import kith.protocol.rest.Inboxes;
import kith.protocol.rest.Joining;
import kith.protocol.rest.KeptMessages;
import kith.protocol.rest.Moderating;
import kith.protocol.rest.Notifications;
import kith.protocol.rest.People;
import kith.protocol.rest.Presences;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.rest.Reminders;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import kith.protocol.rest.Searches;
import kith.protocol.rest.SecondFactors;
import kith.protocol.rest.ServerDescription;
import kith.protocol.rest.SharedFiles;
import kith.protocol.rest.SignIn;
import kith.protocol.rest.SlashCommands;
import kith.protocol.rest.Threads;
import kith.protocol.rest.Webhooks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The description of the REST API matches the routes, the records and the contract.
@Tag("story")
class OpenApiTest {

  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Path CONTRACT = Path.of("..", "protocol", "README.md");
  private static final Path WIRE = Path.of("..", "protocol", "src", "test", "resources", "wire");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static JsonNode description;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    description = HttpPerson.anonymous(node, "GET", "/openapi.json").json();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void everyOperationOfTheContractIsDescribedAndNoOther() throws IOException {
    var row = Pattern.compile("`?(GET|POST|PUT|PATCH|DELETE)`?(?: \\| `| )(/v1/[^`? ]*)");
    var contract = new TreeSet<String>();
    var found = row.matcher(Files.readString(CONTRACT));
    while (found.find()) contract.add(found.group(1) + " " + found.group(2));

    assertThat(operations().stream().filter(it -> it.contains("/v1/")))
        .containsExactlyInAnyOrderElementsOf(contract);
  }

  @Test
  void everyDescribedOperationIsServedAndNoOtherAtItsPath() {
    for (var path : names(description.path("paths"))) {
      var described = names(description.path("paths").path(path));
      for (var method : METHODS) {
        var answer = HttpPerson.anonymous(node, method, path.replaceAll("\\{[a-z]+}", "1"));
        assertThat(answer.status())
            .describedAs(method + " " + path + ": " + answer.text())
            .isEqualTo(
                described.contains(method.toLowerCase(Locale.ROOT)) ? expected(method, path) : 405);
      }
    }
  }

  /// The status of a request without a token, a body and a WebSocket.
  private static int expected(String method, String path) {
    var operation = operation(method, path);
    if (path.equals("/v1/socket")) return 400;
    // no provider has this name, and no sign-in began
    if (Set.of("/v1/identity/{provider}/browser", "/v1/identity/{provider}/logout").contains(path))
      return 404;
    if (path.equals("/v1/identity/{provider}/callback")) return 401;
    if (!operation.has("security")) return 401;
    if (!operation.has("requestBody")) return 200;
    return operation.path("requestBody").path("required").asBoolean() ? 415 : 401;
  }

  @Test
  void everyReferenceResolves() {
    var seen = new ArrayList<String>();
    for (var reference : description.findValues("$ref")) {
      var pointer = reference.asText().substring(1);
      assertThat(description.at(pointer).isMissingNode()).describedAs(pointer).isFalse();
      seen.add(pointer);
    }
    for (var kind : List.of("responses", "examples", "parameters", "schemas"))
      for (var name : names(description.path("components").path(kind)))
        if (!name.endsWith("Entry")) assertThat(seen).contains("/components/" + kind + "/" + name);
  }

  @Test
  void everyParameterOfAPathIsDescribed() {
    for (var path : names(description.path("paths")))
      for (var operation : description.path("paths").path(path)) {
        var inPath =
            operation.path("parameters").findValuesAsText("$ref").stream()
                .map(it -> description.at(it.substring(1)))
                .filter(it -> it.path("in").asText().equals("path"))
                .map(it -> "{" + it.path("name").asText() + "}");
        assertThat(inPath)
            .describedAs(path)
            .containsExactlyElementsOf(
                Pattern.compile("\\{[a-z]+}")
                    .matcher(path)
                    .results()
                    .map(it -> it.group())
                    .toList());
      }
  }

  @Test
  void everyRecordOfTheContractIsDescribedFieldByField() {
    for (var record : records().entrySet()) {
      var schema = schema(record.getKey());
      var fields = record.getValue().getRecordComponents();
      var required = Stream.of(fields).filter(it -> !isOptional(it)).map(RecordComponent::getName);

      var type = Entry.class.isAssignableFrom(record.getValue()) ? "type" : "";
      assertThat(without(names(schema.path("properties")), type))
          .describedAs(record.getKey())
          .isEqualTo(Stream.of(fields).map(RecordComponent::getName).collect(toSet()))
          .isNotEmpty();
      assertThat(without(texts(schema.path("required")), type))
          .describedAs("required of " + record.getKey())
          .isEqualTo(required.collect(toSet()));
    }
  }

  @Test
  void everyDescribedObjectIsARecord() {
    var known = records().keySet();
    for (var name : names(description.path("components").path("schemas")))
      if (schema(name).path("type").asText().equals("object"))
        assertThat(known.contains(name) || Set.of("Ready", "Alive").contains(name))
            .describedAs(name)
            .isTrue();
  }

  /// The two documents are used apart, so each has them whole.
  @Test
  void typesSharedByRestAndTheSocketHaveTheSameDescription() {
    var frames = HttpPerson.anonymous(node, "GET", "/socket.schema.json").json().path("$defs");
    var shared = names(frames);
    shared.retainAll(names(description.path("components").path("schemas")));

    assertThat(shared).contains("Entry", "MessageEntry", "InboxRoom", "Contact");
    for (var name : shared) {
      var schema = schema(name).deepCopy();
      if (schema instanceof ObjectNode object) object.remove("discriminator");
      assertThat(schema.toString().replace("#/components/schemas/", "#/$defs/"))
          .as("%s in openapi.json and socket.schema.json", name)
          .isEqualTo(frames.path(name).toString());
    }
  }

  /// The stored bodies of each release show the first release of a field.
  @Test
  void everyFieldIsMarkedWithItsFirstRelease() throws IOException {
    var whole = description.at("/info/x-since").asText();
    var first = new HashMap<String, String>();
    for (var release : releases())
      for (var line : Files.readAllLines(release.resolve("rest.jsonl")))
        tree(line)
            .properties()
            .forEach(body ->
                collect(
                    body.getKey().replaceAll(".*\\.", ""),
                    body.getValue(),
                    field -> first.putIfAbsent(field, release.getFileName().toString())));

    assertThat(first).hasSizeGreaterThan(100);
    first.forEach((field, release) -> {
      var parts = List.of(field.split("\\."));
      var record = schema(parts.getFirst());
      var mark = record.path("properties").path(parts.getLast()).path("x-since");
      assertThat(mark.asText(record.path("x-since").asText(whole)))
          .as("x-since of %s in openapi.json", field)
          .isEqualTo(release);
    });
  }

  private static List<Path> releases() throws IOException {
    try (var all = Files.list(WIRE)) {
      return all.sorted(Comparator.comparing(it -> Version.parse(it.getFileName().toString())))
          .toList();
    }
  }

  /// The fields of a body and of the objects in it: `Room.name`.
  private static void collect(String name, JsonNode body, Consumer<String> field) {
    for (var one : body.properties()) {
      var schema = schema(name).path("properties").path(one.getKey());
      if (schema.isMissingNode()) continue;
      field.accept(name + "." + one.getKey());
      var items = schema.has("items") ? schema.path("items") : schema;
      var part = items.path("$ref").asText().replaceAll(".*/", "");
      if (!schema(part).has("properties")) continue;
      if (one.getValue().isArray()) one.getValue().forEach(it -> collect(part, it, field));
      else collect(part, one.getValue(), field);
    }
  }

  @Test
  void everyExampleMatchesItsSchema() throws Malformed, JsonProcessingException {
    var records = records();
    var examples = new ArrayList<JsonNode>();
    for (var path : description.path("paths"))
      for (var operation : path) {
        examples.addAll(operation.path("requestBody").findValues("application/json"));
        for (var response : operation.path("responses"))
          examples.addAll(response.findValues("application/json"));
      }

    for (var example : examples) {
      var name = example.path("schema").path("$ref").asText().replaceAll(".*/", "");
      var type = records.get(name);
      if (type == null) continue;
      var text = example.path("example").toString();
      assertThat(tree(Json.restText(Json.rest(text, type)))).isEqualTo(tree(text));
    }
    assertThat(examples).hasSizeGreaterThan(30);
  }

  @Test
  void everyRefusalHasItsCodeAndStatus() {
    var codes = List.of(Code.values());
    for (var name : names(description.path("components").path("responses"))) {
      var parts = List.of(name.split("\\."));
      var examples =
          description.at("/components/responses").path(name).path("content").findValue("examples");
      assertThat(names(examples))
          .describedAs(name)
          .isEqualTo(Set.copyOf(parts.subList(1, parts.size())));
      for (var code : parts.subList(1, parts.size())) {
        var example = description.at("/components/examples").path(code).path("value");
        var known = codes.stream().filter(it -> it.wire().equals(code)).findFirst().orElseThrow();
        assertThat(Problems.response(known).status().intValue())
            .describedAs(code)
            .isEqualTo(Integer.parseInt(parts.getFirst()))
            .isEqualTo(example.path("status").asInt());
        assertThat(example.path("code").asText()).isEqualTo(code);
        assertThatCode(() -> Json.rest(example.toString(), ProblemDetails.class))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void thePageLoadsOnlyWhatTheNodeServes() {
    var page = HttpPerson.anonymous(node, "GET", "/docs");
    var loaded =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text()).results().toList();

    assertThat(page.status()).isEqualTo(200);
    assertThat(loaded).hasSizeGreaterThan(3);
    for (var address : loaded) {
      assertThat(address.group(1)).startsWith("/").doesNotStartWith("//");
      assertThat(HttpPerson.anonymous(node, "GET", address.group(1)).status())
          .describedAs(address.group(1))
          .isEqualTo(200);
    }
  }

  private static List<String> operations() {
    return names(description.path("paths")).stream()
        .flatMap(path ->
            names(description.path("paths").path(path)).stream()
                .map(method -> method.toUpperCase(Locale.ROOT) + " " + path))
        .toList();
  }

  private static JsonNode operation(String method, String path) {
    return description.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  private static JsonNode schema(String name) {
    return description.path("components").path("schemas").path(name);
  }

  /// Every record of the REST API, by the name of its schema.
  private static Map<String, Class<? extends Record>> records() {
    var rest =
        Stream.of(
                Accounts.class,
                Administration.class,
                Bots.class,
                InboundHooks.class,
                KeptMessages.class,
                Inboxes.class,
                Joining.class,
                Moderating.class,
                Notifications.class,
                People.class,
                Presences.class,
                Reminders.class,
                RoomAnswers.class,
                RoomRequests.class,
                SecondFactors.class,
                Searches.class,
                SharedFiles.class,
                SignIn.class,
                SlashCommands.class,
                Threads.class,
                Webhooks.class)
            .flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
            .collect(toMap(Class::getSimpleName, OpenApiTest::asRecord));
    rest.put("ProblemDetails", ProblemDetails.class);
    rest.put("ServerDescription", ServerDescription.class);
    for (var type : Entry.class.getDeclaredClasses()) {
      var isEntry = Entry.class.isAssignableFrom(type);
      if (type.isRecord() && type != Entry.Unknown.class)
        rest.put(type.getSimpleName() + (isEntry ? "Entry" : ""), asRecord(type));
    }
    return rest;
  }

  private static Class<? extends Record> asRecord(Class<?> type) {
    return type.asSubclass(Record.class);
  }

  private static boolean isOptional(RecordComponent field) {
    return Set.of(Optional.class, OptionalInt.class, OptionalLong.class).contains(field.getType());
  }

  private static Set<String> without(Set<String> names, String one) {
    return names.stream().filter(name -> !name.equals(one)).collect(toSet());
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(toSet());
  }

  private static Set<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).collect(toSet());
  }

  private static JsonNode tree(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
