package kith.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.RoomRequests;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  @Test
  void optionalFieldsMayBeAbsent() throws Malformed {
    assertThat(Json.clientFrame("{\"type\":\"hello\"}"))
        .isEqualTo(new ClientFrame.Hello(Optional.empty(), Map.of()));
    assertThat(Json.clientFrame("{\"type\":\"send\",\"id\":\"1\",\"room\":\"r\",\"body\":\"hi\"}"))
        .isEqualTo(new ClientFrame.Send("1", "r", "hi", OptionalLong.empty()));
  }

  @Test
  void aMissingRequiredFieldIsNamed() {
    var fault = refused("{\"type\":\"send\",\"id\":\"1\",\"room\":\"r\"}");
    assertThat(fault.code()).isEqualTo(Code.BAD_FIELD);
    assertThat(fault).hasMessageContaining("body");
  }

  @Test
  void nullsAndValuesOfTheWrongTypeAreRefused() {
    assertThat(refused("{\"type\":\"open\",\"room\":null}").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(refused("{\"type\":\"open\",\"room\":7}").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(refused("{\"type\":\"open\",\"room\":\"r\",\"after\":\"x\"}").code())
        .isEqualTo(Code.BAD_FIELD);
  }

  @Test
  void valuesAreNotConvertedBetweenTypes() {
    for (var wrong :
        List.of(
            "{\"type\":\"edit\",\"id\":\"1\",\"room\":\"r\",\"target\":3.7,\"body\":\"x\"}",
            "{\"type\":\"edit\",\"id\":\"1\",\"room\":\"r\",\"target\":\"3\",\"body\":\"x\"}",
            "{\"type\":\"send\",\"id\":\"1\",\"room\":\"r\",\"body\":\"x\",\"replyTo\":\"3\"}",
            "{\"type\":\"send\",\"id\":\"1\",\"room\":\"r\",\"body\":\"x\",\"replyTo\":1.5}",
            "{\"type\":\"send\",\"id\":\"1\",\"room\":\"r\",\"body\":\"x\",\"replyTo\":1e300}",
            "{\"type\":\"open\",\"room\":\"r\",\"after\":true}",
            "{\"type\":\"open\",\"room\":\"r\",\"after\":1.5}",
            "{\"type\":\"history\",\"id\":\"1\",\"room\":\"r\",\"limit\":\"5\"}",
            "{\"type\":\"history\",\"id\":\"1\",\"room\":\"r\",\"limit\":1.5}",
            "{\"type\":\"hello\",\"resume\":{\"r\":\"1\"}}",
            "{\"type\":\"hello\",\"resume\":{\"r\":1.5}}"))
      assertThat(refused(wrong).code()).as(wrong).isEqualTo(Code.BAD_FIELD);
    for (var room :
        List.of(
            "{\"name\":\"x\",\"visibility\":1}",
            "{\"name\":\"x\",\"capacity\":1.5}",
            "{\"name\":\"x\",\"capacity\":\"5\"}",
            "{\"name\":\"x\",\"retention\":{\"days\":\"2\"}}"))
      assertThat(
              catchThrowableOfType(
                      Malformed.class, () -> Json.rest(room, RoomRequests.CreateRoom.class))
                  .code())
          .as(room)
          .isEqualTo(Code.BAD_FIELD);
    var cookies = "{\"user\":\"a\",\"password\":\"b\",\"cookies\":5}";
    assertThat(
            catchThrowableOfType(Malformed.class, () -> Json.rest(cookies, Accounts.LogIn.class))
                .code())
        .isEqualTo(Code.BAD_FIELD);
  }

  @Test
  void anUnpairedSurrogateIsRefused() {
    var half =
        "{\"type\":\"redact\",\"id\":\"1\",\"room\":\"r\",\"target\":3,\"reason\":\"\\ud800\"}";
    assertThat(refused(half).code()).isEqualTo(Code.BAD_FIELD);
  }

  @Test
  void anErrorCarriesIdAndRoomOfTheMalformedFrame() {
    var wrong = refused("{\"type\":\"send\",\"id\":\"b1\",\"room\":\"r\",\"body\":7}");
    assertThat(wrong.id()).contains("b1");
    assertThat(wrong.room()).contains("r");
    assertThat(refused("{\"type\":\"dance\",\"id\":\"b2\"}").id()).contains("b2");
    assertThat(refused("{\"type\":\"send\",\"id\":\"<b>\"}").id()).isEmpty();
  }

  @Test
  void unknownFieldsAreIgnoredAndUnknownTypesAreRefused() throws Malformed {
    assertThat(Json.clientFrame("{\"type\":\"close\",\"room\":\"r\",\"new\":{\"a\":[1]}}"))
        .isEqualTo(new ClientFrame.Close("r"));
    assertThat(refused("{\"type\":\"dance\"}").code()).isEqualTo(Code.UNKNOWN_TYPE);
    assertThat(refused("{\"room\":\"r\"}").code()).isEqualTo(Code.UNKNOWN_TYPE);
  }

  @Test
  void onlyAnObjectCanHaveAnUnknownType() {
    for (var junk : List.of("3", "\"send\"", "true", "null", "[]", "[{\"type\":\"ping\"}]", ""))
      assertThat(refused(junk).code()).as(junk).isEqualTo(Code.MALFORMED_JSON);
  }

  @Test
  void invalidJsonIsRefused() {
    for (var junk : List.of("", "{", "null", "[]", "7", "{\"type\":\"ping\"} {}", "[".repeat(100)))
      assertThat(refused(junk).code())
          .as(junk)
          .isIn(Code.MALFORMED_JSON, Code.BAD_FIELD, Code.UNKNOWN_TYPE);
  }

  @Test
  void anErrorRepeatsNoTextExceptIds() {
    assertThat(refused("{\"type\":\"hello\",\"resume\":{\"r1\":\"x\"}}"))
        .hasMessage("The field 'resume.r1' is missing or not valid.");
    for (var room : List.of("<b>", "\\u001b[31m", "x".repeat(65)))
      assertThat(refused("{\"type\":\"hello\",\"resume\":{\"" + room + "\":\"x\"}}"))
          .hasMessage("The field 'resume.?' is missing or not valid.");
  }

  @Test
  void aNullInAListOrMapIsAWrongField() {
    for (var wrong :
        List.of(
            "{\"type\":\"watch\",\"users\":[null]}",
            "{\"type\":\"receipts\",\"room\":\"r\",\"seqs\":[1,null]}",
            "{\"type\":\"hello\",\"resume\":{\"r\":null}}"))
      assertThat(refused(wrong).code()).as(wrong).isEqualTo(Code.BAD_FIELD);
  }

  @Test
  void deepNestingAndLongNumbersAreRefused() throws Malformed {
    assertThat(Json.clientFrame(nested(31))).isInstanceOf(ClientFrame.Ping.class);
    assertThat(refused(nested(32)).code()).isEqualTo(Code.MALFORMED_JSON);
    for (var number : List.of("9".repeat(19), "9".repeat(1_001), "1e1000000000"))
      assertThat(refused("{\"type\":\"read\",\"room\":\"r\",\"seq\":" + number + "}"))
          .as(number)
          .isNotNull();
  }

  private static String nested(int lists) {
    return "{\"type\":\"ping\",\"new\":" + "[".repeat(lists) + "]".repeat(lists) + "}";
  }

  @Test
  void onlyUtf8IsRead() {
    var ping = "{\"type\":\"ping\"}";
    for (var other : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      var bytes = ping.getBytes(other);
      assertThat(
              catchThrowableOfType(Malformed.class, () -> Json.clientFrame(bytes, 0, bytes.length)))
          .as("%s", other)
          .isNotNull();
    }
    assertThat(refused("\ufeff" + ping)).as("with a byte order mark").isNotNull();
  }

  @Test
  void framesRoundTrip() throws Malformed {
    var entries =
        new ServerFrame.Entries(
            "r",
            List.of(
                new Entry.Message(
                    7,
                    NOON,
                    "ann",
                    "m1",
                    Optional.of("hé 😀"),
                    OptionalLong.of(3),
                    Optional.empty(),
                    Optional.empty()),
                new Entry.RoleChanged(8, NOON, "ann", "bob", Role.MODERATOR)));
    assertThat(Json.serverFrame(Json.text(entries))).isEqualTo(entries);
    assertThat(Json.text(entries))
        .isEqualTo(
            "{\"type\":\"entries\",\"room\":\"r\",\"entries\":["
                + "{\"type\":\"message\",\"seq\":7,\"at\":\"2026-11-21T12:00:00.125Z\",\"by\":\"ann\",\"id\":\"m1\","
                + "\"body\":\"hé 😀\",\"replyTo\":3},"
                + "{\"type\":\"role\",\"seq\":8,\"at\":\"2026-11-21T12:00:00.125Z\",\"by\":\"ann\",\"user\":\"bob\","
                + "\"role\":\"moderator\"}]}");
  }

  @Test
  void anEntryOfAnUnknownTypeKeepsItsSeq() throws Malformed {
    var frame =
        Json.serverFrame(
            "{\"type\":\"entries\",\"room\":\"r\",\"entries\":[{\"type\":\"poll\",\"seq\":9,"
                + "\"at\":\"2026-11-21T12:00:00.125Z\",\"by\":\"ann\",\"choices\":[\"a\"]}]}");
    assertThat(frame)
        .isEqualTo(new ServerFrame.Entries("r", List.of(new Entry.Unknown(9, NOON, "ann"))));
  }

  @Test
  void optionalFieldsOfARestBodyMayBeAbsent() throws Malformed {
    var room = Json.rest("{\"name\":\"lobby\"}", RoomRequests.CreateRoom.class);
    assertThat(room.topic()).isEmpty();
    assertThat(room.capacity()).isEmpty();
  }

  private static Malformed refused(String json) {
    return catchThrowableOfType(Malformed.class, () -> Json.clientFrame(json));
  }
}
