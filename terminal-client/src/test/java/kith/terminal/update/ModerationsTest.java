package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.JoinState;
import kith.protocol.Role;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.ServerFrame.OwnMute;
import kith.protocol.rest.Joining.OwnJoinRequest;
import kith.protocol.rest.RoomAnswers.Member;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

class ModerationsTest {
  private final Story ann = Story.atHome(80, 20);

  @Test
  void aMutedUserSeesTheEndTheModeratorAndTheReason() {
    muted(
        "r1",
        Optional.of(
            new OwnMute(Story.noon().plus(Duration.ofHours(1)), "mo", Optional.of("spam"))));

    assertThat(screen()).contains("You are muted in garden until").contains("by mo (spam).");
    ann.presses("Escape");
    assertThat(screen()).doesNotContain("You are muted").contains("muted until").contains("by mo");

    muted("r1", Optional.empty());
    assertThat(screen()).contains("You can write in garden again.").doesNotContain("by mo");
  }

  @Test
  void aMuteExpires() {
    muted("r1", Optional.of(new OwnMute(Story.noon().plusSeconds(30), "mo", Optional.empty())));
    ann.passes(Duration.ofSeconds(60));

    assertThat(screen()).contains("You can write in garden again.").doesNotContain("by mo");
  }

  @Test
  void aMuteInAnotherRoomNamesTheRoom() {
    muted("r2", Optional.of(new OwnMute(Story.noon().plusSeconds(600), "mo", Optional.empty())));

    assertThat(screen()).contains("You are muted in lobby until");
    ann.presses("Escape");
    assertThat(screen()).doesNotContain("muted");
  }

  @Test
  void theEmptyEditorShowsTheRestrictionsOfTheRoom() {
    changed(2, new Moderation(OptionalInt.of(30), Optional.empty()));
    assertThat(screen()).contains("slow mode: one message in 30s");

    changed(3, new Moderation(OptionalInt.empty(), Optional.of(true)));
    assertThat(screen()).contains("only moderators write in this room");

    ann.happens(new Input.Members("r1", List.of(new Member("ann", Role.MODERATOR, Story.noon()))));
    assertThat(screen()).doesNotContain("only moderators write in this room");

    changed(4, new Moderation(OptionalInt.of(0), Optional.of(false)));
    ann.happens(new Input.Members("r1", List.of(new Member("ann", Role.MEMBER, Story.noon()))));
    assertThat(screen())
        .contains("changed slow mode to off, read-only to off")
        .doesNotContain("slow mode: one message in");
  }

  @Test
  void aModeratorIsNotifiedOfNewReportsAndNotOfClosedOnes() {
    reported(2);
    assertThat(screen()).contains("garden has 2 open reports: /reports");
    ann.presses("Escape");

    reported(1);

    assertThat(screen()).doesNotContain("open report");
    reported(2);
    assertThat(screen()).contains("garden has 2 open reports: /reports");
  }

  @Test
  void requestsToJoinAreReportedInOneLine() {
    joins(1);
    assertThat(screen()).contains("A user asks to join garden: /joins");
    joins(3);
    assertThat(screen()).contains("3 users ask to join garden: /joins");

    asked(JoinState.WAITING, Optional.empty());
    asked(JoinState.DECLINED, Optional.empty());
    assertThat(screen()).contains("kitchen: your request to join was declined (full).");
    asked(JoinState.DECLINED, Optional.of(new ServerFrame.JoinedRoom("r3", "attic")));
    assertThat(screen())
        .contains("You are now a member of attic: a moderator accepted your request.");
  }

  @Test
  void openTasksOfAnotherRoomAreMarkedAndOneCommandGoesThere() {
    joins("r2", 2);
    ann.presses("Escape");
    assertThat(screen()).contains("2 ask to join: /joins");
    ann.presses("F2");
    assertThat(screen()).contains("lobby").contains("!");

    ann.types("/joins");
    ann.presses("Enter");

    assertThat(ann.model().current()).contains("r2");
    assertThat(screen()).contains("Users who ask to join");
    ann.presses("Escape");
    joins("r2", 0);
    assertThat(screen()).doesNotContain("ask to join").doesNotContain("!");
  }

  @Test
  void openTasksAreKnownBeforeTheirRoomIsListed() {
    joins("r9", 1);
    assertThat(screen()).doesNotContain("to join");

    ann.isIn("r9", "attic", 5, 5, 0);
    ann.listed();

    assertThat(screen()).contains("A user asks to join attic: /joins").contains("1 asks to join");
  }

  private void joins(int count) {
    joins("r1", count);
  }

  private void joins(String room, int count) {
    var joins = count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
    ann.happens(
        new Input.Net(
            new SessionEvent.Moderation(
                new ServerFrame.Moderation(room, Optional.empty(), OptionalInt.empty(), joins))));
  }

  private void asked(JoinState state, Optional<ServerFrame.JoinedRoom> joined) {
    var reason = Optional.of("full").filter(_ -> state == JoinState.DECLINED);
    var request =
        new OwnJoinRequest(
            "r2", "kitchen", Optional.empty(), Story.noon(), Story.noon(), state, reason);
    ann.happens(
        new Input.Net(
            new SessionEvent.JoinRequests(new ServerFrame.JoinRequests(List.of(request), joined))));
  }

  private void reported(int count) {
    ann.happens(
        new Input.Net(
            new SessionEvent.Moderation(
                new ServerFrame.Moderation("r1", Optional.empty(), OptionalInt.of(count)))));
  }

  private void muted(String room, Optional<OwnMute> mute) {
    ann.happens(new Input.Net(new SessionEvent.Moderation(new ServerFrame.Moderation(room, mute))));
  }

  private void changed(long seq, Moderation change) {
    ann.happens(
        new Input.Net(
            new SessionEvent.Arrived(
                "r1",
                List.of(
                    new Entry.SettingsChanged(
                        seq,
                        Story.noon(),
                        "mo",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.of(change))))));
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }
}
