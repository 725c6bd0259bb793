package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest.Answer;
import kith.protocol.Code;
import kith.protocol.JoinState;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Joining.AskToJoin;
import kith.protocol.rest.Joining.DecideJoin;
import kith.protocol.rest.Joining.JoinRequest;
import kith.protocol.rest.Joining.JoinRequests;
import kith.protocol.rest.Joining.OwnJoinRequests;
import kith.protocol.rest.Moderating.HandleReport;
import kith.protocol.rest.Moderating.Mute;
import kith.protocol.rest.Moderating.MuteUser;
import kith.protocol.rest.Moderating.Mutes;
import kith.protocol.rest.Moderating.ReportMessage;
import kith.protocol.rest.Moderating.ReportPage;
import kith.protocol.rest.Moderating.ReportedMessage;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests.Ban;
import kith.protocol.rest.RoomRequests.ChangeRole;
import kith.protocol.rest.RoomRequests.ChangeRoom;
import kith.protocol.rest.RoomRequests.JoinRoom;
import kith.protocol.rest.RoomRequests.Moderation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Ann owns a room, mo moderates it, bob and eve are members.
@Tag("story")
class ModerationStoryTest {
  private static final long TEN_MINUTES = 600_000;

  private static TestNode node;
  private static Person host;
  private static int stories;

  private Person ann;
  private Person mo;
  private Person bob;
  private Person eve;
  private String room;

  @BeforeAll
  static void startNode() {
    node = TestNode.start(Map.of("kith.accounts.sign-up.first-is-owner", "true"));
    host = Person.signsUp(node.uri("/"), "host");
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void fourPeopleShareARoom() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    mo = Person.signsUp(node.uri("/"), "mo" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    eve = Person.signsUp(node.uri("/"), "eve" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    for (var person : List.of(mo, bob, eve)) person.joins(room);
    ann.rest().send("PUT", member(mo) + "/role", json(new ChangeRole(Role.MODERATOR)));
    for (var person : List.of(ann, mo, bob, eve)) {
      person.connects();
      person.opens(room, 0);
    }
  }

  @AfterEach
  void close() {
    for (var person : List.of(ann, mo, bob, eve)) person.close();
  }

  @Test
  void aMuteBlocksEveryWayToPostAndOnlyItsUserIsNotified() {
    var message = ann.says(room, "hello").seq();
    var own = bob.says(room, "before").seq();
    eve.sees(room, "before");

    assertThat(mutes(mo, bob, TEN_MINUTES, "spam").status()).isEqualTo(204);

    var told = bob.hears(ServerFrame.Moderation.class, it -> it.mute().isPresent()).mute().get();
    assertThat(told.by()).isEqualTo(mo.name());
    assertThat(told.reason()).contains("spam");
    for (var frame :
        List.of(
            new ClientFrame.Send("m1", room, "hi", OptionalLong.empty()),
            new ClientFrame.Send("m2", room, "hi", OptionalLong.of(message)),
            new ClientFrame.Edit("m3", room, own, "changed"),
            new ClientFrame.React("m4", room, message, "👍", Optional.empty()),
            new ClientFrame.Redact("m5", room, own, Optional.of("you cannot stop me")))) {
      bob.says(frame);
      var refusal = bob.isRefused(frame.id());
      assertThat(refusal.code()).isEqualTo(Code.MUTED.wire());
      assertThat(refusal.message()).contains("You can write again in 10 minutes");
      assertThat(refusal.retryAfterMillis().orElse(0)).isBetween(1L, TEN_MINUTES);
    }
    bob.says(new ClientFrame.Typing(room));
    bob.says(new ClientFrame.Redact("m6", room, own, Optional.empty()));
    bob.isAcked("m6");

    var last = ann.says(room, "after");
    eve.sees(room, "after");
    // the log has no trace of it: nobody else learns that bob is muted, or that he types
    assertThat(eve.log(room).getLast().seq()).isEqualTo(last.seq());
    assertThat(eve.heard())
        .noneMatch(it -> it instanceof ServerFrame.Moderation || it instanceof ServerFrame.Typing);
    assertThat(mo.heard()).noneMatch(ServerFrame.Typing.class::isInstance);
    assertThat(mutesSeenBy(mo)).extracting(Mute::user).containsExactly(bob.name());
  }

  @Test
  void aMuteHoldsForOtherDevicesAfterRejoiningAndUntilItIsEnded() {
    mutes(mo, bob, TEN_MINUTES, "spam");
    var phone = bob.onAnotherDevice();
    bob.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());
    bob.joins(room);
    phone.connects();
    phone.opens(room, 0);
    assertThat(phone.hears(ServerFrame.Moderation.class, _ -> true).mute()).isPresent();
    assertRefused(phone, Code.MUTED);

    assertThat(mo.rest().send("DELETE", mute(bob), Optional.empty()).status()).isEqualTo(204);

    assertThat(phone.hears(ServerFrame.Moderation.class, it -> it.mute().isEmpty())).isNotNull();
    phone.says(room, "back");
    eve.sees(room, "back");
    assertThat(mutesSeenBy(mo)).isEmpty();
    phone.close();
  }

  @Test
  void aMuteEndsWhenItsTimeIsOver() {
    mutes(mo, bob, 1_000, "calm down");
    bob.hears(ServerFrame.Moderation.class, it -> it.mute().isPresent());

    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    for (var isMuted = true; isMuted; ) {
      var id = UUID.randomUUID().toString();
      bob.says(new ClientFrame.Send(id, room, "now?", OptionalLong.empty()));
      isMuted =
          bob.hears(
                  ServerFrame.class,
                  it ->
                      it instanceof ServerFrame.Ack ack && ack.id().equals(id)
                          || it instanceof ServerFrame.Problem no
                              && no.id().equals(Optional.of(id)))
              instanceof ServerFrame.Problem;
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
    eve.sees(room, "now?");
    assertThat(mutesSeenBy(mo)).isEmpty();
  }

  @Test
  void nobodyMutesWithoutAHigherRole() {
    assertRefused(mutes(bob, eve, TEN_MINUTES, "spam"), 403, Code.NOT_ALLOWED);
    assertRefused(mutes(mo, ann, TEN_MINUTES, "spam"), 403, Code.NOT_ALLOWED);
    assertRefused(mutes(mo, mo, TEN_MINUTES, "spam"), 403, Code.NOT_ALLOWED);
    assertRefused(bob.rest().get("/v1/rooms/" + room + "/mutes"), 403, Code.NOT_ALLOWED);
    assertRefused(
        mo.rest()
            .send(
                "PUT",
                "/v1/rooms/" + room + "/mutes/nobody",
                json(new MuteUser(TEN_MINUTES, Optional.empty()))),
        404,
        Code.UNKNOWN_MEMBER);
    assertRefused(mutes(mo, bob, 999, "short"), 400, Code.BAD_FIELD);
    assertRefused(mutes(mo, bob, TEN_MINUTES, "x".repeat(501)), 400, Code.BAD_FIELD);
    assertRefused(mo.rest().get("/v1/rooms/gone/mutes"), 404, Code.UNKNOWN_ROOM);
    var stranger = Person.signsUp(node.uri("/"), "stranger" + stories);
    assertRefused(mutes(stranger, bob, TEN_MINUTES, "spam"), 403, Code.NOT_A_MEMBER);
    stranger.close();
    assertThat(mutes(ann, mo, TEN_MINUTES, "sleep").status()).isEqualTo(204);
    assertRefused(mo, Code.MUTED);
  }

  @Test
  void slowModeAndReadOnlyAreSettingsThatEverybodySees() {
    assertRefused(
        moderates(bob, new Moderation(OptionalInt.of(30), Optional.empty())),
        403,
        Code.NOT_ALLOWED);
    assertRefused(
        moderates(mo, new Moderation(OptionalInt.of(21_601), Optional.empty())),
        400,
        Code.BAD_FIELD);
    var slow = new Moderation(OptionalInt.of(3600), Optional.empty());
    assertThat(moderates(mo, slow).as(RoomAnswers.Room.class).moderation()).contains(slow);
    eve.seesEntry(
        room,
        it ->
            it instanceof Entry.SettingsChanged change
                && change.moderation().equals(Optional.of(slow)),
        "slow mode");

    bob.says(room, "b1", "first");
    bob.says(room, "b1", "first");
    bob.says(new ClientFrame.Send("b2", room, "second", OptionalLong.empty()));
    var refusal = bob.isRefused("b2");
    assertThat(refusal.code()).isEqualTo(Code.SLOW_MODE.wire());
    assertThat(refusal.retryAfterMillis().orElse(0)).isBetween(1L, 3_600_000L);
    mo.says(room, "one");
    mo.says(room, "two");

    moderates(mo, new Moderation(OptionalInt.of(0), Optional.of(true)));
    eve.says(new ClientFrame.Send("e1", room, "hello?", OptionalLong.empty()));
    assertThat(eve.isRefused("e1").code()).isEqualTo(Code.READ_ONLY.wire());
    var notice = mo.says(room, "only we write");
    eve.says(new ClientFrame.React("e2", room, notice.seq(), "👍", Optional.empty()));
    eve.isAcked("e2");

    moderates(mo, new Moderation(OptionalInt.empty(), Optional.of(false)));
    eve.says(room, "free again");
  }

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
    var stranger = Person.signsUp(node.uri("/"), "stray" + stories);

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

  @Test
  void moderatorsDecideWhoJoinsAndOnlyTheUserIsNotified() {
    var cem = Person.signsUp(node.uri("/"), "cem" + stories);
    var dan = Person.signsUp(node.uri("/"), "dan" + stories);
    var join = "/v1/rooms/" + room + "/join";
    var request = "/v1/rooms/" + room + "/join-request";
    var requests = request + "s";
    cem.connectsWithInbox();
    dan.connectsWithInbox();
    assertRefused(moderates(mo, approval(true)), 403, Code.NOT_ALLOWED);
    assertRefused(
        cem.rest().send("PUT", request, json(asks("hi"))), 409, Code.APPROVAL_NOT_REQUIRED);
    assertThat(moderates(ann, approval(true)).as(RoomAnswers.Room.class).moderation())
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
    assertThat(own.getFirst().name()).isEqualTo("room " + stories);
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
    assertThat(acts(host, room)).contains("room-join-declined", "room-join-accepted");
    cem.close();
    dan.close();
  }

  @Test
  void moderatorsSeeOpenTasksOfRoomsThatTheyHaveNotOpened() {
    moderates(ann, approval(true));
    var request = "/v1/rooms/" + room + "/join-request";
    var cem = Person.signsUp(node.uri("/"), "cem" + stories);
    var dan = Person.signsUp(node.uri("/"), "dan" + stories);
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
    ann.rest().send("PUT", member(mo) + "/role", json(new ChangeRole(Role.MEMBER)));
    hears(phone, 0, 0);
    ann.rest().send("PUT", member(mo) + "/role", json(new ChangeRole(Role.MODERATOR)));
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
    moderates(ann, approval(true));
    var request = "/v1/rooms/" + room + "/join-request";
    var people = new ArrayList<Person>();
    for (var name : List.of("fay", "gus", "hal", "ina")) {
      var person = Person.signsUp(node.uri("/"), name + stories);
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

    moderates(ann, approval(false));

    ina.hears(ServerFrame.JoinRequests.class, it -> it.requests().isEmpty());
    mo.hears(ServerFrame.Moderation.class, it -> it.joinRequests().isEmpty());
    ina.joins(room);
    people.forEach(Person::close);
  }

  @Test
  void aKickShowsItsReason() {
    var path = member(bob);
    assertThat(mo.rest().send("DELETE", path, Optional.of("{\"reason\":\"spam\"}")).status())
        .isEqualTo(204);

    eve.seesEntry(
        room,
        it -> it instanceof Entry.Kicked kicked && kicked.reason().equals(Optional.of("spam")),
        "the kick of bob");
  }

  /// A mute is acknowledged when it is stored, so a killed node does not lose it.
  @Test
  void aMuteSurvivesTheDeathOfItsNode() throws Exception {
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

  private Answer mutes(Person by, Person user, long millis, String reason) {
    return by.rest().send("PUT", mute(user), json(new MuteUser(millis, Optional.of(reason))));
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

  private static AskToJoin asks(String text) {
    return new AskToJoin(Optional.of(text));
  }

  private static Moderation approval(boolean is) {
    return new Moderation(OptionalInt.empty(), Optional.empty(), Optional.of(is));
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

  private List<Mute> mutesSeenBy(Person who) {
    return who.rest().get("/v1/rooms/" + room + "/mutes").as(Mutes.class).mutes();
  }

  private Answer moderates(Person by, Moderation change) {
    return by.rest().send("PATCH", "/v1/rooms/" + room, json(changes(change)));
  }

  private static ChangeRoom changes(Moderation change) {
    return new ChangeRoom(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(change));
  }

  private String mute(Person user) {
    return "/v1/rooms/" + room + "/mutes/" + user.name();
  }

  private String member(Person user) {
    return "/v1/rooms/" + room + "/members/" + user.name();
  }

  private void assertRefused(Person who, Code code) {
    var id = UUID.randomUUID().toString();
    who.says(new ClientFrame.Send(id, room, "hi", OptionalLong.empty()));
    assertThat(who.isRefused(id).code()).isEqualTo(code.wire());
  }

  private static void assertRefused(Answer answer, int status, Code code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().path("code").asText()).isEqualTo(code.wire());
  }

  private static Optional<String> json(Record body) {
    return Optional.of(Json.restText(body));
  }
}
