package kith.node.story;

import static kith.node.story.ModerationCast.assertRefused;
import static kith.node.story.ModerationCast.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.node.person.Rest.Answer;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Moderating.HandleReport;
import kith.protocol.rest.Moderating.ReportMessage;
import kith.protocol.rest.Moderating.ReportPage;
import kith.protocol.rest.Moderating.ReportedMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Reports of messages, which moderators read and close.
@Tag("story")
class ReportStoryTest extends ModerationStory {
  @Test
  void aReportShowsTheMessagesInTheirOldState() {
    ann.says(room, "good morning");
    var seq = bob.says(room, "BUY NOW").seq();
    eve.says(room, "please not");
    mo.sees(room, "please not");
    var reports = "/v1/rooms/" + room + "/reports";
    var report = new ReportMessage(seq, "spam");

    assertThat(eve.rest().post(reports, report).status()).isEqualTo(204);
    assertThat(eve.rest().post(reports, report).status()).isEqualTo(204);

    for (var moderator : List.of(ann, mo))
      assertThat(moderator.hears(ServerFrame.Moderation.class, _ -> true).reports()).hasValue(1);
    bob.says(new ClientFrame.Edit("b1", room, seq, "nothing to see"));
    bob.isAcked("b1");
    bob.says(new ClientFrame.Redact("b2", room, seq, Optional.empty()));
    bob.isAcked("b2");
    var found = mo.rest().get(reports).as(ReportPage.class).reports();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().by()).isEqualTo(eve.name());
    assertThat(found.getFirst().author()).isEqualTo(bob.name());
    assertThat(found.getFirst().messages())
        .extracting(ReportedMessage::text)
        .containsExactly("good morning", "BUY NOW", "please not");
    assertThat(bob.heard()).noneMatch(ServerFrame.Moderation.class::isInstance);
    assertRefused(eve.rest().get(reports), 403, Code.NOT_ALLOWED);
    assertRefused(bob.rest().get(reports), 403, Code.NOT_ALLOWED);

    var id = found.getFirst().report();
    var handled = json(new HandleReport("removed the message"));
    assertRefused(bob.rest().send("PUT", reports + "/" + id, handled), 403, Code.NOT_ALLOWED);
    assertThat(mo.rest().send("PUT", reports + "/" + id, handled).status()).isEqualTo(204);
    assertRefused(ann.rest().send("PUT", reports + "/" + id, handled), 409, Code.REPORT_HANDLED);
    mo.hears(ServerFrame.Moderation.class, it -> it.reports().isEmpty());
    assertThat(ann.rest().get(reports).as(ReportPage.class).reports()).isEmpty();
    assertThat(ann.rest().get(reports + "?state=handled").as(ReportPage.class).reports())
        .extracting(it -> it.outcome().orElseThrow().by())
        .containsExactly(mo.name());
  }

  @Test
  void moderatorsSeeNoReportOfTheirOwnMessage() {
    var seq = mo.says(room, "I rule").seq();
    var reports = "/v1/rooms/" + room + "/reports";
    ann.sees(room, "I rule");
    eve.rest().post(reports, new ReportMessage(seq, "power"));

    var id = ann.rest().get(reports).as(ReportPage.class).reports().getFirst().report();
    assertThat(mo.rest().get(reports).as(ReportPage.class).reports()).isEmpty();
    assertRefused(
        mo.rest().send("PUT", reports + "/" + id, json(new HandleReport("nothing"))),
        404,
        Code.UNKNOWN_REPORT);
    ann.hears(ServerFrame.Moderation.class, it -> it.reports().isPresent());
    assertThat(mo.heard()).noneMatch(ServerFrame.Moderation.class::isInstance);

    // the administrators of the server see the reports of all rooms
    var host = cast.host();
    assertThat(host.rest().get("/v1/admin/reports").as(ReportPage.class).reports())
        .extracting(it -> it.report())
        .contains(id);
    assertThat(
            host.rest()
                .send("PUT", "/v1/admin/reports/" + id, json(new HandleReport("talked to mo")))
                .status())
        .isEqualTo(204);
    ann.hears(ServerFrame.Moderation.class, it -> it.reports().isEmpty());
  }

  @Test
  void aReportNeedsAReadableMessageOfTheRoomAndAReason() {
    var seq = bob.says(room, "hi").seq();
    var reports = "/v1/rooms/" + room + "/reports";
    var stranger = cast.signsUp("stray");

    assertRefused(
        stranger.rest().post(reports, new ReportMessage(seq, "spam")), 403, Code.NOT_A_MEMBER);
    assertRefused(eve.rest().post(reports, new ReportMessage(seq, " ")), 400, Code.BAD_FIELD);
    assertRefused(eve.rest().post(reports, new ReportMessage(0, "spam")), 400, Code.BAD_FIELD);
    assertRefused(
        eve.rest().post(reports, new ReportMessage(1, "spam")), 404, Code.UNKNOWN_MESSAGE);
    assertRefused(
        eve.rest().post(reports, new ReportMessage(999, "spam")), 404, Code.UNKNOWN_MESSAGE);
    bob.says(new ClientFrame.Redact("b1", room, seq, Optional.empty()));
    bob.isAcked("b1");
    assertRefused(
        eve.rest().post(reports, new ReportMessage(seq, "spam")), 410, Code.MESSAGE_REDACTED);
    Answer last;
    do {
      last = eve.rest().post(reports, new ReportMessage(999, "spam"));
    } while (last.status() == 404);
    assertRefused(last, 429, Code.RATE_LIMITED);
    assertRefused(eve.rest().get("/v1/admin/reports"), 403, Code.NOT_ALLOWED);
    stranger.close();
  }
}
