package kith.terminal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Inboxes.Latest;
import org.junit.jupiter.api.Test;

class RoomListingTest {
  private static final Latest RUDE = new Latest(7, Instant.EPOCH, "bob", Optional.of("rude"));

  @Test
  void anUpdateWithoutALatestMessageKeepsItUnlessItIsHidden() {
    var listed = RoomListing.NONE.changed(row(Optional.of(RUDE), Optional.empty()));

    assertThat(listed.changed(row(Optional.empty(), Optional.empty())).latest()).hasValue(RUDE);
    assertThat(listed.changed(row(Optional.empty(), Optional.of(true))).latest()).isEmpty();
  }

  private static InboxRoom row(Optional<Latest> latest, Optional<Boolean> hidden) {
    return new InboxRoom(
        "tea",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        7,
        7,
        0,
        OptionalLong.empty(),
        OptionalInt.empty(),
        false,
        latest,
        hidden);
  }
}
