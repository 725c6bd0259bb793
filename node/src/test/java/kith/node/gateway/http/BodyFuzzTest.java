package kith.node.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.account.UserName;
import kith.node.fuzz.Fuzzing;
import kith.node.fuzz.Input;
import kith.node.fuzz.Seeds;
import kith.node.fuzz.Target;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts.ChangeProfile;
import kith.protocol.rest.Accounts.LogIn;
import kith.protocol.rest.Accounts.SignUp;
import kith.protocol.rest.RoomRequests.Ban;
import kith.protocol.rest.RoomRequests.ChangeRoom;
import kith.protocol.rest.RoomRequests.CreateRoom;
import kith.protocol.rest.RoomRequests.Invite;
import kith.protocol.rest.RoomRequests.JoinRoom;
import kith.protocol.rest.RoomRequests.UseInvitation;
import org.junit.jupiter.api.Test;

/// Mutated bodies of REST are read and checked completely, or refused: as malformed, or with the
/// name of one of their fields.
class BodyFuzzTest {
  private static final Duration LONGEST_INVITATION = Duration.ofDays(30);

  @Test
  void mutatedBodiesAreReadAndCheckedOrRefused() throws Exception {
    var lines = Seeds.lines("rest.jsonl");
    var trees = new ObjectMapper();
    var seeds = Stream.<Input>builder();
    for (var line : lines)
      trees
          .readTree(line)
          .properties()
          .forEach(body -> seeds.add(Input.ofText(body.getKey(), body.getValue().toString())));
    new Fuzzing("bodies", seeds.build().toList(), Seeds.tokens(lines), Optional.of(trees))
        .run(new Bodies(types(lines, trees)));
  }

  @Test
  void mutatedNamesAreCanonicalOrRefused() throws InterruptedException {
    var names =
        Stream.of("ann", "Ann-Marie", "\u00E9ric", "\uFF41nn", "\u05D0\u05D1", "\u0634\u06CC")
            .map(name -> Input.ofText("name", name))
            .toList();
    var letters =
        Stream.of(
                ".",
                "\u00B7",
                "l\u00B7l",
                "\u0130",
                "\u0307",
                "\u0345",
                "\u03A3",
                "\u0375",
                "\u05F3",
                "\u0660",
                "\u06F0",
                "\u0E33",
                "\u1E9E",
                "\u200C",
                "\u200D",
                "\u212A",
                "\u2126",
                "\u30FB",
                "\u3099",
                "\uAC00",
                "\uD7A3",
                "\uFB00",
                "\uFF21",
                "\uFF9E",
                "\uD835\uDC00",
                "\uD801\uDC00",
                "\uDBFF\uDFFF")
            .map(letter -> letter.getBytes(StandardCharsets.UTF_8))
            .toList();
    new Fuzzing("names", names, letters, Optional.empty()).run(new UserNames());
  }

  private static final class UserNames implements Target<Optional<UserName>> {
    @Override
    public Optional<UserName> read(Input input) {
      return UserName.of(input.text());
    }

    @Override
    public String accepted(Input input, Optional<UserName> name) {
      if (!name.flatMap(it -> UserName.of(it.text())).equals(name))
        throw new IllegalStateException("is not canonical: " + name);
      return name.map(it -> "a name in " + UnicodeScript.of(it.text().codePointAt(0)))
          .orElse("none");
    }

    @Override
    public String refused(Input input, Exception failure) throws Exception {
      throw failure;
    }
  }

  private static Map<String, Class<? extends Record>> types(
      Iterable<String> lines, ObjectMapper trees) throws Exception {
    var types = new HashMap<String, Class<? extends Record>>();
    for (var line : lines) {
      var name = trees.readTree(line).fieldNames().next();
      types.put(
          name,
          Class.forName("kith.protocol.rest." + name.replace('.', '$')).asSubclass(Record.class));
    }
    return types;
  }

  private record Bodies(Map<String, Class<? extends Record>> types) implements Target<Record> {
    @Override
    public Record read(Input input) throws Malformed {
      return Json.rest(input.text(), Objects.requireNonNull(types.get(input.kind())));
    }

    @Override
    public String accepted(Input input, Record body) throws Exception {
      if (!Json.rest(Json.restText(body), body.getClass()).equals(body))
        throw new IllegalStateException("reads its own JSON as another body: " + body);
      return input.kind() + " " + firstWrong(body).map(field -> refused(body, field));
    }

    @Override
    public String refused(Input input, Exception failure) throws Exception {
      if (!(failure instanceof Malformed malformed)) throw failure;
      return input.kind() + " " + malformed.sentence();
    }

    private static String refused(Record body, String field) {
      var fields =
          Stream.of(body.getClass().getRecordComponents())
              .map(it -> it.getName())
              .collect(Collectors.toSet());
      if (!fields.contains(field)) throw new IllegalStateException("has no field " + field);
      return WrongFields.sentence(field);
    }

    private static Optional<String> firstWrong(Record body) {
      return switch (body) {
        case CreateRoom room -> RoomFields.firstWrong(room);
        case ChangeRoom change -> RoomFields.firstWrong(change);
        case JoinRoom join -> RoomFields.firstWrong(join);
        case UseInvitation asked -> RoomFields.firstWrong(asked);
        case Ban ban -> RoomFields.firstWrong(ban);
        case Invite invite -> RoomFields.firstWrong(invite, LONGEST_INVITATION);
        case ChangeProfile change -> ProfileFields.firstWrong(change);
        case SignUp asked -> wrongUser(asked.user());
        case LogIn asked -> wrongUser(asked.user());
        default -> Optional.empty();
      };
    }

    private static Optional<String> wrongUser(String raw) {
      return UserName.of(raw).isPresent() ? Optional.empty() : Optional.of("user");
    }
  }
}
