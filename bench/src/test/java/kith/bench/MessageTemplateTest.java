package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTemplateTest {
  @Test
  void aFrameIsHeadNumberAndOneOfTheTailsInTurn() {
    var template = MessageTemplate.of("{\"id\":\"", List.of("\"}", "\",\"body\":\"b\"}"));
    var into = new byte[100];

    assertThat(text(into, template.put(42, into))).isEqualTo("{\"id\":\"42\"}");
    assertThat(text(into, template.put(7, into))).isEqualTo("{\"id\":\"7\",\"body\":\"b\"}");
  }

  @Test
  void aBodyHasTheRequestedSize() {
    assertThat(MessageTemplate.body(100)).hasSize(100);
    assertThat(MessageTemplate.body(3)).hasSize(3);
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
