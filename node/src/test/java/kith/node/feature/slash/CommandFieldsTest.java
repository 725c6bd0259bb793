package kith.node.feature.slash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.NewCommand;
import org.junit.jupiter.api.Test;

class CommandFieldsTest {
  @Test
  void aCommandHasANameAndALine() {
    assertThat(CommandFields.objection(List.of(command("vote-2_x", "Vote 😀")))).isEmpty();
    assertThat(CommandFields.objection(List.of())).isEmpty();
    for (var name : List.of("", "Vote", "vote!", "a b", "/vote", "-vote", "ü", "a".repeat(33)))
      assertThat(CommandFields.objection(List.of(command(name, "Vote")))).as(name).isPresent();
    for (var text : List.of("", "  ", "two\nlines", "\u2028", "a".repeat(201), "\ud800"))
      assertThat(CommandFields.objection(List.of(command("vote", text)))).as(text).isPresent();
  }

  @Test
  void twoCommandsOfABotDiffer() {
    assertThat(CommandFields.objection(List.of(command("vote", "a"), command("vote", "b"))))
        .contains("The command 'vote' is there twice.");
  }

  @Test
  void requiredArgumentsComeFirst() {
    var required = new Argument("a", Optional.empty(), Optional.empty());
    var optional = new Argument("b", Optional.of(true), Optional.empty());

    assertThat(with(required, optional)).isEmpty();
    assertThat(with(optional, required))
        .contains("The command 'vote': a required argument cannot follow an optional one.");
    assertThat(with(required, required)).isPresent();
    assertThat(
            with(
                IntStream.range(0, 11)
                    .mapToObj(i -> new Argument("a" + i, Optional.empty(), Optional.empty()))
                    .toArray(Argument[]::new)))
        .contains("The command 'vote': it has more than 10 arguments.");
  }

  @Test
  void choicesAreDifferentWords() {
    assertThat(with(choosing("small", "large"))).isEmpty();
    for (var wrong :
        List.of(choosing(), choosing("a", "a"), choosing("a b"), choosing(""), choosing("a\n")))
      assertThat(with(wrong)).as(wrong.toString()).isPresent();
  }

  private static Argument choosing(String... choices) {
    return new Argument("size", Optional.empty(), Optional.of(List.of(choices)));
  }

  private static Optional<String> with(Argument... arguments) {
    return CommandFields.objection(
        List.of(new NewCommand("vote", "Vote", Optional.of(List.of(arguments)))));
  }

  private static NewCommand command(String name, String description) {
    return new NewCommand(name, description, Optional.empty());
  }
}
