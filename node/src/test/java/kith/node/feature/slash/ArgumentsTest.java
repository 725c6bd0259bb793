package kith.node.feature.slash;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.protocol.frame.ServerFrame.CallArgument;
import kith.protocol.rest.SlashCommands.Argument;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Argument WHO = new Argument("who", Optional.empty(), Optional.empty());
  private static final Argument SIZE =
      new Argument("size", Optional.of(true), Optional.of(List.of("small", "Large")));
  private static final Argument WHAT = new Argument("what", Optional.of(true), Optional.empty());

  @Test
  void theLastArgumentIsTheRestOfTheText() {
    assertThat(read("  bob  tea  and\ncake ", WHO, WHAT))
        .isEqualTo(Map.of("who", "bob", "what", "tea  and\ncake"));
    assertThat(read("tea and cake", WHO)).isEqualTo(Map.of("who", "tea and cake"));
  }

  @Test
  void quotesHoldWordsTogether() {
    assertThat(read("\"bob and eve\" tea", WHO, WHAT))
        .isEqualTo(Map.of("who", "bob and eve", "what", "tea"));
    assertThat(read("\"tea\"", WHO)).isEqualTo(Map.of("who", "tea"));
    // not quotes around a word
    assertThat(read("\"bob tea", WHO, WHAT)).isEqualTo(Map.of("who", "\"bob", "what", "tea"));
    assertThat(read("\"a\" and \"b\"", WHO)).isEqualTo(Map.of("who", "\"a\" and \"b\""));
    assertThat(read("\"\" tea", WHO, WHAT)).isEqualTo(Map.of("who", "\"\"", "what", "tea"));
  }

  @Test
  void aMissingArgumentIsWrongUnlessItIsOptional() {
    assertThat(read("bob", WHO, SIZE, WHAT)).isEqualTo(Map.of("who", "bob"));
    assertThat(Arguments.read(List.of(WHO), " "))
        .isEqualTo(new Arguments.Wrong("The argument 'who' is missing."));
  }

  @Test
  void aChoiceIsOneOfItsWordsInAnyCase() {
    assertThat(read("bob LARGE", WHO, SIZE)).isEqualTo(Map.of("who", "bob", "size", "Large"));
    assertThat(Arguments.read(List.of(WHO, SIZE), "bob huge"))
        .isEqualTo(new Arguments.Wrong("The argument 'size' is one of: small, Large."));
  }

  @Test
  void aCommandWithoutArgumentsTakesAnyText() {
    assertThat(read("anything")).isEmpty();
  }

  private static Map<String, String> read(String text, Argument... declared) {
    return ((Arguments.Read) Arguments.read(List.of(declared), text))
        .arguments().stream().collect(toMap(CallArgument::name, CallArgument::value));
  }
}
