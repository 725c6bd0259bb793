package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kith.node.auth.Tokens.Access;
import org.junit.jupiter.api.Test;

class BotTokensTest {
  @Test
  void aTokenNamesItsUserAndItsHash() {
    var token = BotTokens.create("wetter-ä");

    assertThat(BotTokens.access(token.text())).contains(new Access("wetter-ä", token.device(), 0));
    assertThat(token.text()).matches("kithbot\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
    assertThat(token.device()).matches("bot-[A-Za-z0-9_-]{43}");
    assertThat(token.text()).doesNotContain(token.device().substring(4));
    assertThat(token.toString()).doesNotContain(token.text());
  }

  @Test
  void noTwoAreEqual() {
    assertThat(BotTokens.create("weather").text()).isNotEqualTo(BotTokens.create("weather").text());
  }

  @Test
  void anotherSecretIsAnotherDevice() {
    var token = BotTokens.create("weather");

    assertThat(BotTokens.access(token.text() + "x").orElseThrow().device())
        .isNotEqualTo(token.device());
  }

  @Test
  void otherTextsAreNotTokens() {
    for (var text :
        List.of(
            "",
            "kithbot.",
            "kithbot..x",
            "kithbot.?.x",
            "kithbot.d2VhdGhlcg",
            "kithbot.d2VhdGhlcg.x.y",
            "eyJhbGciOiJIUzI1NiJ9.e30.x",
            "kithbot.d2VhdGhlcg." + "x".repeat(2000)))
      assertThat(BotTokens.access(text)).as(text).isEmpty();
  }
}
