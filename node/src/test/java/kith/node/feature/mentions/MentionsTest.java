package kith.node.feature.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {
  private static final int MOST = 50;
  private static final Set<String> HERE =
      Set.of("ann", "bob", "ann.", "bob-2", "günther", "李雷", "o'neil", "a+b", Mentions.EVERYONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@ann",
        "hello @ann",
        "hello @ann, how are you?",
        "(@ann)",
        "@Ann!",
        "@ANN",
        "*@ann*",
        "“@ann”",
        "@ann's idea",
        "@ann:",
        "line\n@ann\nline",
        "你好@ann",
        "@ann你好",
        "@ann @ann @nobody",
        "a ` b @ann",
        "``a`` @ann `b`",
        "https://kith.example/@bob @ann",
        "@@ann @ann",
        "ann: hi",
        "Ann: hi @ann",
        "ann:",
        "ann:\nhi",
      })
  void annIsMentioned(String text) {
    assertThat(in(text)).containsExactly("ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "@",
        "@ ann",
        "@anna",
        "@annann",
        "mail@ann",
        "first.@ann",
        "`@ann`",
        "``a ` @ann``",
        "```\n@ann\n```",
        "https://kith.example/@ann",
        "https://kith.example/(@ann)",
        "x/@ann",
        "@ann-marie",
        "@nobody",
        "ann:hi",
        "ann : hi",
        " ann: hi",
        "hello ann: hi",
        "`ann: hi`",
        "nobody: hi",
        ": hi",
        "room: hi",
      })
  void nobodyIsMentioned(String text) {
    assertThat(in(text)).isEmpty();
  }

  @Test
  void theLongestNameIsMentioned() {
    assertThat(in("@ann. @bob-2 @bob- @a+b @o'neil's @Günther @李雷你好"))
        .containsExactly("ann.", "bob-2", "bob", "a+b", "o'neil", "günther", "李雷");
  }

  @Test
  void theAddressedMemberIsMentionedFirst() {
    assertThat(in("Günther: ask @bob or @ann")).containsExactly("günther", "bob", "ann");
    assertThat(in("ann.: hi")).containsExactly("ann.");
    assertThat(in("李雷: 你好")).containsExactly("李雷");
  }

  @Test
  void roomMentionsEveryone() {
    assertThat(in("@room, @ann is here")).containsExactly(Mentions.EVERYONE, "ann");
    assertThat(Mentions.in("@room", MOST, "room"::equals)).hasValue(List.of("room"));
  }

  @Test
  void noMoreMentionsAreCountedThanTheBound() {
    var text = new StringBuilder();
    for (var i = 0; i < 200; i++) text.append("@user").append(i).append(' ');

    assertThat(Mentions.in(text.toString(), MOST, _ -> true).orElseThrow()).hasSize(MOST);
  }

  @Property
  void onlyMembersAreMentionedAndOnlyOnce(
      @ForAll @Chars({'@', '`', 'a', 'n', '.', ' ', '\'', ':', '/', '李'}) @CharRange(to = 'z')
          String text) {
    assertThat(in(text)).isSubsetOf(HERE).doesNotHaveDuplicates();
  }

  private static List<String> in(String text) {
    return Mentions.in(text, MOST, HERE::contains).orElse(List.of());
  }
}
