package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.Notifications.QuietHours;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.net.ConnectionState;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The settings on the screen, and quiet hours. It is noon in UTC.
class SettingsListTest {
  private static final Item QUIET =
      new Item("/quiet 22:00-07:00 UTC", "quiet hours", "22:00 to 07:00", true);
  private static final Item LEVEL = new Item("/notify all", "this room notifies of", "mentions");

  private final Story ann = Story.atHome(80, 24);

  private String text() {
    return String.join("\n", ann.screen());
  }

  private void enters(String line) {
    ann.types(line);
    ann.presses("Enter");
  }

  private void opensSettings() {
    enters("/settings");
    ann.happens(new Input.Listed(Kind.SETTINGS, "r1", List.of(QUIET, LEVEL)));
  }

  private long asked(Class<? extends Request> type) {
    return ann.requests().stream().filter(type::isInstance).count();
  }

  private static NotificationRules rules(QuietHours hours) {
    return new NotificationRules(
        NotificationContents.SENDER,
        NotificationContents.FULL,
        List.of(),
        Optional.of(hours),
        List.of(),
        OptionalInt.empty());
  }

  @Test
  void settingsHaveTheirValues() {
    opensSettings();

    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.SETTINGS, "r1"));
    assertThat(text())
        .contains(
            "notify in this terminal  on (or off)",
            "mouse clicks and wheel  off (or on)",
            "colours  dark (or light, contrast",
            "quiet hours  22:00 to 07:00");
  }

  @Test
  void changingAClientSettingKeepsTheListOpen() {
    opensSettings();
    ann.types("mouse");

    ann.presses("Enter");

    assertThat(ann.latest(Request.Mouse.class).isOurs()).isTrue();
    assertThat(text()).contains("mouse clicks and wheel  on (or off)");
    ann.presses("Ctrl-u");
    assertThat(text()).as("the rules stay in the list").contains("quiet hours");
  }

  @Test
  void aChoiceOfTheServerChangesToTheNextValueAndIsLoadedAgain() {
    opensSettings();
    long before = asked(Request.Items.class);
    ann.types("this room notifies");

    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.ChooseLevel(NotificationLevel.ALL), "r1"));
    assertThat(asked(Request.Items.class)).isEqualTo(before + 1);
    assertThat(ann.requests().getLast()).isInstanceOf(Request.Items.class);
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Pick.class);
  }

  @Test
  void aSettingWithATextIsEditedAsItsCommand() {
    opensSettings();
    ann.types("quiet");

    ann.presses("Enter");

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(ann.model().editor().text()).isEqualTo("/quiet 22:00-07:00 UTC");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Quiet(Optional.of(new QuietHours("22:00", "07:00", "UTC"))));
  }

  @Test
  void thePaletteFindsSettingsAndTheirValues() {
    ann.presses("Ctrl-k");
    ann.happens(new Input.Listed(Kind.SETTINGS, "r1", List.of(QUIET)));

    ann.types("quiet hours");
    assertThat(text()).contains("quiet hours  now: 22:00 to 07:00");
    ann.presses("Enter");
    assertThat(ann.model().editor().text()).startsWith("/quiet 22:00-07:00");

    ann.presses("Ctrl-u", "Ctrl-k");
    ann.types("/mouse");
    assertThat(text()).contains("now: off");
  }

  @Test
  void theLocalSettingsAreShownOffline() {
    ann.state(new ConnectionState.Waiting(Story.noon(), "Nothing answers."));
    long before = asked(Request.Items.class);

    enters("/settings");

    assertThat(text()).contains("mouse clicks and wheel");
    assertThat(asked(Request.Items.class)).isEqualTo(before);
  }

  @Test
  void quietHoursOfTheAccountSilenceTheTerminal() {
    assertThat(asked(Request.LoadRules.class)).as("after the log-in").isOne();
    ann.happens(new Input.RulesLoaded(rules(new QuietHours("11:00", "12:30", "UTC"))));

    ann.arrives("r2", message(2, "bob", "@ann look"));
    assertThat(asked(Request.Notify.class)).isZero();

    ann.passes(Duration.ofMinutes(31));
    ann.arrives("r2", message(3, "bob", "@ann look"));
    assertThat(asked(Request.Notify.class)).isOne();
  }

  @Test
  void quietHoursSpanMidnightInTheirZone() {
    ann.happens(new Input.RulesLoaded(rules(new QuietHours("20:00", "03:00", "Asia/Tokyo"))));
    ann.arrives("r2", message(2, "bob", "@ann 21:00 in Tokyo"));
    assertThat(asked(Request.Notify.class)).isZero();

    ann.happens(new Input.RulesLoaded(rules(new QuietHours("22:00", "20:00", "Asia/Tokyo"))));
    ann.arrives("r2", message(3, "bob", "@ann 21:00 in Tokyo"));
    assertThat(asked(Request.Notify.class)).isOne();
  }

  @Test
  void quietHoursOfADamagedFileSilenceNothing() {
    ann.happens(new Input.RulesLoaded(rules(new QuietHours("22", "never", "Mars"))));

    ann.arrives("r2", message(2, "bob", "@ann look"));

    assertThat(asked(Request.Notify.class)).isOne();
  }

  @Test
  void aLevelNeedsARoom() {
    var bob = new Story(80, 24);
    bob.online();

    bob.types("/notify all");
    bob.presses("Enter");

    assertThat(bob.requests()).noneMatch(Request.Run.class::isInstance);
    assertThat(bob.model().notice().lines()).first().asString().contains("not in a room");
  }
}
