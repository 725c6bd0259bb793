package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.protocol.frame.ServerFrame;
import kith.terminal.config.ClientConf;
import kith.terminal.model.NewNotices;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private static ServerFrame.Notices notices(Optional<String> maintenance, long... numbers) {
    return new ServerFrame.Notices(
        LongStream.of(numbers)
            .mapToObj(it ->
                new ServerFrame.Announcement(
                    it, Story.noon(), Story.noon().plusSeconds(60), "cake " + it))
            .toList(),
        maintenance);
  }

  private static void hears(Story ann, ServerFrame.Notices notices) {
    ann.happens(new Input.Net(new SessionEvent.Notices(notices)));
  }

  @Test
  void anAnnouncementIsShownOnce() {
    var ann = Story.atHome(80, 20);

    hears(ann, notices(Optional.empty(), 3, 5));
    assertThat(String.join("\n", ann.screen()))
        .contains("Announcement: cake 3")
        .contains("Announcement: cake 5");
    ann.presses("Escape");
    assertThat(String.join("\n", ann.screen())).doesNotContain("cake");
    hears(ann, notices(Optional.empty(), 5));

    assertThat(String.join("\n", ann.screen())).doesNotContain("cake");
    hears(ann, notices(Optional.empty(), 5, 6));
    assertThat(String.join("\n", ann.screen()))
        .contains("Announcement: cake 6")
        .doesNotContain("cake 5");
  }

  @Test
  void anAnnouncementFromBeforeTheFirstRoomStays() {
    var ann = new Story(80, 20, ClientConf.shipped());
    ann.online();

    hears(ann, notices(Optional.empty(), 3));
    ann.isIn("r1", "garden", 1, 1, 0);
    ann.listed();

    assertThat(String.join("\n", ann.screen())).contains("garden").contains("Announcement: cake 3");
  }

  @Test
  void theReasonOfMaintenanceIsShownWithEachConnection() {
    var ann = Story.atHome(80, 20);

    hears(ann, notices(Optional.of("We move."), 3));
    ann.presses("Escape");
    hears(ann, notices(Optional.of("We move."), 3));

    assertThat(String.join("\n", ann.screen())).contains("We move.").doesNotContain("cake");
  }

  @Test
  void theNumberOfTheLastAnnouncementIsKept() {
    assertThat(NewNotices.of(notices(Optional.empty(), 3, 5), OptionalLong.of(3)))
        .isEqualTo(new NewNotices(List.of("Announcement: cake 5"), OptionalLong.of(5)));
    assertThat(NewNotices.of(notices(Optional.empty()), OptionalLong.of(3)))
        .isEqualTo(new NewNotices(List.of(), OptionalLong.of(3)));
  }
}
