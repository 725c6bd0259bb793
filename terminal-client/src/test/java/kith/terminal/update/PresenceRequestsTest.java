package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.protocol.Limits;
import kith.protocol.Role;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import kith.protocol.rest.People.Contact;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Presence, typing, contacts and receipts on the screen, and the reports of ann's own activity.
class PresenceRequestsTest {

  private static Story withBob(int columns, int rows) {
    var ann = Story.atHome(columns, rows);
    ann.isIn("dm-1", "@bob", 1, 1, 0);
    ann.listed();
    return ann;
  }

  private static void members(Story ann, String... users) {
    var members = Stream.of(users).map(user -> new Member(user, Role.MEMBER, Story.noon()));
    ann.happens(new Input.Members("r1", members.toList()));
  }

  private static void are(Story ann, UserPresence... where) {
    ann.happens(new Input.Net(new SessionEvent.Presence(Arrays.asList(where), true)));
  }

  private static UserPresence is(String user, Status status) {
    return new UserPresence(user, status, Optional.empty());
  }

  private static void write(Story ann, String room, String... users) {
    ann.happens(new Input.Net(new SessionEvent.Typing(room, List.of(users))));
  }

  private static ClientFrame.Watch watched(Story ann) {
    return ann.latestCommand(SessionCommand.Watch.class).watch();
  }

  @Test
  void onlyUsersOnTheScreenAreWatched() {
    var ann = withBob(120, 20);
    members(ann, "ann", "carol", "dave");
    assertThat(watched(ann))
        .isEqualTo(
            new ClientFrame.Watch(Optional.of("r1"), List.of("ann", "carol", "dave", "bob")));

    ann.presses("F3", "F2");
    assertThat(watched(ann).users()).containsExactly("ann");
    int before = ann.commands().size();
    ann.types("hello");
    assertThat(ann.commands().subList(before, ann.commands().size()))
        .noneMatch(SessionCommand.Watch.class::isInstance);
  }

  @Test
  void noMoreUsersAreWatchedThanTheServerAccepts() {
    var ann = withBob(120, 20);
    ann.online(Optional.of(new Limits.OfSocket(2, 100, 262_144)));

    members(ann, "ann", "carol", "dave");

    assertThat(watched(ann).users()).containsExactly("ann", "carol");
  }

  @Test
  void membersAndConversationsShowThePresence() {
    var ann = withBob(120, 20);
    members(ann, "ann", "carol", "dave");
    are(
        ann,
        is("ann", Status.ONLINE),
        is("carol", Status.IDLE),
        is("dave", Status.OFFLINE),
        is("bob", Status.DND));

    assertThat(ann.screen().subList(0, 4))
        .containsExactly(
            " Rooms                    │ garden                                                    "
                + "             │ Members 3",
            " 1 garden                 │                                                           "
                + "             │ ● ann",
            " 3 ⊖ bob                  │                                                           "
                + "             │ ◐ carol",
            " 2 lobby                  │                                                           "
                + "             │ ○ dave");

    ann.presses("Alt-3");
    assertThat(ann.screen().getFirst()).contains("@bob — do not disturb");
  }

  @Test
  void lastSeenIsHiddenWithoutAConnection() {
    var ann = withBob(80, 20);
    ann.presses("Alt-1");
    are(ann, new UserPresence("bob", Status.OFFLINE, Optional.of(Story.noon())));
    ann.presses("Ctrl-k");
    ann.types("@bob");
    ann.presses("Enter");
    assertThat(ann.screen().getFirst()).contains("@bob — last seen 21 November 12:00");

    ann.state(new ConnectionState.Waiting(Story.noon(), "Nothing answers."));
    assertThat(ann.screen().getFirst()).endsWith("@bob");
  }

  @Test
  void typingUsersAreShownUntilTheirMessageArrives() {
    var ann = Story.atHome(80, 20);
    write(ann, "r2", "bob");
    assertThat(ann.screen().getFirst()).doesNotContain("typing");

    write(ann, "r1", "bob");
    assertThat(ann.screen().getFirst()).endsWith("bob is typing …");
    write(ann, "r1", "bob", "carol", "dave");
    assertThat(ann.screen().getFirst()).endsWith("bob and 2 others are typing …");
    ann.arrives("r1", message(2, "bob", "there"));
    assertThat(ann.screen().getFirst()).endsWith("carol and dave are typing …");

    write(ann, "r1");
    assertThat(ann.screen().getFirst()).endsWith("garden");
  }

  @Test
  void aUserWhoHasEditedAMessageTypesNoLonger() {
    var ann = Story.atHome(80, 20);
    ann.arrives("r1", message(2, "bob", "ther"));
    write(ann, "r1", "bob");

    ann.arrives("r1", new Entry.Edited(3, Story.noon(), "bob", "e3", 2, Optional.of("there")));

    assertThat(ann.screen().getFirst()).endsWith("garden");
  }

  @Test
  void typingIsReportedEveryThreeSecondsButNotForCommands() {
    var ann = Story.atHome(80, 20);
    ann.types("/topic");
    assertThat(ann.commands()).noneMatch(SessionCommand.Typing.class::isInstance);
    ann.presses("Ctrl-u");

    ann.types("hello");
    assertThat(ann.commands().stream().filter(SessionCommand.Typing.class::isInstance)).hasSize(2);
    ann.presses("Enter");
    ann.types("a");
    assertThat(ann.commands().stream().filter(SessionCommand.Typing.class::isInstance)).hasSize(3);
  }

  @Test
  void fiveMinutesWithoutAKeyReportIdleUntilTheNextKey() {
    var ann = Story.atHome(80, 20);
    ann.types("a");
    ann.passes(Duration.ofMinutes(5));
    assertThat(ann.latestCommand(SessionCommand.Idle.class))
        .isEqualTo(new SessionCommand.Idle(true));

    ann.presses("Backspace");
    assertThat(ann.latestCommand(SessionCommand.Idle.class))
        .isEqualTo(new SessionCommand.Idle(false));
  }

  @Test
  void doNotDisturbOnAnotherDeviceStopsNotifications() {
    var ann = Story.atHome(80, 20);
    are(ann, is("ann", Status.DND));

    ann.arrives("r2", message(2, "bob", "@ann"));

    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);
    assertThat(ann.screen().get(18)).startsWith(" ⊖ ann (do not disturb)");
  }

  @Test
  void mentionsAreDecidedByTheServer() {
    var ann = Story.atHome(80, 20);

    ann.arrives("r2", message(2, "bob", "mail to x at ann"), message(3, "bob", "@ann"));

    assertThat(ann.model().room("r2").orElseThrow().reading().mentions()).isEqualTo(1);
    assertThat(ann.model().room("r2").orElseThrow().reading().unread()).isEqualTo(2);
  }

  private static Contact contact(String user) {
    return new Contact(user, Optional.of("a note"), Story.noon());
  }

  private static void knows(Story ann) {
    ann.happens(
        new Input.Net(
            new SessionEvent.Contacts(
                new ServerFrame.Contacts(
                    List.of(contact("bob")),
                    List.of(contact("eve")),
                    List.of(contact("dave")),
                    List.of(),
                    true))));
  }

  @Test
  void theContactListAcceptsAndRemoves() {
    var ann = Story.atHome(60, 14);
    knows(ann);
    assertThat(ann.screen().get(12)).endsWith("1 request: F9  F1 help");

    ann.presses("F9");
    are(ann, is("bob", Status.ONLINE));
    assertThat(watched(ann).users()).contains("bob", "eve", "dave");
    assertThat(ann.screen().subList(1, 7))
        .containsExactly(
            " ┌─ Contacts and requests ────────────────────────────────┐",
            " │ ? eve                     sent you a contact request   │",
            " │ ● bob                     online — a note              │",
            " │ ? dave                    has not answered your reque… │",
            " │ Enter accepts  x declines  Escape closes               │",
            " └────────────────────────────────────────────────────────┘");

    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Contact(InputLine.ContactAction.ACCEPT, "eve", Optional.empty()));
    ann.presses("ArrowDown");
    ann.types("x");
    assertThat(String.join("\n", ann.screen())).contains("End this contact for both of you?");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Contact(InputLine.ContactAction.REMOVE, "bob", Optional.empty()));

    ann.happens(
        new Input.Net(
            new SessionEvent.Contacts(
                new ServerFrame.Contacts(
                    List.of(contact("eve")), List.of(), List.of(), List.of("bob"), false))));
    assertThat(ann.model().contacts().requests()).isZero();
    assertThat(ann.model().contacts().people()).containsOnlyKeys("eve", "dave");
  }

  private static void receive(Story ann, ServerFrame.Receipt... receipts) {
    ann.happens(
        new Input.Net(
            new SessionEvent.Receipts(
                new ServerFrame.Receipts(
                    "r1", Optional.of(Arrays.asList(receipts)), Optional.empty()))));
  }

  @Test
  void ownMessagesShowDeliveryAndReadReceipts() {
    var ann = Story.atHome(60, 14);
    ann.arrives("r1", message(2, "ann", "hello"));
    receive(ann, new ServerFrame.Receipt("bob", 1, 1), new ServerFrame.Receipt("carol", 2, 1));
    assertThat(ann.screen()).anyMatch(row -> row.contains("✓ hello"));

    receive(ann, new ServerFrame.Receipt("bob", 2, 2));
    assertThat(ann.screen()).anyMatch(row -> row.contains("◎ hello"));
    ann.presses("Alt-ArrowUp");
    assertThat(ann.screen().getLast()).contains("read by bob, delivered to carol; Enter");
    ann.presses("Escape");

    receive(ann, new ServerFrame.Receipt("carol", 2, 2));
    assertThat(ann.screen()).anyMatch(row -> row.contains("◉ hello"));
  }
}
