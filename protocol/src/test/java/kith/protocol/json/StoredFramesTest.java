package kith.protocol.json;

import static kith.protocol.json.StoredFrames.body;
import static kith.protocol.json.StoredFrames.name;
import static kith.protocol.json.StoredFrames.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Inboxes;
import kith.protocol.rest.Notifications;
import kith.protocol.rest.People;
import kith.protocol.rest.Presences;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import kith.protocol.rest.SecondFactors;
import kith.protocol.rest.ServerDescription;
import kith.protocol.rest.SharedFiles;
import kith.protocol.rest.SignIn;
import kith.protocol.rest.Webhooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads frames and bodies stored from each release, one per line. A client can be older or newer
/// than its node, so each must understand the other.
class StoredFramesTest {
  static Stream<String> clientFrames() {
    return StoredFrames.lines("client.jsonl");
  }

  static Stream<String> serverFrames() {
    return StoredFrames.lines("server.jsonl");
  }

  static Stream<String> bodies() {
    return StoredFrames.lines("rest.jsonl");
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
    var missing = fields();
    missing.removeAll(StoredFrames.fields());

    assertThat(missing)
        .as("add lines with them to src/test/resources/wire; docs/compatibility.md says how")
        .isEmpty();
  }

  private static Set<String> fields() {
    var types = new HashSet<Class<?>>(Set.of(Entry.Unknown.class));
    for (var one :
        List.of(
            ClientFrame.class, ServerFrame.class, ProblemDetails.class, ServerDescription.class))
      see(one, types);
    for (var holder :
        List.of(
            Accounts.class,
            // features' posts, too: that branch is not sealed
            ClientFrame.class,
            Inboxes.class,
            Notifications.class,
            People.class,
            Presences.class,
            RoomRequests.class,
            RoomAnswers.class,
            SecondFactors.class,
            SharedFiles.class,
            SignIn.class,
            Webhooks.class)) for (var one : holder.getDeclaredClasses()) see(one, types);
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

  @Test
  void noStoredCodeIsRenamedOrRemoved() {
    assertThat(Stream.of(Code.values()).map(Code::wire))
        .containsAll(StoredFrames.lines("codes.txt").toList());
  }

  @Test
  void everyCodeIsStored() {
    assertThat(StoredFrames.lines("codes.txt"))
        .containsAll(Stream.of(Code.values()).map(Code::wire).toList());
  }
}
