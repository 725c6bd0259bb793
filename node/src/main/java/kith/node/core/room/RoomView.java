package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;

/// Questions to a room that do not change it, and their answers.
public final class RoomView {
  private RoomView() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Description.class, name = "description"),
    @JsonSubTypes.Type(value = Membership.class, name = "membership"),
    @JsonSubTypes.Type(value = Members.class, name = "members"),
    @JsonSubTypes.Type(value = Those.class, name = "those"),
    @JsonSubTypes.Type(value = Bans.class, name = "bans"),
    @JsonSubTypes.Type(value = Invitations.class, name = "invitations"),
    @JsonSubTypes.Type(value = Preview.class, name = "preview"),
    @JsonSubTypes.Type(value = Prospect.class, name = "prospect"),
  })
  public sealed interface Question extends CborSerializable {}

  public record Description(String by) implements Question {}

  /// Asks whether this user may read the room.
  public record Membership(String user) implements Question {}

  public record Members(String by, Optional<String> after, int limit) implements Question {}

  /// Finds the members among these users.
  public record Those(String by, Set<String> users) implements Question {
    public Those {
      users = Set.copyOf(users);
    }
  }

  public record Bans(String by) implements Question {}

  public record Invitations(String by) implements Question {}

  public record Preview(String tokenHash) implements Question {}

  /// Asks whether a join could succeed. A given passcode is not compared.
  ///
  /// @param owner of a bot
  public record Prospect(
      String user, Optional<String> tokenHash, boolean hasPasscode, Optional<String> owner)
      implements Question {
    public Prospect(String user, Optional<String> tokenHash, boolean hasPasscode) {
      this(user, tokenHash, hasPasscode, Optional.empty());
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Described.class, name = "described"),
    @JsonSubTypes.Type(value = IsMember.class, name = "member"),
    @JsonSubTypes.Type(value = MemberList.class, name = "members"),
    @JsonSubTypes.Type(value = AreMembers.class, name = "those"),
    @JsonSubTypes.Type(value = BanList.class, name = "bans"),
    @JsonSubTypes.Type(value = InvitationList.class, name = "invitations"),
    @JsonSubTypes.Type(value = MayJoin.class, name = "may-join"),
    @JsonSubTypes.Type(value = Denied.class, name = "denied"),
  })
  public sealed interface Answer extends CborSerializable {}

  /// @param with the other member, if this is a conversation
  /// @param wrongPasscodes for moderators; absent too if the room runs on a node of an older
  ///   release
  public record Described(
      Summary room,
      Optional<Role> role,
      Optional<String> with,
      Optional<WrongPasscodes> wrongPasscodes)
      implements Answer {}

  /// Wrong passcodes that were tried since the room was loaded into memory.
  ///
  /// @param users the latest ones, in the order of their last attempt
  public record WrongPasscodes(long count, Instant latest, List<String> users)
      implements CborSerializable {
    public WrongPasscodes {
      users = List.copyOf(users);
    }
  }

  public record IsMember(long lastSeq) implements Answer {}

  public record MemberList(List<Person> members, boolean more) implements Answer {}

  public record AreMembers(Set<String> users) implements Answer {
    public AreMembers {
      users = Set.copyOf(users);
    }
  }

  public record BanList(List<String> users) implements Answer {}

  public record InvitationList(List<Invitation> invitations) implements Answer {}

  /// A join is not refused, unless by its passcode.
  public record MayJoin() implements Answer {}

  public record Denied(Code code) implements Answer {}

  /// A room as its directory row and its description show it.
  public record Summary(
      String room,
      String name,
      String topic,
      Visibility visibility,
      boolean passcode,
      OptionalInt capacity,
      Optional<Retention> retention,
      int members,
      Instant created,
      long lastSeq,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Moderation> moderation)
      implements CborSerializable {
    public Summary(
        String room,
        String name,
        String topic,
        Visibility visibility,
        boolean passcode,
        OptionalInt capacity,
        Optional<Retention> retention,
        int members,
        Instant created,
        long lastSeq) {
      this(
          room,
          name,
          topic,
          visibility,
          passcode,
          capacity,
          retention,
          members,
          created,
          lastSeq,
          Optional.empty());
    }
  }

  /// @param owner of a bot
  public record Person(String user, Role role, Instant since, Optional<String> owner)
      implements CborSerializable {
    public Person(String user, Role role, Instant since) {
      this(user, role, since, Optional.empty());
    }
  }

  public record Invitation(String id, String by, Instant expires, OptionalInt usesLeft)
      implements CborSerializable {}

  static Answer answer(
      String id,
      RoomState room,
      Question question,
      Optional<WrongPasscodes> wrongPasscodes,
      Instant now) {
    return answer(id, room, question, wrongPasscodes, _ -> Applicant.Approval.NONE, now);
  }

  static Answer answer(
      String id,
      RoomState room,
      Question question,
      Optional<WrongPasscodes> wrongPasscodes,
      Function<String, Applicant.Approval> approvals,
      Instant now) {
    return switch (question) {
      case Description(var by) -> described(id, room, by, wrongPasscodes);
      case Membership(var user) ->
          room.isMember(user)
              ? new IsMember(room.lastSeq())
              : new Denied(RoomRules.notAMember(room));
      case Members(var by, var after, var limit) ->
          guarded(room, by, Role.MEMBER, () -> members(room, after, limit));
      case Those(var by, var users) -> guarded(room, by, Role.MEMBER, () -> those(room, users));
      case Bans(var by) ->
          guarded(
              room, by, Role.MODERATOR, () -> new BanList(room.bans().stream().sorted().toList()));
      case Invitations(var by) -> guarded(room, by, Role.MODERATOR, () -> invitations(room, now));
      case Preview(var tokenHash) ->
          room.isOpen() && RoomRules.usable(room, tokenHash, now).isPresent()
              ? new Described(
                  summary(id, room), Optional.empty(), Optional.empty(), Optional.empty())
              : new Denied(Code.UNKNOWN_INVITATION);
      case Prospect asked -> prospect(room, asked, approvals.apply(asked.user()), now);
    };
  }

  private static Answer prospect(
      RoomState room, Prospect asked, Applicant.Approval approval, Instant now) {
    if (room.isMember(asked.user())) return new IsMember(room.lastSeq());
    var isComparison =
        asked.owner().isEmpty()
            && asked.hasPasscode()
            && RoomRules.passcodeToCheck(room, asked.user(), asked.tokenHash().isPresent())
                .isPresent();
    // other reasons for a refusal are given only to users who know the passcode
    if (isComparison) return new MayJoin();
    var applicant =
        new Applicant(
            asked.user(), asked.owner(), asked.tokenHash(), Applicant.Passcode.NONE, approval);
    return switch (RoomRules.join(room, applicant, now)) {
      case RoomRules.Decided _ -> new MayJoin();
      case RoomRules.Refused(var code) -> new Denied(code);
    };
  }

  private static Answer described(
      String id, RoomState room, String by, Optional<WrongPasscodes> wrongPasscodes) {
    var mayKnow =
        room.isOpen() && (room.isMember(by) || room.settings().visibility() == Visibility.PUBLIC);
    return mayKnow
        ? new Described(
            summary(id, room),
            room.role(by),
            room.counterpart(by),
            wrongPasscodes.filter(
                _ -> room.role(by).filter(role -> role.isAtLeast(Role.MODERATOR)).isPresent()))
        : new Denied(RoomRules.notAMember(room));
  }

  private static Answer guarded(
      RoomState room, String by, Role needed, java.util.function.Supplier<Answer> answer) {
    var role = room.role(by);
    if (role.isEmpty()) return new Denied(RoomRules.notAMember(room));
    return role.get().isAtLeast(needed) ? answer.get() : new Denied(Code.NOT_ALLOWED);
  }

  private static Answer members(RoomState room, Optional<String> after, int limit) {
    Predicate<Map.Entry<String, RoomState.Member>> isLater =
        member -> after.isEmpty() || member.getKey().compareTo(after.get()) > 0;
    var found =
        room.members().entrySet().stream()
            .filter(isLater)
            .sorted(Map.Entry.comparingByKey())
            .limit(limit + 1L)
            .map(it ->
                new Person(
                    it.getKey(),
                    room.role(it.getKey()).orElse(it.getValue().role()),
                    it.getValue().since(),
                    it.getValue().owner()))
            .toList();
    return new MemberList(found.stream().limit(limit).toList(), found.size() > limit);
  }

  private static Answer those(RoomState room, Set<String> users) {
    return new AreMembers(users.stream().filter(room::isMember).collect(Collectors.toSet()));
  }

  private static Answer invitations(RoomState room, Instant now) {
    Stream<Map.Entry<String, RoomState.Invitation>> usable =
        room.invitations().entrySet().stream().filter(some -> some.getValue().isUsable(now));
    return new InvitationList(
        usable.map(some -> invitation(some.getKey(), some.getValue())).toList());
  }

  private static Invitation invitation(String id, RoomState.Invitation kept) {
    var left =
        kept.uses().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(kept.uses().getAsInt() - kept.used());
    return new Invitation(id, kept.by(), kept.expires(), left);
  }

  public static Summary summary(String id, RoomState room) {
    var settings = room.settings();
    return new Summary(
        id,
        settings.name(),
        settings.topic(),
        settings.visibility(),
        settings.passcodeHash().isPresent(),
        settings.capacity(),
        settings.retention(),
        room.members().size(),
        room.created(),
        room.lastSeq(),
        settings.moderation());
  }
}
