package kith.node.story;

import static kith.node.story.ModerationCast.TEN_MINUTES;
import static kith.node.story.ModerationCast.assertRefused;
import static kith.node.story.ModerationCast.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest.Answer;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Moderating.Mute;
import kith.protocol.rest.Moderating.MuteUser;
import kith.protocol.rest.Moderating.Mutes;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests.Moderation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What moderators do to members of a room: mutes, slow mode, a room in which only they write,
/// kicks.
@Tag("story")
class ModerationStoryTest extends ModerationStory {
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
    assertMuted(phone);

    assertThat(mo.rest().send("DELETE", mute(bob), Optional.empty()).status()).isEqualTo(204);

    assertThat(phone.hears(ServerFrame.Moderation.class, it -> it.mute().isEmpty())).isNotNull();
    phone.says(room, "back");
    eve.sees(room, "back");
    assertThat(mutesSeenBy(mo)).isEmpty();
    phone.close();
  }

  @Test
  void aMuteExpires() {
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
                      (it instanceof ServerFrame.Ack ack && ack.id().equals(id))
                          || (it instanceof ServerFrame.Problem no
                              && no.id().equals(Optional.of(id))))
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
    var stranger = cast.signsUp("stranger");
    assertRefused(mutes(stranger, bob, TEN_MINUTES, "spam"), 403, Code.NOT_A_MEMBER);
    stranger.close();
    assertThat(mutes(ann, mo, TEN_MINUTES, "sleep").status()).isEqualTo(204);
    assertMuted(mo);
  }

  @Test
  void slowModeAndReadOnlyAreSettingsThatEverybodySees() {
    assertRefused(
        cast.moderates(bob, new Moderation(OptionalInt.of(30), Optional.empty())),
        403,
        Code.NOT_ALLOWED);
    assertRefused(
        cast.moderates(mo, new Moderation(OptionalInt.of(21_601), Optional.empty())),
        400,
        Code.BAD_FIELD);
    var slow = new Moderation(OptionalInt.of(3600), Optional.empty());
    assertThat(cast.moderates(mo, slow).as(RoomAnswers.Room.class).moderation()).contains(slow);
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

    cast.moderates(mo, new Moderation(OptionalInt.of(0), Optional.of(true)));
    eve.says(new ClientFrame.Send("e1", room, "hello?", OptionalLong.empty()));
    assertThat(eve.isRefused("e1").code()).isEqualTo(Code.READ_ONLY.wire());
    var notice = mo.says(room, "only we write");
    eve.says(new ClientFrame.React("e2", room, notice.seq(), "👍", Optional.empty()));
    eve.isAcked("e2");

    cast.moderates(mo, new Moderation(OptionalInt.empty(), Optional.of(false)));
    eve.says(room, "free again");
  }

  @Test
  void aKickShowsItsReason() {
    var path = cast.member(bob);
    assertThat(mo.rest().send("DELETE", path, Optional.of("{\"reason\":\"spam\"}")).status())
        .isEqualTo(204);

    eve.seesEntry(
        room,
        it -> it instanceof Entry.Kicked kicked && kicked.reason().equals(Optional.of("spam")),
        "the kick of bob");
  }

  private Answer mutes(Person by, Person user, long millis, String reason) {
    return by.rest().send("PUT", mute(user), json(new MuteUser(millis, Optional.of(reason))));
  }

  private String mute(Person user) {
    return "/v1/rooms/" + room + "/mutes/" + user.name();
  }

  private List<Mute> mutesSeenBy(Person who) {
    return who.rest().get("/v1/rooms/" + room + "/mutes").as(Mutes.class).mutes();
  }

  private void assertMuted(Person who) {
    var id = UUID.randomUUID().toString();
    who.says(new ClientFrame.Send(id, room, "hi", OptionalLong.empty()));
    assertThat(who.isRefused(id).code()).isEqualTo(Code.MUTED.wire());
  }
}
