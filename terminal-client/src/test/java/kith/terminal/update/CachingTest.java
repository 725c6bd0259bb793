package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.model.CachedRoom;
import kith.terminal.model.Timeline;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The last screen of the previous run, until the server has answered.
class CachingTest {

  /// The rooms that a run with two messages in the garden saves.
  private static List<CachedRoom> saved() {
    var before = Story.atHome(80, 24);
    before.arrives("r1", message(2, "bob", "old news"), message(3, "bob", "a secret"));
    return CachedRoom.of(before.model());
  }

  private static String screen(Story ann) {
    return String.join("\n", ann.screen());
  }

  private static Story starts() {
    var ann = new Story(80, 24);
    ann.happens(new Input.CacheLoaded(saved()));
    return ann;
  }

  private static void isListed(Story ann, long end) {
    ann.online();
    ann.isIn("r1", "garden", end, 1, (int) end - 1);
    ann.isIn("r2", "lobby", 1, 1, 0);
    ann.listed();
  }

  @Test
  void theLastScreenIsThereBeforeTheConnection() {
    var ann = starts();

    assertThat(screen(ann))
        .contains("garden (saved on this machine)", "old news", "a secret")
        .contains("earlier messages are on the server", "◌ connecting");
    assertThat(ann.requests()).noneMatch(Request.Rest.class::isInstance);
    assertThat(ann.commands())
        .noneMatch(SessionCommand.Open.class::isInstance)
        .noneMatch(SessionCommand.History.class::isInstance)
        .noneMatch(SessionCommand.Read.class::isInstance);
  }

  @Test
  void theFirstPageReplacesTheSavedMessages() {
    var ann = starts();

    isListed(ann, 4);
    assertThat(ann.commands()).contains(SessionCommand.Open.after("r1", 4));
    assertThat(screen(ann)).as("until the page arrives").contains("a secret");
    ann.pages(
        "r1",
        message(1, "bob", "hi"),
        message(2, "bob", "old news"),
        redacted(3),
        message(4, "bob", "so"));

    assertThat(screen(ann))
        .contains("old news", "(removed by bob)")
        .doesNotContain("a secret", "saved on");
  }

  @Test
  void aNewMessageReplacesTheSavedMessages() {
    var ann = starts();
    isListed(ann, 3);

    ann.arrives("r1", message(4, "bob", "fresh"));

    assertThat(screen(ann)).contains("fresh").doesNotContain("a secret");
  }

  @Test
  void savedMessagesAreNotMarkedAsRead() {
    var ann = starts();
    isListed(ann, 3);

    assertThat(ann.commands()).noneMatch(SessionCommand.Read.class::isInstance);
    ann.pages("r1", message(2, "bob", "old news"), message(3, "bob", "a secret"));

    assertThat(ann.commands()).contains(new SessionCommand.Read("r1", 3));
  }

  @Test
  void aRoomThatTheUserHasLeftIsRemoved() {
    var ann = starts();
    ann.online();
    ann.isIn("r2", "lobby", 1, 1, 0);
    ann.listed();

    assertThat(screen(ann)).contains("lobby").doesNotContain("a secret", "garden");
    assertThat(ann.requests()).contains(new Request.SaveCache());
  }

  @Test
  void theCacheIsReadableOffline() {
    var ann = starts();
    ann.state(new ConnectionState.Waiting(Instant.EPOCH, "Nothing answers."));

    assertThat(screen(ann)).contains("a secret", "○ offline");
    ann.types("an answer");
    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post().room()).isEqualTo("r1");
  }

  @Test
  void aDraftSurvivesTheListOfTheServer() {
    var ann = starts();
    ann.types("half a sen");

    isListed(ann, 3);

    assertThat(ann.model().editor().text()).isEqualTo("half a sen");
    assertThat(ann.model().current()).contains("r1");
  }

  @Test
  void aRemovedMessageIsTakenOutOfTheFileAtOnce() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", "a secret"));
    assertThat(ann.requests()).noneMatch(Request.SaveCache.class::isInstance);

    ann.arrives("r1", new Entry.Redacted(3, Story.noon(), "bob", "e3", 2, Optional.empty()));

    assertThat(ann.requests()).contains(new Request.SaveCache());
    assertThat(CachedRoom.of(ann.model()).toString()).doesNotContain("a secret");
  }

  @Test
  void onlyRoomsThatTheServerListedAreSavedAgain() {
    var ann = starts();
    assertThat(CachedRoom.of(ann.model())).isEmpty();

    isListed(ann, 3);
    assertThat(CachedRoom.of(ann.model())).singleElement().matches(it -> it.entries().size() == 2);
    ann.pages("r1", message(2, "bob", "old news"), message(3, "bob", "a secret"));

    assertThat(CachedRoom.of(ann.model())).singleElement().matches(it -> it.entries().size() == 2);
  }

  @Test
  void aLateFileDoesNotReplaceTheServersList() {
    var ann = Story.atHome(80, 24);

    ann.happens(new Input.CacheLoaded(saved()));

    assertThat(ann.model().rooms()).noneMatch(room -> room.log().isCached());
  }

  @Test
  void aListedRoomKeepsNothingAboveTheEndOfTheServersLog() {
    var restored =
        Timeline.cached(List.of(message(2, "bob", "one"), message(9, "bob", "gone")), 9).listed(2);

    assertThat(restored.entries()).extracting(Entry::seq).containsExactly(2L);
  }

  private static Entry.Message redacted(long seq) {
    return new Entry.Message(
        seq,
        Story.noon(),
        "bob",
        "m" + seq,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.of(new Entry.Redaction(seq + 1, Story.noon(), "bob")),
        Optional.empty());
  }
}
