package kith.node.feature.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.room.Post;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReactionsTest {
  private static final Instant NOW = RoomHistory.NOW;
  private static final ReactionSettings BOUNDS = new ReactionSettings(3, 10);
  private static final RoomState ROOM = RoomHistory.after(RoomHistory.publicRoomOf("ann"));

  private final List<RoomEvent.PartEvent> events = new ArrayList<>();

  @Test
  void eachUserReactsOnceWithEachEmoji() {
    assertThat(react("ann", "👍")).isEmpty();
    assertThat(react("ann", "👍")).contains(Code.ALREADY_REACTED);
    assertThat(react("ann", "🎉")).isEmpty();
    assertThat(react("bob", "👍")).isEmpty();

    assertThat(shown())
        .containsExactly(
            new Entry.Reaction("👍", List.of("ann", "bob")),
            new Entry.Reaction("🎉", List.of("ann")));
  }

  @Test
  void aRemovedReactionIsGoneAndMayComeBack() {
    react("ann", "👍");

    assertThat(removes("ann", "👍")).isEmpty();
    assertThat(shown()).isEmpty();
    assertThat(removes("ann", "👍")).contains(Code.NOT_REACTED);
    assertThat(react("ann", "👍")).isEmpty();
  }

  @Test
  void theNumberOfDifferentEmojiOnAMessageIsLimited() {
    for (var i = 0; i < BOUNDS.emojiPerMessage(); i++)
      assertThat(react("ann", Character.toString(0x1F600 + i))).isEmpty();

    assertThat(react("ann", "👍")).contains(Code.TOO_MANY_REACTIONS);
    assertThat(react("bob", "😀")).as("one of the twenty emoji").isEmpty();
    assertThat(removes("ann", "😀")).isEmpty();
  }

  @Test
  void theChangesOfTheReactionsToOneMessageAreLimited() {
    for (var i = 0; i < BOUNDS.changesPerMessage(); i++) assertThat(react("u" + i, "👍")).isEmpty();

    assertThat(react("ann", "👍")).contains(Code.TOO_MANY_REACTIONS);
    assertThat(removes("u1", "👍")).isEmpty();
  }

  @Test
  void aMessageIsShownWithItsReactions() {
    react("ann", "👍");
    var message =
        new Entry.Message(
            2,
            NOW,
            "bob",
            "id",
            Optional.of("hello"),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(new ReactionAmendments().amend(message, events).reactions())
        .contains(List.of(new Entry.Reaction("👍", List.of("ann"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"👍", "👍🏽", "❤️", "👩‍👩‍👧‍👦", "🇩🇪", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"})
  void oneEmojiIsAnEmoji(String text) {
    assertThat(Emoji.is(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1", "👍👍", "ok 👍", "<b>", "\u202e", "\ud83d"})
  void otherTextIsNotAnEmoji(String text) {
    assertThat(Emoji.is(text)).isFalse();
  }

  private Optional<Code> react(String user, String emoji) {
    return post(new React(user, "id", 2, emoji, false));
  }

  private Optional<Code> removes(String user, String emoji) {
    return post(new React(user, "id", 2, emoji, true));
  }

  private Optional<Code> post(React post) {
    var message = new Post.Fact("bob", false, events);
    var objection =
        post.objection(ROOM, message)
            .or(() -> new ReactionRule(BOUNDS).objection(ROOM, post, Optional.of(message)));
    if (objection.isEmpty()) events.add(post.event(NOW));
    return objection;
  }

  private List<Entry.Reaction> shown() {
    return Reactions.after(events).shown();
  }
}
