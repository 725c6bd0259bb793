package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Names;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomRequests;
import org.junit.jupiter.api.Test;

class EntryLinesTest {
  @Test
  void aMarkShowsThatAProgramSpeaks() {
    var hook = new Entry.Program("hook", Optional.of("gra\u001bfana"), Optional.of("ann"));

    assertThat(EntryLines.text(message("@grafana", Optional.of(hook))))
        .get()
        .asString()
        .startsWith("⚙ gra")
        .endsWith("fana: the disk is full")
        .doesNotContain("\u001b");
    assertThat(EntryLines.text(message("ann", Optional.empty()))).contains("ann: the disk is full");
  }

  @Test
  void aProgramWithoutANameHasThatOfItsAccount() {
    var bot = new Entry.Program("bot", Optional.empty(), Optional.of("ann"));

    assertThat(EntryLines.author(message("weather", Optional.of(bot)))).isEqualTo("⚙ weather");
  }

  @Test
  void theOperatorOfTheServerArchivesARoom() {
    assertThat(EntryLines.text(archived(true)))
        .contains("* the server's operator archived the room");
    assertThat(EntryLines.text(archived(false)))
        .contains("* the server's operator opened the room again");
  }

  private static Entry archived(boolean is) {
    return new Entry.SettingsChanged(
        1,
        Instant.EPOCH,
        Names.OPERATOR,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(RoomRequests.Moderation.archiving(is)));
  }

  private static Entry.Message message(String by, Optional<Entry.Program> program) {
    return new Entry.Message(
        1,
        Instant.EPOCH,
        by,
        "m1",
        Optional.of("the disk is full"),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        program);
  }
}
