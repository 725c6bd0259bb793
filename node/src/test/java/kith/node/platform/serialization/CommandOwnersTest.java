package kith.node.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kith.node.core.room.Room;
import org.junit.jupiter.api.Test;

class CommandOwnersTest {
  interface Host {}

  interface Polls extends Host {}

  interface Pins extends Host {}

  record Vote() implements Polls {}

  record Pin() implements Pins {}

  @Test
  void aCommandBelongsToThePartThatDeclaresItsSupertype() {
    var owners = CommandOwners.of(Host.class, List.of(Polls.class, Pins.class));

    assertThat(owners.of(new Vote())).isEqualTo(Polls.class);
    assertThat(owners.of(new Pin())).isEqualTo(Pins.class);
  }

  @Test
  void twoOwnersOfOneCommandPreventTheStart() {
    assertThatThrownBy(() -> CommandOwners.of(Host.class, List.of(Polls.class, Polls.class)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> CommandOwners.of(Host.class, List.of(Host.class, Pins.class)))
        .hasMessageContaining("Pins");
  }

  @Test
  void aCommandWithoutAnOwnerIsRefused() {
    var owners = CommandOwners.of(Host.class, List.of(Polls.class));

    assertThatThrownBy(() -> owners.of(new Pin())).hasMessageContaining("Pin");
  }

  @Test
  void aSentCommandWithoutAnOwnerPreventsTheStart() {
    var owners = CommandOwners.of(Room.PartCommand.class, List.of());

    assertThatThrownBy(owners::requireAll).isInstanceOf(IllegalStateException.class);
  }
}
