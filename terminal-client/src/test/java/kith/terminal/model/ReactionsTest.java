package kith.terminal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

/// Reactions in the timeline.
class ReactionsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Entry.Reaction BOBS = new Entry.Reaction("👍", List.of("bob"));
  private static final Entry.Reaction BOTH = new Entry.Reaction("👍", List.of("bob", "ann"));

  private static Entry.Message message(Entry.Reaction... reactions) {
    return new Entry.Message(
            1,
            NOON,
            "carol",
            "m1",
            Optional.of("hello"),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty())
        .withReactions(Arrays.asList(reactions));
  }

  private static Entry reacted(long seq, String by, String emoji) {
    return new Entry.Reacted(seq, NOON, by, "e" + seq, 1, emoji, Optional.empty());
  }

  private static Entry removed(long seq, String by, String emoji) {
    return new Entry.Reacted(seq, NOON, by, "e" + seq, 1, emoji, Optional.of(true));
  }

  private static Timeline timeline(Entry... entries) {
    return Timeline.of(Arrays.asList(entries), entries.length);
  }

  private static List<Entry.Reaction> reactions(Timeline log) {
    return Reactions.of((Entry.Message) log.find(1).orElseThrow());
  }

  @Test
  void reactionsAreAddedAndRemovedAtTheirMessage() {
    var log = timeline(message()).arrived(List.of(reacted(2, "bob", "👍")), false);
    log = log.arrived(List.of(reacted(3, "ann", "👍"), reacted(4, "ann", "🎉")), false);
    assertThat(reactions(log)).containsExactly(BOTH, new Entry.Reaction("🎉", List.of("ann")));

    log = log.arrived(List.of(removed(5, "ann", "🎉"), removed(6, "ann", "👍")), false);
    assertThat(reactions(log)).containsExactly(BOBS);
    assertThat(log.end()).isEqualTo(6);
  }

  @Test
  void aReactionThatTheMessageContainsAlreadyChangesNothing() {
    var log = timeline(message(BOBS));

    log = log.arrived(List.of(reacted(2, "bob", "👍"), removed(3, "ann", "👍")), false);
    assertThat(reactions(log)).containsExactly(BOBS);

    log = log.arrived(List.of(reacted(4, "ann", "👍")), false);
    assertThat(reactions(log)).containsExactly(BOTH);
  }

  @Test
  void loadedPagesChangeTheMessagesBeforeThem() {
    var older =
        Timeline.of(List.of(reacted(2, "ann", "👍")), 2).older(List.of(message(BOBS)), false);
    assertThat(reactions(older)).containsExactly(BOTH);

    var newer = Timeline.of(List.of(message(BOBS)), 2).newer(List.of(reacted(2, "ann", "👍")));
    assertThat(reactions(newer)).containsExactly(BOTH);
  }

  @Test
  void anEditKeepsReactionsAndARemovedMessageHasNone() {
    var log = timeline(message(BOBS));

    log =
        log.arrived(List.of(new Entry.Edited(2, NOON, "carol", "e2", 1, Optional.of("hi"))), false);
    assertThat(reactions(log)).containsExactly(BOBS);

    log =
        log.arrived(
            List.of(new Entry.Redacted(3, NOON, "carol", "e3", 1, Optional.empty())), false);
    log = log.arrived(List.of(reacted(4, "ann", "👍")), false);
    assertThat(reactions(log)).isEmpty();
  }

  private static Optional<Boolean> toggled(Timeline log, ClientFrame.Post... own) {
    return Reactions.toggled("id", "r1", 1, "👍", "ann", log, Arrays.asList(own)).remove();
  }

  private static ClientFrame.React post(Optional<Boolean> remove) {
    return new ClientFrame.React("p", "r1", 1, "👍", remove);
  }

  @Test
  void theSameReactionAgainRemovesIt() {
    assertThat(toggled(timeline(message(BOBS)))).isEmpty();
    assertThat(toggled(timeline(message(BOTH)))).contains(true);
  }

  @Test
  void waitingPostsCountForTheToggle() {
    assertThat(toggled(timeline(message(BOBS)), post(Optional.empty()))).contains(true);
    assertThat(toggled(timeline(message(BOTH)), post(Optional.of(true)))).isEmpty();
  }
}
