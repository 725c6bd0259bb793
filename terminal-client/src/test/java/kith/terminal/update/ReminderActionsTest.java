package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Reminders.AccountReminder;
import kith.protocol.rest.Reminders.RemindedMessage;
import kith.terminal.model.Picker.Kind;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// `/remind`, its key and its list, and reminders that are due.
class ReminderActionsTest {
  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

  private final Story ann = Story.atHome(100, 24);

  ReminderActionsTest() {
    ann.arrives("r1", message(2, "bob", "hello"), message(3, "bob", "tea at four"));
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }

  private void submits(String line) {
    ann.happens(new Input.Typed(line));
    ann.presses("Enter");
  }

  private static ServerFrame.Reminder ofText(String id, boolean isDue) {
    return new ServerFrame.Reminder(
        id, isDue, AT, Optional.of("water the plants"), Optional.empty(), OptionalLong.empty());
  }

  private static ServerFrame.Reminder ofMessage(String room) {
    return new ServerFrame.Reminder(
        "k2", true, AT, Optional.empty(), Optional.of(room), OptionalLong.of(3));
  }

  private void arrives(ServerFrame.Reminder frame) {
    ann.happens(new Input.Net(new SessionEvent.Reminder(frame)));
  }

  private long notifications() {
    return ann.requests().stream().filter(Request.Notify.class::isInstance).count();
  }

  @Test
  void aDueReminderIsShownAndStaysInTheStatusLineUntilADeviceRemovesIt() {
    arrives(ofText("k1", true));
    assertThat(screen()).contains("Reminder: water the plants", "1 reminder: /reminders");
    assertThat(notifications()).isEqualTo(1);
    ann.presses("Escape");
    assertThat(screen()).doesNotContain("water the plants").contains("1 reminder: /reminders");

    arrives(ofText("k1", false));

    assertThat(screen()).doesNotContain("reminder:");
  }

  @Test
  void theNoticeDisappearsWhenAnotherDeviceRemovesTheReminder() {
    arrives(ofText("k1", true));

    arrives(ofText("k1", false));

    assertThat(screen()).doesNotContain("water the plants", "reminder:");
  }

  @Test
  void afterANewConnectionItIsNotShownAsNewAgain() {
    arrives(ofText("k1", true));
    arrives(ofText("k3", true));
    ann.presses("Escape");

    ann.state(new ConnectionState.Waiting(AT, "Nothing answers."));
    ann.online();
    // the other was removed meanwhile
    arrives(ofText("k1", true));

    assertThat(notifications()).isEqualTo(2);
    assertThat(screen()).contains("1 reminder: /reminders").doesNotContain("water the plants");
  }

  @Test
  void aReminderOfAMessageShowsTheMessage() {
    arrives(ofMessage("r1"));
    assertThat(screen()).contains("Reminder: bob: tea at four");

    arrives(ofMessage("gone"));
    assertThat(screen()).contains("Reminder: (no longer readable)", "1 reminder");
  }

  @Test
  void theKeyAsksWhen() {
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("m");
    assertThat(ann.model().editor().text()).isEqualTo("/remind 3 ");
    assertThat(screen()).contains("When? 20m, 14:30");

    ann.happens(new Input.Typed("1h"));
    ann.presses("Enter");

    var run = ann.latest(Request.Run.class);
    assertThat(run.room()).isEqualTo("r1");
    assertThat(run.line())
        .isInstanceOfSatisfying(
            InputLine.Remind.class, it -> assertThat(it.seq()).isEqualTo(OptionalLong.of(3)));
  }

  private void lists() {
    submits("/reminders");
    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.REMINDERS, ""));
    ann.happens(
        new Input.Listed(
            Kind.REMINDERS,
            "",
            List.of(
                Pickers.reminder(
                    new AccountReminder(
                        "k1",
                        AT,
                        true,
                        Optional.of("water the plants"),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty()),
                    "12:00"),
                Pickers.reminder(
                    new AccountReminder(
                        "k2",
                        AT,
                        false,
                        Optional.of("bring cake"),
                        Optional.of("r1"),
                        OptionalLong.of(2),
                        Optional.of(new RemindedMessage(AT, "bob", "hello"))),
                    "13:00"))));
  }

  @Test
  void deleteRemovesOneThatIsDueAtOnceAndAsksAboutOthers() {
    arrives(ofText("k1", true));
    lists();
    assertThat(screen()).contains("due  water the plants", "bob: hello (bring cake)", "13:00");

    ann.presses("Delete");
    assertThat(ann.latest(Request.Run.class).line()).isEqualTo(new InputLine.Unremind("k1"));
    assertThat(screen()).doesNotContain("due  water the plants").contains("bob: hello");

    ann.presses("Delete");
    assertThat(screen()).contains("Remove this reminder?");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line()).isEqualTo(new InputLine.Unremind("k2"));
  }

  @Test
  void enterGoesToTheMessage() {
    lists();
    ann.presses("ArrowDown", "Enter");

    assertThat(ann.model().room("r1").orElseThrow().reading().selected()).hasValue(2);
  }

  @Test
  void enterPostponesAText() {
    lists();
    ann.presses("Enter");
    assertThat(ann.model().editor().text()).isEqualTo("/postpone k1 ");

    ann.happens(new Input.Typed("1h"));
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isInstanceOfSatisfying(
            InputLine.Postpone.class, it -> assertThat(it.reminder()).isEqualTo("k1"));
  }

  @Test
  void aListOnTheScreenIsLoadedAgainWhenOneBecomesDue() {
    lists();

    arrives(ofText("k9", true));

    assertThat(ann.requests()).filteredOn(new Request.Items(Kind.REMINDERS, "")::equals).hasSize(2);
  }
}
