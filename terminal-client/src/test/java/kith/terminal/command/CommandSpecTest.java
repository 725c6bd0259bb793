package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.NewCommand;
import org.junit.jupiter.api.Test;

class CommandSpecTest {
  @Test
  void aCommandIsItsNameItsArgumentsAndADescription() {
    assertThat(CommandSpec.read("order what size:small|large [note] = Order a=b "))
        .contains(
            new NewCommand(
                "order",
                "Order a=b",
                Optional.of(
                    List.of(
                        new Argument("what", Optional.empty(), Optional.empty()),
                        new Argument(
                            "size", Optional.empty(), Optional.of(List.of("small", "large"))),
                        new Argument("note", Optional.of(true), Optional.empty())))));
    assertThat(CommandSpec.read("poll=Show it"))
        .contains(new NewCommand("poll", "Show it", Optional.of(List.of())));
  }

  @Test
  void aCommandNeedsANameAndADescription() {
    for (var text : List.of("", "=", "poll", "poll=", "poll= ", "=Show it", " = Show it"))
      assertThat(CommandSpec.read(text)).as(text).isEmpty();
  }
}
