package kith.node.story;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Visibility;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The documents for authors of clients that a node serves: the schema of the socket, the example
/// frames, and the list of its features. All frames of all stories are compared with the schema,
/// too.
@Tag("story")
class SchemaStoryTest {
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final Path PROTOCOL = Path.of("..", "protocol");
  private static final String ROOM = "q3kfz7m2xw9pahd5tbnc";

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void theSchemaOfTheSocketIsServedWithoutAToken() throws IOException {
    var file = PROTOCOL.resolve("src/main/resources/kith/protocol/socket.schema.json");

    assertThat(get("/socket.schema.json").json()).isEqualTo(TREES.readTree(file.toFile()));
  }

  @Test
  void invalidExampleFramesAreAnsweredWithTheirCodes() throws IOException {
    try (var ann = Person.signsUp(node.uri("/"), "ann")) {
      var room = ann.makesRoom("invalid", Visibility.PRIVATE);
      ann.connects();
      ann.opens(room);
      for (var vector : vectors("invalid-client-frames.json")) {
        ann.forgets();
        ann.saysRaw(vector.path("text").asText().replace(ROOM, room));
        assertThat(ann.hears(ServerFrame.Problem.class, _ -> true).code())
            .as(vector.path("name").asText())
            .isEqualTo(vector.path("code").asText());
      }
    }
  }

  @Test
  void validExampleFramesAreRead() throws IOException {
    try (var bea = Person.signsUp(node.uri("/"), "bea")) {
      var room = bea.makesRoom("valid", Visibility.PRIVATE);
      bea.connects();
      bea.opens(room);
      for (var vector : vectors("client-frames.json")) {
        if (vector.at("/frame/type").asText().equals("hello")) continue;
        bea.saysRaw(vector.path("frame").toString().replace(ROOM, room));
        bea.saysRaw("{\"type\":\"ping\",\"id\":\"after\"}");
        bea.hears(ServerFrame.Pong.class, pong -> pong.id().equals(Optional.of("after")));
        assertThat(bea.heard().stream().flatMap(SchemaStoryTest::code))
            .as(vector.path("name").asText())
            .doesNotContain("malformed-json", "unknown-type", "bad-field");
        bea.forgets();
      }
    }
  }

  private static Stream<String> code(ServerFrame frame) {
    return frame instanceof ServerFrame.Problem problem ? Stream.of(problem.code()) : Stream.of();
  }

  @Test
  void clientsReadTheFeaturesBeforeAndAfterTheyLogIn() throws IOException {
    var before = features(get("/v1/server").json());
    try (var cem = Person.signsUp(node.uri("/"), "cem")) {
      cem.connects();
      var welcome = cem.hears(ServerFrame.Welcome.class, _ -> true);

      assertThat(welcome.features().orElseThrow()).isEqualTo(before).doesNotHaveDuplicates();
    }
    assertThat(Set.copyOf(before))
        .as("the table of features in protocol/README.md")
        .isEqualTo(featuresOfReadme())
        .as("$defs.Features in socket.schema.json")
        .isEqualTo(
            Set.copyOf(
                texts(get("/socket.schema.json").json().at("/$defs/Features/x-extensible-enum"))));
  }

  @Test
  void theServerDescribesWhoMaySignUp() {
    assertThat(get("/v1/server").field("signUp")).isEqualTo("open");
    try (var closed = node.another(Map.of("kith.accounts.sign-up.policy", "invited"))) {
      assertThat(rest(closed).get("/v1/server").field("signUp")).isEqualTo("invited");
    }
  }

  private static Rest.Answer get(String path) {
    return rest(node).get(path);
  }

  private static Rest rest(TestNode node) {
    return new Rest(node.uri("/"), Optional.empty());
  }

  private static List<String> features(JsonNode server) {
    return texts(server.path("features"));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Set<String> featuresOfReadme() throws IOException {
    var text = Files.readString(PROTOCOL.resolve("README.md"));
    var section =
        text.substring(text.indexOf("## Features"), text.indexOf("## Accounts and tokens"));
    return Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE)
        .matcher(section)
        .results()
        .map((MatchResult row) -> row.group(1))
        .collect(toSet());
  }

  private static JsonNode vectors(String file) throws IOException {
    return TREES.readTree(PROTOCOL.resolve("vectors").resolve(file).toFile());
  }
}
