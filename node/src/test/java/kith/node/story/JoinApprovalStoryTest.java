package kith.node.story;

import static kith.node.story.ModerationCast.approval;
import static kith.node.story.ModerationCast.asks;
import static kith.node.story.ModerationCast.assertRefused;
import static kith.node.story.ModerationCast.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest.Answer;
import kith.protocol.Code;
import kith.protocol.JoinState;
import kith.protocol.Role;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Joining.AskToJoin;
import kith.protocol.rest.Joining.DecideJoin;
import kith.protocol.rest.Joining.JoinRequest;
import kith.protocol.rest.Joining.JoinRequests;
import kith.protocol.rest.Joining.OwnJoinRequests;
import kith.protocol.rest.Moderating.ReportMessage;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests.Ban;
import kith.protocol.rest.RoomRequests.ChangeRole;
import kith.protocol.rest.RoomRequests.JoinRoom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Requests to join a room, which its moderators accept or decline.
@Tag("story")
class JoinApprovalStoryTest extends ModerationStory {
  @Test
  void moderatorsDecideWhoJoinsAndOnlyTheUserIsNotified() {
    var cem = cast.signsUp("cem");
    var dan = cast.signsUp("dan");
    var join = "/v1/rooms/" + room + "/join";
    var request = "/v1/rooms/" + room + "/join-request";
    var requests = request + "s";
    cem.connectsWithInbox();
    dan.connectsWithInbox();
    assertRefused(cast.moderates(mo, approval(true)), 403, Code.NOT_ALLOWED);
    assertRefused(
        cem.rest().send("PUT", request, json(asks("hi"))), 409, Code.APPROVAL_NOT_REQUIRED);
    assertThat(cast.moderates(ann, approval(true)).as(RoomAnswers.Room.class).moderation())
        .contains(approval(true));
    var nothing = new JoinRoom(Optional.empty(), Optional.empty());
    assertRefused(cem.rest().post(join, nothing), 403, Code.APPROVAL_REQUIRED);
    assertRefused(
        cem.rest().send("PUT", request, json(asks("x".repeat(501)))), 400, Code.BAD_FIELD);

    assertThat(cem.rest().send("PUT", request, json(asks("I know ann"))).status()).isEqualTo(204);
    assertThat(cem.rest().send("PUT", request, json(asks("I know ann"))).status()).isEqualTo(204);
    dan.rest().send("PUT", request, json(new AskToJoin(Optional.empty())));

    for (var moderator : List.of(ann, mo))
      moderator.hears(
          ServerFrame.Moderation.class, it -> it.joinRequests().equals(OptionalInt.of(2)));
    var own = cem.hears(ServerFrame.JoinRequests.class, it -> !it.requests().isEmpty()).requests();
    assertThat(own.getFirst().state()).isEqualTo(JoinState.WAITING);
    assertThat(own.getFirst().name()).isEqualTo(cast.title());
    assertThat(mo.rest().get(requests).as(JoinRequests.class).requests())
        .extracting(JoinRequest::user, JoinRequest::text)
        .containsExactly(
            tuple(cem.name(), Optional.of("I know ann")), tuple(dan.name(), Optional.empty()));
    assertRefused(eve.rest().get(requests), 403, Code.NOT_ALLOWED);
    assertRefused(cem.rest().get(requests), 403, Code.NOT_A_MEMBER);
    assertRefused(decides(eve, dan, true, null), 403, Code.NOT_ALLOWED);
    assertRefused(decides(mo, eve, true, null), 404, Code.UNKNOWN_JOIN_REQUEST);

    assertThat(decides(mo, dan, false, "not today").status()).isEqualTo(204);
    assertThat(decides(mo, cem, true, null).status()).isEqualTo(204);

    var declined =
        dan.hears(
            ServerFrame.JoinRequests.class,
            it -> it.requests().stream().anyMatch(one -> one.state() == JoinState.DECLINED));
    assertThat(declined.requests().getFirst().reason()).contains("not today");
    assertRefused(dan.rest().post(join, nothing), 403, Code.APPROVAL_REQUIRED);
    assertRefused(dan.rest().send("PUT", request, json(asks("please"))), 403, Code.JOIN_DECLINED);
    cem.hears(ServerFrame.JoinRequests.class, it -> it.joined().isPresent());
    cem.opens(room, 0);
    cem.says(room, "thank you");
    eve.sees(room, "thank you");
    mo.hears(ServerFrame.Moderation.class, it -> it.joinRequests().isEmpty());
    assertThat(cem.rest().get("/v1/account/join-requests").as(OwnJoinRequests.class).requests())
        .isEmpty();
    assertThat(eve.heard()).noneMatch(ServerFrame.Moderation.class::isInstance);
    for (var other : List.of(ann, mo, bob, eve))
      assertThat(other.heard()).noneMatch(ServerFrame.JoinRequests.class::isInstance);
    assertThat(acts(cast.host(), room)).contains("room-join-declined", "room-join-accepted");
    cem.close();
    dan.close();
  }

  @Test
  void moderatorsSeeOpenTasksOfRoomsThatTheyHaveNotOpened() {
    cast.moderates(ann, approval(true));
    var request = "/v1/rooms/" + room + "/join-request";
    var cem = cast.signsUp("cem");
    var dan = cast.signsUp("dan");
    var phone = mo.onAnotherDevice();
    var others = eve.onAnotherDevice();
    phone.connectsWithInbox();
    others.connectsWithInbox();

    cem.rest().send("PUT", request, json(asks("hi")));
    hears(phone, 1, 0);
    var seq = bob.says(room, "buy now").seq();
    eve.rest().post("/v1/rooms/" + room + "/reports", new ReportMessage(seq, "spam"));
    hears(phone, 1, 1);

    // a device that was away
    var tablet = ann.onAnotherDevice();
    tablet.connectsWithInbox();
    hears(tablet, 1, 1);
    dan.rest().send("PUT", request, json(asks("hello")));
    hears(tablet, 2, 1);

    // a moderator dismissed knows nothing more, and a new one all of it
    ann.rest().send("PUT", cast.member(mo) + "/role", json(new ChangeRole(Role.MEMBER)));
    hears(phone, 0, 0);
    ann.rest().send("PUT", cast.member(mo) + "/role", json(new ChangeRole(Role.MODERATOR)));
    hears(phone, 2, 1);

    // opening and closing the room changes nothing of it
    phone.opens(room, 0);
    phone.says(new ClientFrame.Close(room));
    decides(mo, cem, true, null);
    hears(phone, 1, 1);
    decides(ann, dan, false, "full");
    hears(phone, 0, 1);
    hears(tablet, 0, 1);
    assertThat(others.heard()).noneMatch(ServerFrame.Moderation.class::isInstance);
    for (var person : List.of(cem, dan, phone, tablet, others)) person.close();
  }

  private void hears(Person moderator, int joins, int reports) {
    moderator.hears(
        ServerFrame.Moderation.class,
        it ->
            it.room().equals(room)
                && it.joinRequests().orElse(0) == joins
                && it.reports().orElse(0) == reports);
  }

  @Test
  void aRequestToJoinEndsByWithdrawalBanDeletionOfItsAccountAndTheSetting() {
    cast.moderates(ann, approval(true));
    var request = "/v1/rooms/" + room + "/join-request";
    var people = new ArrayList<Person>();
    for (var name : List.of("fay", "gus", "hal", "ina")) {
      var person = cast.signsUp(name);
      person.rest().send("PUT", request, json(asks("hi")));
      people.add(person);
    }
    assertThat(waiting(mo)).hasSize(4);

    people.get(0).rest().send("DELETE", request, Optional.empty());
    assertThat(waiting(mo)).hasSize(3);
    mo.rest()
        .send(
            "PUT",
            "/v1/rooms/" + room + "/bans/" + people.get(1).name(),
            json(new Ban(Optional.empty())));
    assertThat(waiting(mo)).hasSize(2);
    people.get(2).deletesAccount();
    // the rooms learn of the deletion after its answer
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (waiting(mo).size() > 1 && System.nanoTime() < deadline) Thread.onSpinWait();
    assertThat(waiting(mo)).extracting(JoinRequest::user).containsExactly(people.get(3).name());
    var ina = people.get(3);
    ina.connectsWithInbox();
    ina.hears(ServerFrame.JoinRequests.class, it -> !it.requests().isEmpty());

    cast.moderates(ann, approval(false));

    ina.hears(ServerFrame.JoinRequests.class, it -> it.requests().isEmpty());
    mo.hears(ServerFrame.Moderation.class, it -> it.joinRequests().isEmpty());
    ina.joins(room);
    people.forEach(Person::close);
  }

  private List<JoinRequest> waiting(Person who) {
    return who.rest().get("/v1/rooms/" + room + "/join-requests").as(JoinRequests.class).requests();
  }

  private Answer decides(Person by, Person user, boolean accept, @Nullable String reason) {
    return by.rest()
        .send(
            "PUT",
            "/v1/rooms/" + room + "/join-requests/" + user.name(),
            json(new DecideJoin(accept, Optional.ofNullable(reason))));
  }

  private static List<String> acts(Person administrator, String room) {
    var acts = new ArrayList<String>();
    administrator
        .rest()
        .get("/v1/admin/audit?room=" + room)
        .json()
        .path("entries")
        .forEach(entry -> acts.add(entry.path("act").asText()));
    return acts;
  }
}
