package kith.node.story;

import static kith.node.story.ModerationCast.TEN_MINUTES;
import static kith.node.story.ModerationCast.approval;
import static kith.node.story.ModerationCast.asks;
import static kith.node.story.ModerationCast.changes;
import static kith.node.story.ModerationCast.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.person.Person;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Joining.JoinRequests;
import kith.protocol.rest.Moderating.MuteUser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Mutes and requests to join are stored before they are acknowledged, so a killed node loses none.
@Tag("story")
class ModerationSurvivalTest {
  @Test
  void mutesAndRequestsToJoinSurviveTheDeathOfTheirNode() throws Exception {
    var data =
        Path.of("target", "moderation-" + Long.toHexString(System.nanoTime())).toAbsolutePath();
    try (var process = NodeProcess.start(data)) {
      var owner = Person.signsUp(process.uri(), "owner");
      var loud = Person.signsUp(process.uri(), "loud");
      var hall = owner.makesRoom("hall", Visibility.PUBLIC);
      loud.joins(hall);
      owner
          .rest()
          .send(
              "PUT",
              "/v1/rooms/" + hall + "/mutes/loud",
              json(new MuteUser(TEN_MINUTES, Optional.empty())));

      var asking = Person.signsUp(process.uri(), "asking");
      var request = "/v1/rooms/" + hall + "/join-request";
      owner.rest().send("PATCH", "/v1/rooms/" + hall, json(changes(approval(true))));
      assertThat(asking.rest().send("PUT", request, json(asks("hi"))).status()).isEqualTo(204);

      process.kill();
      process.startAgain();

      assertThat(
              owner.rest().get(request + "s").as(JoinRequests.class).requests().getFirst().user())
          .isEqualTo("asking");
      asking.close();

      loud.connects();
      loud.opens(hall, 0);
      assertThat(loud.hears(ServerFrame.Moderation.class, _ -> true).mute()).isPresent();
      loud.says(new ClientFrame.Send("m1", hall, "hi", OptionalLong.empty()));
      assertThat(loud.isRefused("m1").code()).isEqualTo(Code.MUTED.wire());
      loud.close();
      owner.close();
    }
  }
}
