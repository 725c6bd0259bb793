package kith.node.feature.approval;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.core.room.Room;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import kith.protocol.JoinState;
import kith.protocol.frame.ServerFrame.JoinedRoom;
import kith.protocol.rest.Joining.OwnJoinRequest;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message about requests to join between nodes. Messages that were sent in a release
/// must not be changed here.
public final class ApprovalMessages {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.125Z");

  private ApprovalMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    ActorRef<Room.Outcome> outcome = elsewhere(here, "outcome");
    ActorRef<RoomApproval.Answer> answer = elsewhere(here, "answer");
    var text = Optional.of("I know ann");
    var end = NOW.plusSeconds(600);
    return List.of(
        new RoomApproval.AskToJoin("eve", text, outcome),
        new RoomApproval.Withdraw("eve", outcome),
        new RoomApproval.Decide("ann", "eve", false, Optional.of("full"), outcome),
        new RoomApproval.ListRequests("ann", answer),
        new RoomApproval.Waiting(
            List.of(new JoinRequest("eve", text, NOW, end, JoinState.WAITING, Optional.empty()))),
        new RoomApproval.Denied(Code.NOT_ALLOWED),
        new AccountJoins.Changed("r1", Optional.of("garden")),
        new AccountJoins.OwnRequests(
            List.of(
                new OwnJoinRequest(
                    "r1", "garden", text, NOW, end, JoinState.DECLINED, Optional.of("full"))),
            Optional.of(new JoinedRoom("r2", "kitchen"))));
  }
}
