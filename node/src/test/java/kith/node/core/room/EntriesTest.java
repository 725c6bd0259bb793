package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.edited;
import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import org.junit.jupiter.api.Test;

class EntriesTest {
  private static final Entry.LatestEdit EDIT = new Entry.LatestEdit(5, NOW, "newer");
  private static final Entry.Redaction REDACTION = new Entry.Redaction(6, NOW, "bob");

  @Test
  void noHashIsEverInAnEntry() {
    var secrets =
        List.<RoomEvent>of(
            RoomHistory.created(
                "ann", Visibility.PRIVATE, Optional.of("the-hash"), OptionalInt.empty()),
            new RoomEvent.SettingsChanged(
                "ann",
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("the-hash"),
                OptionalInt.empty(),
                Optional.empty()),
            new RoomEvent.Invited("ann", NOW, "i1", "the-hash", NOW, OptionalInt.of(1)));

    for (var event : secrets)
      assertThat(Json.text(Entries.of(1, event))).doesNotContain("the-hash");
  }

  @Test
  void entriesShowOnlyWhetherThereIsAPasscode() {
    assertThat(Json.text(Entries.of(1, RoomHistory.publicRoomOf("ann"))))
        .contains("\"passcode\":false");
    assertThat(Entries.of(2, passcodeChanged("hash")))
        .isInstanceOfSatisfying(
            Entry.SettingsChanged.class, it -> assertThat(it.passcode()).contains(true));
    assertThat(Entries.of(2, passcodeChanged("")))
        .isInstanceOfSatisfying(
            Entry.SettingsChanged.class, it -> assertThat(it.passcode()).contains(false));
  }

  @Test
  void theUsedInvitationIsNotShown() {
    assertThat(Json.text(Entries.of(3, RoomHistory.invitedBack("bob", "i1"))))
        .isEqualTo(
            "{\"type\":\"joined\",\"seq\":3,\"at\":\"2026-11-21T12:00:00Z\",\"by\":\"bob\"}");
  }

  @Test
  void anEditIsShownBesideTheFirstBody() {
    var message = Entries.of(3, said("ann", "1", "first"));

    assertThat(Entries.amended(message, Optional.of(EDIT), Optional.empty()))
        .isEqualTo(message(Optional.of("first"), Optional.of(EDIT), Optional.empty()));
  }

  @Test
  void allTextsOfBlockedUsersAreHidden() {
    var reason = Optional.of("you cannot hide from me");
    var theirs =
        List.<Entry>of(
            Entries.of(3, said("eve", "1", "first")),
            Entries.of(4, edited("eve", "2", 3, "newer")),
            new Entry.Redacted(5, NOW, "eve", "3", 3, reason),
            new Entry.Kicked(6, NOW, "eve", "max", reason),
            new Entry.Banned(7, NOW, "eve", "max", reason));

    assertThat(Entries.hiding(Set.of("eve"), theirs))
        .containsExactly(
            new Entry.Hidden(3, NOW),
            new Entry.Hidden(4, NOW),
            new Entry.Redacted(5, NOW, "eve", "3", 3, Optional.empty()),
            new Entry.Kicked(6, NOW, "eve", "max", Optional.empty()),
            new Entry.Banned(7, NOW, "eve", "max", Optional.empty()));
    assertThat(Entries.hiding(Set.of("ann"), theirs)).isEqualTo(theirs);
    assertThat(theirs)
        .allSatisfy(it -> assertThat(Entries.isFree(Set.of("eve"), List.of(it))).isFalse());
  }

  @Test
  void aRedactionRemovesAllTexts() {
    var message = Entries.of(3, said("ann", "1", "first"));
    var edit = Entries.of(5, edited("ann", "2", 3, "newer"));

    assertThat(Entries.amended(message, Optional.of(EDIT), Optional.of(REDACTION)))
        .isEqualTo(message(Optional.empty(), Optional.empty(), Optional.of(REDACTION)));
    assertThat(Entries.amended(edit, Optional.of(EDIT), Optional.of(REDACTION)))
        .isEqualTo(new Entry.Edited(5, NOW, "ann", "2", 3, Optional.empty()));
    assertThat(Entries.amended(edit, Optional.of(EDIT), Optional.empty())).isEqualTo(edit);
  }

  @Test
  void onlyMessagesAndTheirEditsHaveTextToAmend() {
    assertThat(Entries.message(Entries.of(3, said("ann", "1", "first")))).hasValue(3);
    assertThat(Entries.message(Entries.of(5, edited("ann", "2", 3, "newer")))).hasValue(3);
    assertThat(Entries.message(Entries.of(6, RoomHistory.redacted("ann", "3", 3)))).isEmpty();
  }

  private static Entry message(
      Optional<String> body, Optional<Entry.LatestEdit> edit, Optional<Entry.Redaction> redaction) {
    return new Entry.Message(3, NOW, "ann", "1", body, OptionalLong.empty(), edit, redaction);
  }

  private static RoomEvent passcodeChanged(String hash) {
    return new RoomEvent.SettingsChanged(
        "ann",
        NOW,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(hash),
        OptionalInt.empty(),
        Optional.empty());
  }
}
