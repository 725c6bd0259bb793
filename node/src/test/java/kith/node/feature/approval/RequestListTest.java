package kith.node.feature.approval;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.banned;
import static kith.node.core.room.RoomHistory.deleted;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.moderated;
import static kith.node.core.room.RoomHistory.privateRoomOf;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.JoinState;
import kith.protocol.Role;
import kith.protocol.rest.RoomRequests.Moderation;
import org.junit.jupiter.api.Test;

class RequestListTest {
  private static final Instant END = NOW.plusSeconds(600);

  /// Ann owns the room, mo moderates it, bob is a member; eve and cem ask.
  private final RoomState room =
      after(
          publicRoomOf("ann"),
          approval(true),
          joined("mo"),
          role("ann", "mo", Role.MODERATOR),
          joined("bob"));

  private final RequestList requests =
      RequestList.of(List.of(request("eve", JoinState.WAITING), request("cem", JoinState.WAITING)));

  @Test
  void onlyRoomsThatNeedApprovalTakeRequests() {
    assertThat(requests.objectionToAsk(room, "dan", NOW)).isEmpty();
    assertThat(requests.objectionToAsk(room, "eve", NOW)).isEmpty();
    assertThat(requests.objectionToAsk(room, "bob", NOW)).contains(Code.APPROVAL_NOT_REQUIRED);
    assertThat(requests.objectionToAsk(after(publicRoomOf("ann")), "dan", NOW))
        .contains(Code.APPROVAL_NOT_REQUIRED);
    assertThat(requests.objectionToAsk(after(privateRoomOf("ann"), approval(true)), "dan", NOW))
        .contains(Code.UNKNOWN_ROOM);
    assertThat(requests.objectionToAsk(after(room, List.of(banned("ann", "dan"))), "dan", NOW))
        .contains(Code.BANNED);
    assertThat(requests.objectionToAsk(after(room, List.of(deleted("ann"))), "dan", NOW))
        .contains(Code.UNKNOWN_ROOM);
  }

  @Test
  void aDeclinedUserAsksAgainOnlyAfterSomeTime() {
    var declined = requests.with(request("eve", JoinState.DECLINED), NOW);

    assertThat(declined.objectionToAsk(room, "eve", END.minusMillis(1)))
        .contains(Code.JOIN_DECLINED);
    assertThat(declined.objectionToAsk(room, "eve", END)).isEmpty();
  }

  @Test
  void onlyAnAcceptedUserIsAdmittedAndOnlyInTime() {
    var accepted = requests.with(request("eve", JoinState.ACCEPTED), NOW);

    assertThat(accepted.admits("eve", NOW)).isTrue();
    assertThat(accepted.admits("eve", END)).isFalse();
    assertThat(accepted.admits("cem", NOW)).isFalse();
    assertThat(accepted.admits("dan", NOW)).isFalse();
    assertThat(accepted.waiting(NOW)).extracting(JoinRequest::user).containsExactly("cem");
  }

  @Test
  void moderatorsDecideRequestsThatWait() {
    assertThat(requests.objectionToDecide(room, "mo", "eve", true, NOW)).isEmpty();
    assertThat(requests.objectionToDecide(room, "ann", "eve", false, NOW)).isEmpty();
    assertThat(requests.objectionToDecide(room, "bob", "eve", true, NOW))
        .contains(Code.NOT_ALLOWED);
    assertThat(requests.objectionToDecide(room, "dan", "eve", true, NOW))
        .contains(Code.NOT_A_MEMBER);
    assertThat(requests.objectionToDecide(room, "mo", "dan", true, NOW))
        .contains(Code.UNKNOWN_JOIN_REQUEST);
    assertThat(requests.objectionToDecide(room, "mo", "eve", true, END))
        .contains(Code.UNKNOWN_JOIN_REQUEST);
    var decided = requests.with(request("eve", JoinState.ACCEPTED), NOW);
    assertThat(decided.objectionToDecide(room, "mo", "eve", false, NOW))
        .contains(Code.UNKNOWN_JOIN_REQUEST);
  }

  @Test
  void requestsEndWithAMembershipABanTheSettingAndTheRoom() {
    assertThat(requests.ended(room)).isEmpty();
    assertThat(requests.ended(after(room, List.of(joined("eve"))))).containsExactly("eve");
    assertThat(requests.ended(after(room, List.of(banned("ann", "cem"))))).containsExactly("cem");
    assertThat(requests.ended(after(room, List.of(approval(false)))))
        .containsExactlyInAnyOrder("eve", "cem");
    assertThat(requests.ended(after(room, List.of(deleted("ann")))))
        .containsExactlyInAnyOrder("eve", "cem");
  }

  private static RoomEvent approval(boolean is) {
    return moderated(new Moderation(OptionalInt.empty(), Optional.empty(), Optional.of(is)));
  }

  private static JoinRequest request(String user, JoinState state) {
    return new JoinRequest(user, Optional.empty(), NOW, END, state, Optional.empty());
  }
}
