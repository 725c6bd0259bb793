package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.net.RefusedPost;
import kith.terminal.net.SessionEvent;
import org.junit.jupiter.api.Test;

/// The output of line mode.
class TranscriptTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Transcript transcript =
      new Transcript(new PrintStream(printed, true, StandardCharsets.UTF_8), ZoneOffset.UTC);

  private List<String> lines() {
    var lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    printed.reset();
    return lines;
  }

  private static Entry left(long seq, String user) {
    return new Entry.Left(seq, Instant.EPOCH, user);
  }

  private static InboxRoom row(long read) {
    return new InboxRoom(
        "tea",
        Optional.of("tea"),
        Optional.empty(),
        Optional.empty(),
        9,
        read,
        9 - read,
        OptionalLong.empty(),
        OptionalInt.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static SessionEvent inbox(InboxRoom row) {
    return new SessionEvent.Inbox(List.of(row), List.of(), Optional.empty());
  }

  @Test
  void theEndOfARoomThatTheUserLeavesIsPrintedByTheCommandOnly() {
    transcript.setCurrent("tea");
    transcript.leaving("tea");
    lines();

    transcript.accept(new SessionEvent.Arrived("tea", List.of(left(5, "ann"))));
    transcript.accept(new SessionEvent.RoomClosed("tea", "not-a-member", "You left the room."));

    assertThat(lines()).isEmpty();
  }

  @Test
  void anEndOfARoomByAnotherUserIsPrinted() {
    transcript.setCurrent("tea");
    lines();

    transcript.accept(new SessionEvent.RoomClosed("tea", "not-a-member", "You were removed."));

    assertThat(lines())
        .containsExactly(
            "-- tea is closed: You were removed.",
            "-- you are not in a room; /join or /create one");
  }

  @Test
  void aLiveMessageMarksNoEarlierMessagesAsRead() {
    var read = new ArrayList<Long>();
    transcript.onRead((_, seq) -> read.add(seq));
    transcript.accept(inbox(row(4)));

    transcript.accept(new SessionEvent.Arrived("tea", List.of(left(9, "bob"))));
    assertThat(read).isEmpty();

    transcript.printUnread("tea", List.of(left(5, "bob"), left(9, "bob")));
    assertThat(read).containsExactly(9L);
  }

  @Test
  void refusedPostsAreTakenInTheirOrder() {
    var first = new ClientFrame.Edit("1", "tea", 4, "x");
    var second = new ClientFrame.Edit("2", "tea", 5, "y");
    transcript.restore(List.of(new RefusedPost(first, "This message is not yours.")));
    transcript.accept(new SessionEvent.Failed(second, "not-your-message", "Not yours."));

    assertThat(lines())
        .containsExactly(
            "✗ not sent earlier: This message is not yours. — tea /edit 4 x",
            "-- /retry sends the oldest one of the room again, /drop drops it",
            "✗ not sent (not-your-message): Not yours. — /edit 5 y");
    assertThat(transcript.takeRefused("den")).isEmpty();
    assertThat(transcript.takeRefused("tea")).contains(first);
    assertThat(transcript.takeRefused("tea")).contains(second);
    assertThat(transcript.takeRefused("tea")).isEmpty();
  }

  @Test
  void linesWaitWhileAnotherProgramHasTheTerminal() {
    transcript.hold();
    transcript.print("one");
    assertThat(lines()).isEmpty();

    transcript.release();
    assertThat(lines()).containsExactly("one");
  }

  @Test
  void aReadPositionIsConfirmedByTheInbox() throws InterruptedException {
    transcript.reading(Map.of("tea", 9L));
    assertThat(transcript.awaitReads(Duration.ZERO)).isFalse();

    transcript.reading(Map.of("tea", 9L));
    transcript.accept(inbox(row(9)));
    assertThat(transcript.awaitReads(Duration.ZERO)).isTrue();
  }
}
