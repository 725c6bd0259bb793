package kith.node.feature.pins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.node.core.room.Post;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

class PinsTest {
  private static final Instant NOW = RoomHistory.NOW;
  private static final PinSettings BOUNDS = new PinSettings(2, 4);
  private static final RoomState ROOM =
      RoomHistory.after(
          RoomHistory.publicRoomOf("ann"),
          RoomHistory.joined("bob"),
          RoomHistory.joined("eve"),
          RoomHistory.role("ann", "bob", Role.MODERATOR));

  private final List<RoomEvent> events = new ArrayList<>();
  private final List<RoomEvent> earlier = new ArrayList<>();

  @Test
  void ownersAndModeratorsPin() {
    assertThat(pins("ann", 7)).isEmpty();
    assertThat(pins("bob", 8)).isEmpty();
    assertThat(pins("eve", 9)).contains(Code.NOT_ALLOWED);
    assertThat(unpins("eve", 7)).contains(Code.NOT_ALLOWED);
    assertThat(unpins("bob", 7)).as("somebody else pinned it").isEmpty();
  }

  @Test
  void bothMembersOfAConversationPin() {
    var conversation =
        RoomHistory.after(
            new RoomEvent.Created(
                "ann",
                NOW,
                "",
                "",
                Visibility.DIRECT,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(List.of("ann", "eve"))));

    assertThat(new Pin("eve", "id", 2, false).objection(conversation, fact(2))).isEmpty();
  }

  @Test
  void aMessageIsPinnedOnce() {
    pins("ann", 7);

    assertThat(pins("bob", 7)).contains(Code.ALREADY_PINNED);
    assertThat(unpins("ann", 8)).contains(Code.NOT_PINNED);
    unpins("ann", 7);
    assertThat(unpins("ann", 7)).contains(Code.NOT_PINNED);
    assertThat(pins("ann", 7)).isEmpty();
  }

  @Test
  void thePinnedMessagesOfARoomAreLimited() {
    pins("ann", 7);
    pins("ann", 8);

    assertThat(pins("ann", 9)).contains(Code.TOO_MANY_PINS);
    unpins("ann", 7);
    assertThat(pins("ann", 9)).isEmpty();
  }

  @Test
  void aRedactedMessageAndOneThatIsNotKeptAreNotCounted() {
    pins("ann", 7);
    pins("ann", 8);

    events.add(new RoomEvent.Redacted("ann", NOW, "id", 7, Optional.empty()));
    assertThat(pins("ann", 20)).isEmpty();
    events.add(new RoomEvent.Truncated(NOW, 9, 5));
    assertThat(pins("ann", 21)).isEmpty();
    assertThat(pins("ann", 22)).contains(Code.TOO_MANY_PINS);
  }

  @Test
  void postsOfOneBatchCountTogether() {
    pins("ann", 7);
    earlier.add(new Pinned("ann", NOW, "id", 8, false));

    assertThat(pins("ann", 9)).contains(Code.TOO_MANY_PINS);

    earlier.add(new Pinned("ann", NOW, "id", 7, true));
    assertThat(pins("ann", 9)).isEmpty();
  }

  @Test
  void theChangesOfOneMessageAreLimitedButItCanBeUnpinned() {
    pins("ann", 7);
    unpins("ann", 7);
    pins("ann", 7);
    unpins("ann", 7);
    assertThat(pins("ann", 7)).contains(Code.TOO_MANY_PINS);
    assertThat(pins("ann", 8)).as("another message").isEmpty();

    events.add(new Pinned("ann", NOW, "id", 7, false));
    assertThat(unpins("ann", 7)).isEmpty();
  }

  @Test
  void aMessageIsShownWithItsPinWhileItIsPinned() {
    pins("bob", 7);
    assertThat(shown(7).pin()).contains(new Entry.Pin(NOW, "bob"));

    unpins("ann", 7);
    assertThat(shown(7).pin()).isEmpty();
  }

  @Test
  void anIdMeansOnePost() {
    assertThat(new Pin("ann", "id", 7, false).meaning())
        .isNotEqualTo(new Pin("ann", "id", 7, true).meaning())
        .isNotEqualTo(new Pin("ann", "id", 8, false).meaning());
  }

  private Entry.Message shown(long message) {
    return new PinAmendments()
        .amend(
            new Entry.Message(
                message,
                NOW,
                "bob",
                "id",
                Optional.of("hello"),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty()),
            fact(message).amendments());
  }

  private Optional<Code> pins(String user, long message) {
    return post(new Pin(user, "id", message, false));
  }

  private Optional<Code> unpins(String user, long message) {
    return post(new Pin(user, "id", message, true));
  }

  private Optional<Code> post(Pin post) {
    var target = fact(post.message());
    var rule = new PinRule(BOUNDS, () -> PinnedSet.NONE.with(events));
    var objection =
        post.objection(ROOM, target)
            .or(() ->
                rule.refusal(ROOM, post, Optional.of(target), earlier, NOW)
                    .map(Post.Refused::code));
    if (objection.isEmpty()) events.add(post.event(NOW));
    return objection;
  }

  private Post.Fact fact(long message) {
    return new Post.Fact(
        "bob",
        false,
        events.stream()
            .filter(Pinned.class::isInstance)
            .<RoomEvent.PartEvent>map(Pinned.class::cast)
            .filter(it -> it.target().equals(OptionalLong.of(message)))
            .toList());
  }
}
