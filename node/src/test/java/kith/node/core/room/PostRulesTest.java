package kith.node.core.room;

import static kith.node.core.room.RoomHistory.BOUNDS;
import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.deleted;
import static kith.node.core.room.RoomHistory.edited;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.kicked;
import static kith.node.core.room.RoomHistory.privateRoomOf;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static kith.node.core.room.RoomHistory.redacted;
import static kith.node.core.room.RoomHistory.role;
import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.core.room.Post.Accepted;
import kith.node.core.room.Post.Edit;
import kith.node.core.room.Post.Fact;
import kith.node.core.room.Post.Redact;
import kith.node.core.room.Post.Refused;
import kith.node.core.room.Post.Say;
import kith.node.core.room.Post.Verdict;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.RoomRequests.Moderation;
import org.junit.jupiter.api.Test;

class PostRulesTest {
  private static final Instant LATER = NOW.plusSeconds(5);
  private static final Map<Long, Fact> ANNS_MESSAGE_AT_3 = Map.of(3L, new Fact("ann", false));
  private static final Map<Long, Fact> REDACTED_AT_3 = Map.of(3L, new Fact("ann", true));

  /// Ann's room, with bob in it, at seq 2.
  private final RoomState room = after(publicRoomOf("ann"), joined("bob"));

  @Test
  void aNewMessageGetsTheNextSeq() {
    var decision = decide(room, say("ann", "1", "hello"));

    assertThat(decision.verdicts()).containsExactly(accepted(3, 1));
    assertThat(decision.events()).containsExactly(posted("1", "hello", 1));
  }

  @Test
  void aRetryKeepsItsSeqAndTimeAndIsNotWrittenAgain() {
    var decision = decide(room.with(said("ann", "1", "hello")), say("ann", "1", "hello"));

    assertThat(decision.verdicts()).containsExactly(new Accepted(3, NOW));
    assertThat(decision.events()).isEmpty();
  }

  @Test
  void aRetryInTheSameBatchKeepsItsSeq() {
    var decision =
        decide(room, say("ann", "1", "hello"), say("ann", "1", "hello"), say("ann", "2", "more"));

    assertThat(decision.verdicts())
        .containsExactly(accepted(3, 1), new Accepted(3, LATER), accepted(4, 2));
    assertThat(decision.events()).hasSize(2);
  }

  @Test
  void aProgramMayPostOnlyWhileItsOwnerIsAMember() {
    var decision =
        decide(room, ofProgram("ann", "1"), ofProgram("bob", "2"), ofProgram("eve", "3"));

    assertThat(decision.verdicts())
        .containsExactly(accepted(3, 1), accepted(4, 2), new Refused(Code.NOT_A_MEMBER));
    assertThat(decision.events()).extracting(RoomEvent::by).containsExactly("@grafana", "@grafana");
    assertThat(((RoomEvent.Posted) decision.events().getFirst()).program())
        .contains(new Program(Program.HOOK, Optional.of("grafana"), Optional.of("ann")));
  }

  @Test
  void aRedactionKeepsWhichProgramSpoke() {
    var message = (RoomEvent.Posted) decide(room, ofProgram("ann", "1")).events().getFirst();

    assertThat(message.erased().program()).isEqualTo(message.program());
    assertThat(message.erased().body()).isEmpty();
  }

  private static Say ofProgram(String owner, String id) {
    return new Say(
        "@grafana",
        id,
        "the disk is full",
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Program(Program.HOOK, Optional.of("grafana"), Optional.of(owner))));
  }

  @Test
  void theFirstBodyIsKeptIfARetryHasAnother() {
    var decision = decide(room, say("ann", "1", "first"), say("ann", "1", "second"));

    assertThat(decision.events()).containsExactly(posted("1", "first", 1));
  }

  @Test
  void twoSendersMayUseTheSameId() {
    var decision = decide(room, say("ann", "1", "hello"), say("bob", "1", "hi"));

    assertThat(decision.verdicts()).containsExactly(accepted(3, 1), accepted(4, 2));
  }

  @Test
  void anIdIsNotReusedForAnotherKindOfPost() {
    var room = this.room.with(said("ann", "1", "hello"));

    assertThat(verdict(room, new Edit("ann", "1", 3, "new"), ANNS_MESSAGE_AT_3))
        .isEqualTo(new Refused(Code.ID_REUSED));
    assertThat(verdict(room, redact("ann", "1", 3), ANNS_MESSAGE_AT_3))
        .isEqualTo(new Refused(Code.ID_REUSED));
  }

  @Test
  void anIdIsNotReusedForAnotherTarget() {
    var room = after(this.room, List.of(said("ann", "1", "hello"), edited("ann", "2", 3, "hi")));

    assertThat(verdict(room, new Edit("ann", "2", 4, "hi"), Map.of(4L, new Fact("ann", false))))
        .isEqualTo(new Refused(Code.ID_REUSED));
    assertThat(verdict(room, new Redact("ann", "2", 3, Optional.empty()), ANNS_MESSAGE_AT_3))
        .isEqualTo(new Refused(Code.ID_REUSED));
  }

  @Test
  void anIdIsNotReusedWithinOneBatch() {
    var decision =
        PostRules.decide(
            room.with(said("ann", "0", "hello")),
            List.of(say("ann", "1", "more"), new Edit("ann", "1", 3, "new")),
            about(ANNS_MESSAGE_AT_3),
            List.of(),
            LATER);

    assertThat(decision.verdicts()).containsExactly(accepted(4, 1), new Refused(Code.ID_REUSED));
  }

  @Test
  void aPostThatMayRepeatAnOlderOneWaitsUntilTheLogWasRead() {
    var decision = decide(longAgo(say("ann", "1", "hello")), say("ann", "1", "hello"));

    assertThat(decision.unread()).containsExactly(3L);
  }

  @Test
  void aRetryOfAnOlderPostIsAcceptedAgain() {
    var room = longAgo(say("ann", "1", "hello"));

    assertThat(verdict(room, say("ann", "1", "hello"), older(said("ann", "1", "hello"))))
        .isEqualTo(new Accepted(3, NOW));
    assertThat(verdict(room, new Edit("ann", "1", 3, "hi"), older(said("ann", "1", "hello"))))
        .isEqualTo(new Refused(Code.ID_REUSED));
  }

  @Test
  void aPostWithTheHashOfAnOlderOneIsNew() {
    var room = longAgo(say("ann", "1", "hello"));

    assertThat(verdict(room, say("ann", "1", "hello"), older(said("ann", "other", "hello"))))
        .isEqualTo(accepted(room.lastSeq() + 1, room.tally().counts().messages() + 1));
  }

  @Test
  void aPostIsNewWhenItsCandidateIsDeleted() {
    var room = longAgo(say("ann", "1", "hello"));
    var gone = new PostLookUp(Map.of(), Set.of(3L), Map.of());

    assertThat(verdict(room, say("ann", "1", "hello"), gone))
        .isEqualTo(accepted(room.lastSeq() + 1, room.tally().counts().messages() + 1));
  }

  /// The room after this post and so many others that it is none of the latest.
  private RoomState longAgo(Say post) {
    var room = this.room.with(said(post.sender(), post.id(), post.body()));
    for (var i = 0; i < 2 * BOUNDS.posts().generation(); i++)
      room = room.with(said("bob", "since-" + i, "more"));
    return room;
  }

  /// The log has this event as entry 3.
  private static PostLookUp older(RoomEvent event) {
    return PostLookUp.of(
        Map.of(), Set.of(3L), new RoomLog.Events(List.of(new Projection.Numbered(3, event))));
  }

  @Test
  void onlyMembersMayPost() {
    assertThat(verdict(room, say("eve", "1", "hello"), Map.of()))
        .isEqualTo(new Refused(Code.NOT_A_MEMBER));
  }

  @Test
  void aPostToAPrivateRoomByAStrangerIsRefusedLikeOneToAnUnknownRoom() {
    assertThat(verdict(after(privateRoomOf("ann")), say("eve", "1", "hello"), Map.of()))
        .isEqualTo(new Refused(Code.UNKNOWN_ROOM));
  }

  @Test
  void aRetryIsAcceptedEvenIfItsSenderWasKickedSince() {
    var room = after(this.room, List.of(said("bob", "1", "hello"), kicked("ann", "bob")));

    assertThat(verdict(room, say("bob", "1", "hello"), Map.of())).isEqualTo(new Accepted(3, NOW));
    assertThat(verdict(room, say("bob", "2", "more"), Map.of()))
        .isEqualTo(new Refused(Code.NOT_A_MEMBER));
  }

  @Test
  void aDeletedRoomAcceptsNoPosts() {
    assertThat(verdict(room.with(deleted("ann")), say("ann", "1", "hello"), Map.of()))
        .isEqualTo(new Refused(Code.UNKNOWN_ROOM));
  }

  @Test
  void anUnknownMessageCannotBeEditedRedactedOrAnswered() {
    assertThat(verdict(room, new Edit("ann", "1", 9, "new"), Map.of()))
        .isEqualTo(new Refused(Code.UNKNOWN_MESSAGE));
    assertThat(verdict(room, redact("ann", "1", 9), Map.of()))
        .isEqualTo(new Refused(Code.UNKNOWN_MESSAGE));
    assertThat(verdict(room, new Say("ann", "1", "yes", OptionalLong.of(9)), Map.of()))
        .isEqualTo(new Refused(Code.UNKNOWN_MESSAGE));
  }

  @Test
  void aMessageCanBeAnswered() {
    var room = this.room.with(said("ann", "1", "hello"));

    var reply = new Say("bob", "1", "yes", OptionalLong.of(3));

    assertThat(verdict(room, reply, ANNS_MESSAGE_AT_3)).isEqualTo(accepted(4, 1));
  }

  @Test
  void onlyTheAuthorEditsAMessageNotEvenAnOwner() {
    var room = after(publicRoomOf("bob"), joined("ann"), said("ann", "1", "hello"));

    assertThat(verdict(room, new Edit("bob", "1", 3, "new"), ANNS_MESSAGE_AT_3))
        .isEqualTo(new Refused(Code.NOT_YOUR_MESSAGE));
    assertThat(verdict(room, new Edit("ann", "2", 3, "new"), ANNS_MESSAGE_AT_3))
        .isEqualTo(new Accepted(4, LATER));
  }

  @Test
  void membersRedactTheirOwnMessagesAndModeratorsAll() {
    var room = after(publicRoomOf("cyd"), joined("ann"), said("ann", "1", "hello"), joined("bob"));

    assertThat(verdict(room, redact("bob", "1", 3), ANNS_MESSAGE_AT_3))
        .isEqualTo(new Refused(Code.NOT_YOUR_MESSAGE));
    assertThat(verdict(room, redact("ann", "2", 3), ANNS_MESSAGE_AT_3))
        .isEqualTo(new Accepted(5, LATER));
    assertThat(
            verdict(
                room.with(role("cyd", "bob", Role.MODERATOR)),
                redact("bob", "1", 3),
                ANNS_MESSAGE_AT_3))
        .isEqualTo(new Accepted(6, LATER));
  }

  @Test
  void aRedactedMessageIsNeitherEditedNorRedactedAgain() {
    var room = after(this.room, List.of(said("ann", "1", "hello"), redacted("ann", "2", 3)));

    assertThat(verdict(room, new Edit("ann", "3", 3, "new"), REDACTED_AT_3))
        .isEqualTo(new Refused(Code.MESSAGE_REDACTED));
    assertThat(verdict(room, redact("ann", "3", 3), REDACTED_AT_3))
        .isEqualTo(new Refused(Code.MESSAGE_REDACTED));
  }

  @Test
  void aRetriedRedactionIsNotWrittenAgain() {
    var room = after(this.room, List.of(said("ann", "1", "hello"), redacted("ann", "2", 3)));

    assertThat(verdict(room, redact("ann", "2", 3), REDACTED_AT_3)).isEqualTo(new Accepted(4, NOW));
  }

  @Test
  void anEditAfterTheRedactionInTheSameBatchIsRefused() {
    var decision =
        PostRules.decide(
            room.with(said("ann", "1", "hello")),
            List.of(
                new Edit("ann", "2", 3, "before"),
                redact("ann", "3", 3),
                new Edit("ann", "4", 3, "after")),
            about(ANNS_MESSAGE_AT_3),
            List.of(),
            LATER);

    assertThat(decision.verdicts())
        .containsExactly(
            new Accepted(4, LATER), new Accepted(5, LATER), new Refused(Code.MESSAGE_REDACTED));
    assertThat(decision.events()).hasSize(2);
  }

  @Test
  void refusalsTakeNoSeqAndVerdictsKeepTheOrderOfThePosts() {
    var decision =
        decide(
            room,
            say("ann", "1", "one"),
            say("eve", "1", "no"),
            say("bob", "1", "two"),
            say("ann", "1", "one"),
            say("ann", "2", "three"));

    assertThat(decision.verdicts())
        .containsExactly(
            accepted(3, 1),
            new Refused(Code.NOT_A_MEMBER),
            accepted(4, 2),
            new Accepted(3, LATER),
            accepted(5, 3));
    assertThat(decision.events())
        .extracting(event -> ((RoomEvent.Posted) event).body())
        .containsExactly("one", "two", "three");
  }

  @Test
  void inSlowModeAMemberWaitsBetweenTwoMessages() {
    var slow = room.with(moderated(30, false)).with(said("bob", "1", "hello"));

    var decision = decide(slow, say("bob", "2", "more"), say("bob", "1", "hello"));

    // bob's message is from 5 s before
    assertThat(decision.verdicts())
        .containsExactly(
            new Refused(Code.SLOW_MODE, OptionalLong.of(25_000)), new Accepted(4, NOW));
    assertThat(at(NOW.plusSeconds(30), slow, say("bob", "2", "more"))).isInstanceOf(Accepted.class);
  }

  @Test
  void slowModeCountsTheMessagesOfOneBatch() {
    var slow = room.with(moderated(30, false));

    var decision = decide(slow, say("bob", "1", "one"), say("bob", "2", "two"));

    assertThat(decision.verdicts())
        .containsExactly(accepted(4, 1), new Refused(Code.SLOW_MODE, OptionalLong.of(30_000)));
  }

  @Test
  void slowModeLimitsOnlyMessagesAndNotThoseOfModerators() {
    var slow =
        after(room, List.of(moderated(30, false), said("ann", "1", "hi"), said("bob", "2", "hi")));
    var bobsMessageAt5 = Map.of(5L, new Fact("bob", false));

    assertThat(decide(slow, say("ann", "3", "one"), say("ann", "4", "two")).events()).hasSize(2);
    assertThat(verdict(slow, new Edit("bob", "5", 5, "new"), bobsMessageAt5))
        .isInstanceOf(Accepted.class);
    assertThat(verdict(slow, redact("bob", "6", 5), bobsMessageAt5)).isInstanceOf(Accepted.class);
  }

  @Test
  void aMessageThatARuleRefusesDoesNotCountInSlowMode() {
    var slow = room.with(moderated(30, false));
    var noShouting =
        new PostRule() {
          @Override
          public Optional<Code> objection(RoomState room, Post post, Optional<Fact> target) {
            return post instanceof Say say && say.body().equals("LOUD")
                ? Optional.of(Code.TEXT_NOT_ACCEPTED)
                : Optional.empty();
          }
        };
    var posts = List.<Post>of(say("bob", "1", "LOUD"), say("bob", "2", "quiet"));

    var decision = PostRules.decide(slow, posts, PostLookUp.NONE, List.of(noShouting), LATER);

    assertThat(decision.verdicts())
        .containsExactly(new Refused(Code.TEXT_NOT_ACCEPTED), accepted(4, 1));
  }

  @Test
  void inAReadOnlyRoomOnlyModeratorsAndOwnersWrite() {
    var readOnly = after(room, List.of(moderated(0, true), said("bob", "1", "before")));
    var bobsMessageAt4 = Map.of(4L, new Fact("bob", false));

    assertThat(decide(readOnly, say("bob", "2", "hi"), say("ann", "3", "hi")).verdicts())
        .containsExactly(new Refused(Code.READ_ONLY), accepted(5, 1));
    assertThat(verdict(readOnly, new Edit("bob", "4", 4, "new"), bobsMessageAt4))
        .isEqualTo(new Refused(Code.READ_ONLY));
    // a member removes a message without a reason
    assertThat(verdict(readOnly, redact("bob", "5", 4), bobsMessageAt4))
        .isInstanceOf(Accepted.class);
    assertThat(verdict(readOnly, new Redact("bob", "6", 4, Optional.of("psst")), bobsMessageAt4))
        .isEqualTo(new Refused(Code.READ_ONLY));
    assertThat(
            verdict(
                readOnly.with(role("ann", "bob", Role.MODERATOR)), say("bob", "7", "hi"), Map.of()))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void inAnArchivedRoomNobodyPostsButARetryIsAcknowledged() {
    var before = after(room, List.of(said("bob", "1", "before")));
    var archived = before.with(RoomHistory.moderated("olga", Moderation.archiving(true)));
    var bobsMessageAt3 = Map.of(3L, new Fact("bob", false));
    var refused = new Refused(Code.ROOM_ARCHIVED);

    assertThat(verdict(archived, say("ann", "2", "hi"), Map.of())).isEqualTo(refused);
    assertThat(verdict(archived, new Edit("bob", "3", 3, "new"), bobsMessageAt3))
        .isEqualTo(refused);
    assertThat(verdict(archived, redact("bob", "4", 3), bobsMessageAt3)).isEqualTo(refused);
    assertThat(verdict(archived, say("bob", "1", "before"), Map.of())).isInstanceOf(Accepted.class);
    var open = archived.with(RoomHistory.moderated("olga", Moderation.archiving(false)));
    assertThat(verdict(open, say("ann", "2", "hi"), Map.of())).isInstanceOf(Accepted.class);
  }

  private static RoomEvent moderated(int slowModeSeconds, boolean isReadOnly) {
    return RoomHistory.moderated(
        new Moderation(OptionalInt.of(slowModeSeconds), Optional.of(isReadOnly)));
  }

  private static Verdict at(Instant now, RoomState room, Post post) {
    return PostRules.decide(room, List.of(post), PostLookUp.NONE, List.of(), now)
        .verdicts()
        .getFirst();
  }

  @Test
  void aFeaturesRuleSeesTheTargetOfAPost() {
    var onlyOwnMessages =
        new PostRule() {
          @Override
          public Optional<Code> objection(RoomState room, Post post, Optional<Fact> target) {
            return target
                .filter(it -> !it.author().equals(post.sender()))
                .map(_ -> Code.NOT_ALLOWED);
          }
        };
    var room = this.room.with(said("ann", "1", "hello"));
    var posts = List.<Post>of(reply("ann", "2"), reply("bob", "3"), say("bob", "4", "hello"));

    var decision =
        PostRules.decide(room, posts, about(ANNS_MESSAGE_AT_3), List.of(onlyOwnMessages), LATER);

    assertThat(decision.verdicts())
        .containsExactly(accepted(4, 1), new Refused(Code.NOT_ALLOWED), accepted(5, 2));
  }

  private static Say reply(String sender, String id) {
    return new Say(sender, id, "yes", OptionalLong.of(3));
  }

  private static PostRules.Decision decide(RoomState room, Post... posts) {
    return PostRules.decide(room, List.of(posts), PostLookUp.NONE, List.of(), LATER);
  }

  private static Verdict verdict(RoomState room, Post post, Map<Long, Fact> facts) {
    return verdict(room, post, about(facts));
  }

  private static Verdict verdict(RoomState room, Post post, PostLookUp found) {
    var decision = PostRules.decide(room, List.of(post), found, List.of(), LATER);
    assertThat(decision.unread()).isEmpty();
    return decision.verdicts().getFirst();
  }

  private static PostLookUp about(Map<Long, Fact> facts) {
    return new PostLookUp(facts, Set.of(), Map.of());
  }

  private static Say say(String sender, String id, String body) {
    return new Say(sender, id, body, OptionalLong.empty());
  }

  private static Redact redact(String sender, String id, long target) {
    return new Redact(sender, id, target, Optional.empty());
  }

  private static Accepted accepted(long seq, long number) {
    return new Accepted(seq, LATER, Optional.of(new Counts(number)));
  }

  private static RoomEvent posted(String id, String body, long number) {
    return new RoomEvent.Posted(
        "ann", LATER, id, body, OptionalLong.empty(), OptionalLong.of(number));
  }
}
