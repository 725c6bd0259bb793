package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Lengths;
import kith.protocol.rest.RoomRequests.Ban;
import kith.protocol.rest.RoomRequests.ChangeRoom;
import kith.protocol.rest.RoomRequests.Invite;
import kith.protocol.rest.RoomRequests.JoinRoom;
import org.junit.jupiter.api.Test;

class RoomFieldsTest {
  private static final Lengths MOST = Lengths.VERSION_1;

  @Test
  void topicsAndReasonsAreMeasuredInCodePoints() {
    assertThat(RoomFields.firstWrong(topic("🪴".repeat(MOST.topic())))).isEmpty();
    assertThat(RoomFields.firstWrong(topic("🪴".repeat(MOST.topic()) + "x"))).contains("topic");
    assertThat(RoomFields.firstWrong(ban("🪴".repeat(MOST.reason())))).isEmpty();
    assertThat(RoomFields.firstWrong(ban("🪴".repeat(MOST.reason()) + "x"))).contains("reason");
  }

  @Test
  void aPasscodeIsMeasuredInBytes() {
    var most = MOST.passcodeBytes();
    assertThat(RoomFields.firstWrong(passcode("ä".repeat(most / 2)))).isEmpty();
    assertThat(RoomFields.firstWrong(passcode("ä".repeat(most / 2) + "x"))).contains("passcode");
  }

  @Test
  void theValidityOfAnInvitationIsLimited() {
    var longest = Duration.ofDays(30);
    assertThat(RoomFields.firstWrong(invite(longest), longest)).isEmpty();
    assertThat(RoomFields.firstWrong(invite(longest.plusMillis(1)), longest))
        .contains("validMillis");
    assertThat(RoomFields.firstWrong(invite(Duration.ofSeconds(59)), longest))
        .contains("validMillis");
  }

  private static Invite invite(Duration validity) {
    return new Invite(OptionalLong.of(validity.toMillis()), OptionalInt.empty(), Optional.empty());
  }

  private static ChangeRoom topic(String topic) {
    return new ChangeRoom(
        Optional.empty(),
        Optional.of(topic),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static Ban ban(String reason) {
    return new Ban(Optional.of(reason));
  }

  private static JoinRoom passcode(String passcode) {
    return new JoinRoom(Optional.of(passcode), Optional.empty());
  }
}
