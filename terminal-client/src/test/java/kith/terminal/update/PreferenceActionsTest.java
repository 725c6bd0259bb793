package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes;
import kith.terminal.config.ClientConf;
import kith.terminal.config.Conf;
import kith.terminal.keys.Keys;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Screen;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Preferences, notifications, confirmations and the message menu.
class PreferenceActionsTest {

  private static Conf conf(String preset, Conf.Notifications attention) {
    var usual = ClientConf.shipped();
    return new Conf(
        "dark",
        Keys.preset(preset),
        attention,
        usual.hooks(),
        usual.mouse(),
        usual.links(),
        usual.strikes(),
        usual.rooms(),
        usual.membersPane(),
        usual.idleAfter(),
        usual.tellsTyping(),
        usual.hasClipboard(),
        usual.hasCache(),
        "~/Downloads",
        usual.pictures(),
        usual.isUpEditing(),
        usual.foldsThreads(),
        usual.spelling(),
        List.of());
  }

  private static Conf withKeys(String preset) {
    return conf(preset, ClientConf.shipped().notifications());
  }

  private static Conf telling(Conf.How how, boolean ofAll, boolean hasText) {
    return conf("default", new Conf.Notifications(how, ofAll, hasText));
  }

  private static Story threeRooms(Conf conf) {
    var ann = new Story(100, 20, conf);
    ann.online();
    ann.isIn("a", "attic", 1, 1, 0);
    ann.isIn("b", "barn", 1, 1, 0);
    ann.isIn("c", "cellar", 1, 1, 0);
    ann.listed();
    return ann;
  }

  private static List<String> names(Story ann) {
    return ann.model().rooms().stream().map(Room::name).toList();
  }

  @Test
  void roomsWithMentionsComeFirstThenUnreadOnesAndTheCurrentOneStays() {
    var ann = threeRooms(ClientConf.shipped());

    ann.arrives("c", message(2, "bob", "hello"));
    assertThat(names(ann)).containsExactly("attic", "cellar", "barn");
    ann.arrives("b", message(2, "bob", "@ann hello"));
    assertThat(names(ann)).containsExactly("attic", "barn", "cellar");

    ann.presses("Alt-3");
    assertThat(ann.model().current()).contains("c");
    assertThat(names(ann)).containsExactly("barn", "attic", "cellar");
  }

  @Test
  void movingARoomMakesTheOrderManualUntilItIsReset() {
    var ann = threeRooms(ClientConf.shipped());

    ann.presses("Alt-}");
    assertThat(names(ann)).containsExactly("barn", "attic", "cellar");
    assertThat(ann.latest(Request.SavePreferences.class).preferences().order())
        .containsExactly("b", "a", "c");
    ann.arrives("c", message(2, "bob", "hello"));
    assertThat(names(ann)).containsExactly("barn", "attic", "cellar");

    ann.types("/order");
    ann.presses("Enter");
    assertThat(names(ann)).containsExactly("cellar", "attic", "barn");
  }

  @Test
  void preferencesAreRestoredWithoutRoomsThatWereLeft() {
    var ann = threeRooms(ClientConf.shipped());
    ann.presses("Alt-}", "F6", "Alt-.", "F3");
    var kept = ann.latest(Request.SavePreferences.class).preferences();

    var later = new Story(100, 20);
    later.happens(new Input.PreferencesLoaded(kept));
    later.isIn("a", "attic", 1, 1, 0);
    later.isIn("b", "barn", 1, 1, 0);
    later.listed();

    assertThat(names(later)).containsExactly("barn", "attic");
    var preferences = later.model().settings().preferences();
    assertThat(preferences.order()).containsExactly("b", "a");
    assertThat(preferences.roomsColumns()).hasValue(20);
    assertThat(later.model().settings().members()).contains(true);
    assertThat(preferences.isQuiet()).isTrue();
    assertThat(later.model().current()).contains("a");
  }

  @Test
  void panesAreResizedWithinTheLimitOfTheTimeline() {
    var ann = Story.atHome(94, 20);

    for (int times = 0; times < 40; times++) ann.presses("Alt-.");
    assertThat(ann.screen().getFirst()).startsWith(" Rooms ").contains("garden");
    assertThat(ann.screen().getFirst().indexOf("garden")).isEqualTo(94 - 36 + 1);
    for (int times = 0; times < 40; times++) ann.presses("Alt-,");
    assertThat(ann.screen().getFirst().indexOf("garden")).isEqualTo(10 + 2);
  }

  @Test
  void aMutedRoomCountsAsUnreadOnlyIfMentioned() {
    var ann = Story.atHome(80, 20);
    ann.presses("Alt-2", "F5", "Alt-1");
    assertThat(ann.latest(Request.Mute.class)).isEqualTo(new Request.Mute("r2", true));

    ann.arrives("r2", message(2, "bob", "hello"));
    ann.presses("Alt-a");
    assertThat(ann.model().current()).contains("r1");
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);
    assertThat(ann.latest(Request.Title.class).text()).doesNotContain("(");

    ann.arrives("r2", message(3, "bob", "@ann!"));
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);
    assertThat(ann.latest(Request.Title.class).text()).startsWith("(2) ");
    ann.presses("Alt-a");
    assertThat(ann.model().current()).contains("r2");
  }

  @Test
  void severalMentionsAtOnceCauseOneNotification() {
    var ann = Story.atHome(80, 20, telling(Conf.How.OSC9, false, true));

    ann.arrives("r2", message(2, "bob", "hello"));
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);

    ann.arrives("r2", message(3, "bob", "@ann one"), message(4, "bob", "@ann two"));
    assertThat(ann.requests().stream().filter(Request.Notify.class::isInstance))
        .containsExactly(new Request.Notify(Conf.How.OSC9, "lobby", "bob: @ann two"));
  }

  @Test
  void allMessagesNotifyIfConfiguredExceptInTheVisibleRoom() {
    var ann = Story.atHome(80, 20, telling(Conf.How.OSC777, true, false));

    ann.arrives("r1", message(2, "bob", "here"));
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);
    ann.arrives("r2", new Entry.Joined(2, Story.noon(), "carol"));
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);

    ann.arrives("r2", message(3, "bob", "secret"));
    assertThat(ann.latest(Request.Notify.class).text()).isEqualTo("You have a new message.");
  }

  @Test
  void doNotDisturbStopsNotifications() {
    var ann = Story.atHome(80, 20);

    ann.presses("F6");
    ann.arrives("r2", message(2, "bob", "@ann"));
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);
    assertThat(ann.screen().get(18)).contains("notifications off");

    ann.presses("F6");
    ann.arrives("r2", message(3, "bob", "@ann"));
    assertThat(ann.latest(Request.Notify.class).how()).isEqualTo(Conf.How.BELL);
  }

  @Test
  void removingNeedsAConfirmationAndEscapeCancels() {
    var ann = Story.atHome(80, 20);
    ann.arrives("r1", message(2, "ann", "dear all"));
    ann.presses("Alt-ArrowUp", "Enter");

    ann.types("x");
    assertThat(String.join("\n", ann.screen()))
        .contains("Remove this message for everybody?", "dear all", "Enter yes, Escape no");
    ann.types("xylophone");
    ann.presses("Escape");
    assertThat(ann.commands()).noneMatch(SessionCommand.Post.class::isInstance);

    ann.presses("Enter");
    ann.types("x");
    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post())
        .isInstanceOfSatisfying(
            ClientFrame.Redact.class, redact -> assertThat(redact.target()).isEqualTo(2));
  }

  @Test
  void aDroppedMessageStaysInTheInputHistory() {
    var ann = Story.atHome(80, 20);
    ann.types("long thought");
    ann.presses("Enter");
    var post = ann.latestCommand(SessionCommand.Post.class).post();
    ann.happens(new Input.Net(new SessionEvent.Failed(post, "banned", "You are banned.")));

    ann.presses("Alt-d", "Escape");
    assertThat(ann.model().failed()).isEqualTo(1);
    ann.presses("Alt-d", "Enter");
    assertThat(ann.model().failed()).isZero();

    ann.presses("ArrowUp");
    assertThat(ann.model().editor().text()).isEqualTo("long thought");
  }

  @Test
  void typingDeselectsTheMessage() {
    var ann = Story.atHome(80, 20);
    ann.arrives("r1", message(2, "ann", "one"));
    ann.presses("Alt-ArrowUp");

    ann.types("every xylophone");

    assertThat(ann.model().editor()).isEqualTo(Editor.of("every xylophone", new Editor.Say()));
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).isEmpty();
  }

  @Test
  void theMessageMenuDoesNotInsertLetters() {
    var ann = Story.atHome(80, 20);
    ann.types("a draft");
    ann.arrives("r1", message(2, "bob", "one"), message(3, "bob", "two"));
    ann.presses("Alt-ArrowUp", "Enter");

    ann.types("q");
    ann.presses("ArrowUp", "Backspace");
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).hasValue(2);
    assertThat(Screen.draw(ann.model()).cursor()).isEmpty();
    assertThat(ann.model().notice().lines())
        .containsExactly("Escape deselects the message; then you can write.");
    ann.presses("Escape");

    assertThat(ann.model().editor().text()).isEqualTo("a draft");
    assertThat(Screen.draw(ann.model()).cursor()).isPresent();
  }

  @Test
  void aCancelledDraftStaysInTheInputHistory() {
    var ann = Story.atHome(80, 20);
    ann.arrives("r1", message(2, "bob", "one"), message(3, "ann", "two"));

    ann.presses("Alt-ArrowUp", "Alt-ArrowUp", "Enter");
    ann.types("ryes");
    ann.presses("Escape");
    assertThat(ann.model().editor()).isEqualTo(Editor.of("yes", new Editor.Say()));

    ann.presses("Ctrl-c");
    assertThat(ann.model().editor().isEmpty()).isTrue();
    ann.presses("ArrowUp");
    assertThat(ann.model().editor().text()).isEqualTo("yes");
  }

  @Test
  void theVimPresetHasANormalMode() {
    var ann = Story.atHome(80, 20, withKeys("vim"));
    ann.arrives("r1", message(2, "bob", "one"));
    ann.types("jk");
    assertThat(ann.model().editor().text()).isEqualTo("jk");

    ann.presses("Escape");
    ann.types("k");
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).hasValue(2);
    ann.types("l");
    assertThat(ann.model().current()).contains("r2");
    ann.types("1");
    assertThat(ann.model().current()).contains("r1");
    assertThat(ann.model().editor().text()).isEqualTo("jk");

    ann.types("i!");
    assertThat(ann.model().editor().text()).isEqualTo("jk!");
    ann.presses("Escape");
    ann.types("?");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Help.class);
    assertThat(String.join("\n", ann.screen())).contains("Help (");
  }

  @Test
  void theLatencyIgnoresPostsFromBeforeTheConnection() {
    var ann = Story.atHome(80, 20);
    ann.state(new ConnectionState.Waiting(Instant.EPOCH, "Nothing answers."));
    ann.types("late");
    ann.presses("Enter");
    var late = ann.latestCommand(SessionCommand.Post.class).post();
    ann.online();
    ann.happens(new Input.Net(new SessionEvent.Sent(late, 2, Story.noon())));
    assertThat(ann.model().latency().millis()).isEmpty();

    ann.types("quick");
    ann.presses("Enter");
    var quick = ann.latestCommand(SessionCommand.Post.class).post();
    ann.happens(new Input.Net(new SessionEvent.Sent(quick, 3, Story.noon())));
    assertThat(ann.model().latency().millis()).hasValue(1_000);
    assertThat(ann.screen().get(18)).contains("1000 ms");
  }

  @Test
  void directMessagesNotifyUnlessTheyAreSeen() {
    var ann = Story.atHome(80, 20);
    ann.isIn("r5", "@bob", 3, 3, 0);
    ann.listed();

    ann.arrives("r5", message(4, "bob", "hello"));
    assertThat(ann.latest(Request.Notify.class))
        .isEqualTo(new Request.Notify(Conf.How.BELL, "@bob", "bob: hello"));

    ann.requests().clear();
    ann.presses("Alt-a");
    ann.presses("Alt-e");
    ann.arrives("r5", message(5, "bob", "again"));
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);
  }

  @Test
  void aNewConversationNotifies() {
    var ann = Story.atHome(80, 20);

    var latest = new Inboxes.Latest(1, Story.noon(), "bob", Optional.of("hi, I am new"));
    ann.happens(
        new Input.Net(
            new SessionEvent.Inbox(
                List.of(
                    new Inboxes.InboxRoom(
                        "r7",
                        Optional.empty(),
                        Optional.of(Visibility.DIRECT),
                        Optional.of("bob"),
                        2,
                        0,
                        1,
                        OptionalLong.empty(),
                        OptionalInt.of(0),
                        false,
                        Optional.of(latest),
                        Optional.empty())),
                List.of(),
                Optional.empty())));

    assertThat(ann.latest(Request.Notify.class))
        .isEqualTo(new Request.Notify(Conf.How.BELL, "@bob", "bob: hi, I am new"));
  }
}
