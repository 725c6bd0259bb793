package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.Lengths;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRulesTest {
  private static final int MOST = 10;

  @Test
  void aMessageWithFilesNeedsNoText() {
    assertThat(code(sendFiles("", "f1"))).isEmpty();
    assertThat(code(sendFiles(" "))).contains(Code.EMPTY_BODY);
    assertThat(code(sendFiles("hello", "f1", "f2"))).isEmpty();
    assertThat(code(sendFiles("hello", "f1", "f2", "f3"))).contains(Code.BAD_FIELD);
    assertThat(code(sendFiles("hello", "f1", "f1"))).contains(Code.BAD_FIELD);
    assertThat(code(sendFiles("hello", "../f1"))).contains(Code.BAD_FIELD);
    assertThat(code(sendFiles("x".repeat(MOST + 1), "f1"))).contains(Code.BODY_TOO_LONG);
    assertThat(code(sendFiles(" ".repeat(MOST + 1), "f1"))).contains(Code.BODY_TOO_LONG);
  }

  private static ClientFrame.Send sendFiles(String body, String... files) {
    return new ClientFrame.Send(
        "m1", "r1", body, OptionalLong.empty(), Optional.of(List.of(files)));
  }

  @Test
  void anOrdinaryMessagePasses() {
    assertThat(code(send("0c0e-1.x_y~z", "hello", OptionalLong.of(1)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "a\n"})
  void anIdWithOtherCharactersIsRefused(String id) {
    assertThat(code(send(id, "hello", OptionalLong.empty()))).contains(Code.BAD_FIELD);
  }

  @Test
  void anIdHasAtMost64Characters() {
    assertThat(FrameRules.isId("x".repeat(64))).isTrue();
    assertThat(FrameRules.isId("x".repeat(65))).isFalse();
  }

  @Test
  void aBlankBodyIsEmpty() {
    assertThat(code(send("1", "", OptionalLong.empty()))).contains(Code.EMPTY_BODY);
    assertThat(code(send("1", " \n\t", OptionalLong.empty()))).contains(Code.EMPTY_BODY);
    assertThat(code(new ClientFrame.Edit("1", "r", 3, " "))).contains(Code.EMPTY_BODY);
  }

  @Test
  void aBodyIsMeasuredInBytesOfUtf8() {
    assertThat(code(send("1", "x".repeat(10), OptionalLong.empty()))).isEmpty();
    assertThat(code(send("1", "x".repeat(11), OptionalLong.empty()))).contains(Code.BODY_TOO_LONG);
    assertThat(code(send("1", "ä".repeat(5), OptionalLong.empty()))).isEmpty();
    assertThat(code(send("1", "ä".repeat(6), OptionalLong.empty()))).contains(Code.BODY_TOO_LONG);
    assertThat(code(send("1", "😀😀", OptionalLong.empty()))).isEmpty();
    assertThat(code(send("1", "😀😀😀", OptionalLong.empty()))).contains(Code.BODY_TOO_LONG);
  }

  @Test
  void aBodyOfInvisibleCharactersIsBlank() {
    for (var blank : List.of("\u00a0", "\u3000 \t", "\u200b\u200d", "\u0007", "\u2800\u3164"))
      assertThat(code(send("1", blank, OptionalLong.empty()))).contains(Code.EMPTY_BODY);
  }

  @Test
  void aPageRequestHasOneDirectionAndValidNumbers() {
    assertThat(refuses(OptionalLong.of(5), OptionalLong.of(3), 1)).isTrue();
    assertThat(refuses(OptionalLong.of(0), OptionalLong.empty(), 1)).isTrue();
    assertThat(refuses(OptionalLong.empty(), OptionalLong.of(-1), 1)).isTrue();
    assertThat(refuses(OptionalLong.empty(), OptionalLong.empty(), 0)).isTrue();
    assertThat(refuses(OptionalLong.empty(), OptionalLong.of(0), 1)).isFalse();
  }

  private static boolean refuses(OptionalLong before, OptionalLong after, int limit) {
    return FrameRules.objection(
            new ClientFrame.History("h", "r", before, after, OptionalInt.of(limit)))
        .isPresent();
  }

  @Test
  void targetsArePositive() {
    assertThat(code(send("1", "hello", OptionalLong.of(0)))).contains(Code.BAD_FIELD);
    assertThat(code(new ClientFrame.Edit("1", "r", 0, "hello"))).contains(Code.BAD_FIELD);
    assertThat(code(redact(-1, "spam"))).contains(Code.BAD_FIELD);
    assertThat(code(redact(1, "spam"))).isEmpty();
  }

  @Test
  void aReasonIsMeasuredInCodePoints() {
    var most = Lengths.VERSION_1.reason();
    assertThat(code(redact(3, "🪴".repeat(most)))).isEmpty();
    assertThat(code(redact(3, "🪴".repeat(most) + "x"))).contains(Code.BAD_FIELD);
  }

  private static Optional<Code> code(ClientFrame.Post post) {
    return FrameRules.objection(post, MOST, 2).map(Objection::code);
  }

  private static ClientFrame.Send send(String id, String body, OptionalLong replyTo) {
    return new ClientFrame.Send(id, "r", body, replyTo);
  }

  private static ClientFrame.Redact redact(long target, String reason) {
    return new ClientFrame.Redact("1", "r", target, Optional.of(reason));
  }
}
