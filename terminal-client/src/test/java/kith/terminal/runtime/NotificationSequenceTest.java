package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import kith.terminal.config.Conf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A notification never becomes another command of the terminal.
class NotificationSequenceTest {

  @Test
  void aNotificationHasTheTitleAndTheText() {
    assertThat(NotificationSequence.of(Conf.How.OSC9, "lobby", "bob: hi"))
        .isEqualTo("\u001b]9;lobby: bob: hi\u0007");
    assertThat(NotificationSequence.of(Conf.How.OSC777, "a;b", "bob: hi"))
        .isEqualTo("\u001b]777;notify;a,b;bob: hi\u0007");
    assertThat(NotificationSequence.of(Conf.How.BELL, "lobby", "bob: hi")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4;1;90", "4", "6;\"shell\"", " 4;1;90", "+4;1;90", "-4", "٤;1;90", "@bob", ""})
  void aTitleIsNotReadAsACommandOfTheTerminal(String title) {
    assertThat(NotificationSequence.of(Conf.How.OSC9, title, "bob: hi"))
        .isEqualTo("\u001b]9;Kith: " + title + ": bob: hi\u0007");
  }
}
