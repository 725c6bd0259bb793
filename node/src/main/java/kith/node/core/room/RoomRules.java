package kith.node.core.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;

/// Decides who may create, join, leave and change a room.
public final class RoomRules {
  private static final String BOT_REASON = "The owner of this bot is no longer a member.";

  private RoomRules() {}

  public sealed interface Decision {}

  /// An empty list means that nothing has to change.
  public record Decided(List<RoomEvent> events) implements Decision {
    public Decided(RoomEvent... events) {
      this(List.of(events));
    }
  }

  public record Refused(Code code) implements Decision {}

  /// A member's repeated request succeeds: it may be a retry after a lost answer.
  static Decision create(RoomState room, Room.Create create, Instant now) {
    if (room.phase() != RoomState.Phase.ABSENT)
      return room.isMember(create.by()) ? new Decided() : new Refused(Code.UNKNOWN_ROOM);
    return new Decided(
        new RoomEvent.Created(
            create.by(),
            now,
            create.name(),
            create.topic(),
            create.visibility(),
            create.passcodeHash(),
            create.capacity(),
            create.retention(),
            create.members()));
  }

  /// The new name that a public room is about to take, if it takes one.
  static Optional<String> newName(RoomState room, Room.Naming command) {
    return switch (command) {
      case Room.Create create ->
          room.phase() == RoomState.Phase.ABSENT && create.visibility() == Visibility.PUBLIC
              ? Optional.of(create.name())
              : Optional.empty();
      case Room.Perform perform ->
          perform.act() instanceof RoomAction.ChangeSettings change
              ? newName(room.settings(), change)
              : Optional.empty();
    };
  }

  static Optional<String> newName(RoomState.Settings settings, RoomAction.ChangeSettings change) {
    var visibility = change.visibility().orElse(settings.visibility());
    if (visibility != Visibility.PUBLIC) return Optional.empty();
    return settings.visibility() != Visibility.PUBLIC
        ? Optional.of(change.name().orElse(settings.name()))
        : change.name().filter(name -> !name.equals(settings.name()));
  }

  /// The passcode hash to check before `join` can decide, if any.
  static Optional<String> passcodeToCheck(RoomState room, String user, boolean hasInvitation) {
    return hasInvitation || !room.isOpen() || room.isMember(user) || room.bans().contains(user)
        ? Optional.empty()
        : room.settings().passcodeHash();
  }

  /// A bot of the server joins like a person: it needs no owner in the room.
  public static Decision join(RoomState room, Applicant applicant, Instant now) {
    var user = applicant.user();
    if (!room.isOpen()) return new Refused(Code.UNKNOWN_ROOM);
    if (room.isMember(user)) return new Decided();
    var owner = applicant.owner();
    if (owner.isPresent() && !BotOwner.isServer(owner.get()))
      return joinOfBot(room, user, owner.get(), now);
    var invitation = applicant.tokenHash().flatMap(hash -> usable(room, hash, now));
    if (applicant.tokenHash().isPresent() && invitation.isEmpty())
      return new Refused(wrongInvitation(room));
    if (invitation.isEmpty()) {
      // a banned user must not continue to guess
      if (room.settings().passcodeHash().isPresent() && room.bans().contains(user))
        return new Refused(Code.BANNED);
      var closed = closedTo(room, applicant.passcode());
      if (closed.isPresent()) return new Refused(closed.get());
    }
    if (room.bans().contains(user)) return new Refused(Code.BANNED);
    if (room.moderation().forbidsChanges()) return new Refused(Code.ROOM_ARCHIVED);
    if (room.members().size() >= room.capacity()) return new Refused(Code.ROOM_FULL);
    if (invitation.isEmpty()
        && asksForApproval(room)
        && applicant.approval() == Applicant.Approval.NONE)
      return new Refused(Code.APPROVAL_REQUIRED);
    return new Decided(new RoomEvent.Joined(user, now, invitation, owner));
  }

  /// True if moderators approve who joins without an invitation. A passcode is an approval, and a
  /// private room is joined by invitation only.
  public static boolean asksForApproval(RoomState room) {
    return room.moderation().asksForApproval()
        && !room.moderation().forbidsChanges()
        && room.settings().visibility() == Visibility.PUBLIC
        && room.settings().passcodeHash().isEmpty();
  }

  /// A bot joins through its owner, who must be allowed to let a person in: a moderator, or any
  /// member of a public room without a passcode or approval.
  private static Decision joinOfBot(RoomState room, String bot, String owner, Instant now) {
    var role = room.role(owner);
    if (room.owner(owner).isPresent() || room.isDirect()) return new Refused(Code.NOT_ALLOWED);
    if (role.isEmpty()) return new Refused(notAMember(room));
    if (room.moderation().forbidsChanges()) return new Refused(Code.ROOM_ARCHIVED);
    var isClosed = asksForApproval(room) || closedTo(room, Applicant.Passcode.NONE).isPresent();
    if (!role.get().isAtLeast(Role.MODERATOR) && isClosed) return new Refused(Code.NOT_ALLOWED);
    if (room.bans().contains(bot)) return new Refused(Code.BANNED);
    if (room.members().size() >= room.capacity()) return new Refused(Code.ROOM_FULL);
    return new Decided(new RoomEvent.Joined(bot, now, Optional.empty(), Optional.of(owner)));
  }

  /// A user's bots leave together with the user.
  private static Decided withBots(RoomState room, String user, Instant now, RoomEvent... events) {
    var all = new ArrayList<>(List.of(events));
    for (var bot : room.botsOf(user))
      all.add(new RoomEvent.Kicked(user, now, bot, Optional.of(BOT_REASON)));
    return new Decided(all);
  }

  private static Optional<Code> closedTo(RoomState room, Applicant.Passcode passcode) {
    if (room.settings().passcodeHash().isPresent())
      return switch (passcode) {
        case NONE -> Optional.of(Code.PASSCODE_REQUIRED);
        case WRONG -> Optional.of(Code.WRONG_PASSCODE);
        case RIGHT -> Optional.empty();
      };
    return room.settings().visibility() != Visibility.PUBLIC
        ? Optional.of(Code.UNKNOWN_ROOM)
        : Optional.empty();
  }

  /// A hidden room answers a wrong invitation as if it did not exist.
  private static Code wrongInvitation(RoomState room) {
    return notAMember(room) == Code.UNKNOWN_ROOM ? Code.UNKNOWN_ROOM : Code.UNKNOWN_INVITATION;
  }

  static Optional<String> usable(RoomState room, String tokenHash, Instant now) {
    return room.invitations().entrySet().stream()
        .filter(some -> some.getValue().tokenHash().equals(tokenHash))
        .filter(some -> some.getValue().isUsable(now))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// @param forGood the account ends: it leaves even as the last owner, and another member becomes
  ///   the owner
  public static Decision leave(RoomState room, String user, boolean forGood, Instant now) {
    if (!room.members().containsKey(user)) return new Decided();
    // leaving a conversation only hides it for this account: the room does not change
    if (room.isDirect() && !forGood) return new Decided();
    var left = new RoomEvent.Left(user, now);
    var heir = room.isLastOwner(user) ? room.heir(user) : Optional.<String>empty();
    if (heir.isEmpty()) return withBots(room, user, now, left);
    return forGood
        ? withBots(
            room, user, now, new RoomEvent.RoleChanged(user, now, heir.get(), Role.OWNER), left)
        : new Refused(Code.LAST_OWNER);
  }

  /// The redactions of a deleted account. Refused while it is still a member, because posts of it
  /// may still arrive.
  static Decision redactOwn(
      RoomState room, String author, Map<Long, Post.Fact> facts, Instant now) {
    if (!room.isOpen()) return new Refused(Code.UNKNOWN_ROOM);
    if (room.isMember(author)) return new Refused(Code.UNAVAILABLE);
    return new Decided(
        facts.entrySet().stream()
            .filter(it -> it.getValue().author().equals(author) && !it.getValue().redacted())
            .map(Map.Entry::getKey)
            .sorted()
            .<RoomEvent>map(message -> redacted(author, message, now))
            .toList());
  }

  private static RoomEvent redacted(String author, long message, Instant now) {
    return new RoomEvent.Redacted(author, now, "erased-" + message, message, Optional.empty());
  }

  static Decision act(RoomState room, String by, RoomAction act, Instant now) {
    if (!room.isOpen()) return new Refused(Code.UNKNOWN_ROOM);
    var role = room.role(by);
    if (role.isEmpty()) return new Refused(notAMember(room));
    if (!role.get().isAtLeast(needed(act)) || isArchiving(act))
      return new Refused(Code.NOT_ALLOWED);
    if (room.moderation().forbidsChanges()) return new Refused(Code.ROOM_ARCHIVED);
    return switch (act) {
      case RoomAction.Kick kick ->
          onMember(
              room,
              role.get(),
              kick.user(),
              withBots(
                  room,
                  kick.user(),
                  now,
                  new RoomEvent.Kicked(by, now, kick.user(), kick.reason())));
      case RoomAction.Ban ban -> ban(room, role.get(), by, ban, now);
      case RoomAction.Unban unban ->
          room.bans().contains(unban.user())
              ? new Decided(new RoomEvent.Unbanned(by, now, unban.user()))
              : new Decided();
      case RoomAction.ChangeRole change -> changeRole(room, by, change, now);
      case RoomAction.ChangeSettings change -> changeSettings(room, by, change, now);
      case RoomAction.Invite invite -> invite(room, by, invite, now);
      case RoomAction.Revoke revoke ->
          room.invitations().containsKey(revoke.invitation())
              ? new Decided(new RoomEvent.InvitationRevoked(by, now, revoke.invitation()))
              : new Refused(Code.UNKNOWN_INVITATION);
      case RoomAction.Delete _ -> new Decided(new RoomEvent.Deleted(by, now));
      case RoomAction.Enter _ -> new Refused(Code.NOT_ALLOWED);
    };
  }

  /// Administrators of the server archive rooms, and open them again.
  private static boolean isArchiving(RoomAction act) {
    return act instanceof RoomAction.ChangeSettings change
        && change.moderation().flatMap(Moderation::archived).isPresent();
  }

  private static boolean isArchivingOnly(RoomAction.ChangeSettings change) {
    var archives = change.moderation().flatMap(Moderation::archived);
    return archives
        .map(it -> RoomAction.ChangeSettings.of(Optional.of(Moderation.archiving(it))))
        .filter(change::equals)
        .isPresent();
  }

  /// An act of a server administrator, who need not be a member: appoint a member as owner, archive
  /// the room, or delete it. None of these acts lets anybody read the room; only the server's own
  /// settings can add members.
  public static Decision administer(RoomState room, String by, RoomAction act, Instant now) {
    if (!room.isOpen() || room.isDirect()) return new Refused(Code.UNKNOWN_ROOM);
    return switch (act) {
      case RoomAction.ChangeRole(var user, var role) when role == Role.OWNER ->
          room.role(user)
              .<Decision>map(had ->
                  had == Role.OWNER
                      ? new Decided()
                      : new Decided(new RoomEvent.RoleChanged(by, now, user, Role.OWNER)))
              .orElseGet(() -> new Refused(Code.UNKNOWN_MEMBER));
      case RoomAction.Delete _ -> new Decided(new RoomEvent.Deleted(by, now));
      case RoomAction.ChangeSettings change when isArchivingOnly(change) ->
          changeSettings(room, by, change, now);
      case RoomAction.Enter(var user) -> enter(room, user, now);
      case RoomAction ignored -> new Refused(Code.NOT_ALLOWED);
    };
  }

  /// Bans and the capacity still apply; a passcode, an approval and an invitation are not needed.
  private static Decision enter(RoomState room, String user, Instant now) {
    if (room.isMember(user)) return new Decided();
    if (room.bans().contains(user)) return new Refused(Code.BANNED);
    if (room.moderation().forbidsChanges()) return new Refused(Code.ROOM_ARCHIVED);
    if (room.members().size() >= room.capacity()) return new Refused(Code.ROOM_FULL);
    return new Decided(new RoomEvent.Joined(user, now, Optional.empty(), Optional.empty()));
  }

  /// The users whom an event removes from the room.
  static Set<String> expelled(RoomState before, RoomEvent event) {
    return switch (event) {
      case RoomEvent.Kicked it -> Set.of(it.user());
      case RoomEvent.Banned it -> Set.of(it.user());
      case RoomEvent.Deleted _ -> before.members().keySet();
      case RoomEvent ignored -> Set.of();
    };
  }

  /// The refusal for a user who is not a member: a hidden room answers like an unknown one.
  public static Code notAMember(RoomState room) {
    var isHidden =
        room.settings().visibility() != Visibility.PUBLIC
            && room.settings().passcodeHash().isEmpty();
    return !room.isOpen() || isHidden ? Code.UNKNOWN_ROOM : Code.NOT_A_MEMBER;
  }

  private static Role needed(RoomAction act) {
    return switch (act) {
      case RoomAction.Kick _,
          RoomAction.Ban _,
          RoomAction.Unban _,
          RoomAction.Invite _,
          RoomAction.Revoke _ ->
          Role.MODERATOR;
      case RoomAction.ChangeSettings change ->
          change.isForModerators() ? Role.MODERATOR : Role.OWNER;
      case RoomAction.ChangeRole _, RoomAction.Delete _, RoomAction.Enter _ -> Role.OWNER;
    };
  }

  private static Decision onMember(RoomState room, Role own, String user, Decided decided) {
    var theirs = room.role(user);
    if (theirs.isEmpty()) return new Refused(Code.UNKNOWN_MEMBER);
    return theirs.get().isAtLeast(own) ? new Refused(Code.NOT_ALLOWED) : decided;
  }

  private static Decision ban(
      RoomState room, Role own, String by, RoomAction.Ban ban, Instant now) {
    if (room.bans().contains(ban.user())) return new Decided();
    if (room.bans().size() >= room.bounds().bans()) return new Refused(Code.TOO_MANY_BANS);
    var banned = new RoomEvent.Banned(by, now, ban.user(), ban.reason());
    return room.isMember(ban.user())
        ? onMember(room, own, ban.user(), withBots(room, ban.user(), now, banned))
        : new Decided(banned);
  }

  private static Decision changeRole(
      RoomState room, String by, RoomAction.ChangeRole change, Instant now) {
    var theirs = room.role(change.user());
    if (theirs.isEmpty()) return new Refused(Code.UNKNOWN_MEMBER);
    // a bot has at most the rights of its owner, and owns no room
    if (room.owner(change.user()).isPresent() && change.role() == Role.OWNER)
      return new Refused(Code.NOT_ALLOWED);
    if (theirs.get() == change.role()) return new Decided();
    // an owner may step down, but does not take another owner's role away
    if (theirs.get() == Role.OWNER && !change.user().equals(by))
      return new Refused(Code.NOT_ALLOWED);
    if (room.isLastOwner(change.user())) return new Refused(Code.LAST_OWNER);
    return new Decided(new RoomEvent.RoleChanged(by, now, change.user(), change.role()));
  }

  private static Decision changeSettings(
      RoomState room, String by, RoomAction.ChangeSettings change, Instant now) {
    // a repetition would announce the same change again
    var isAsBefore =
        change.equals(RoomAction.ChangeSettings.of(change.moderation()))
            && change
                .moderation()
                .filter(it -> !room.moderation().after(it).equals(room.moderation()))
                .isEmpty();
    return change.nothing() || isAsBefore
        ? new Decided()
        : new Decided(
            new RoomEvent.SettingsChanged(
                by,
                now,
                change.name(),
                change.topic(),
                change.visibility(),
                change.passcodeHash(),
                change.capacity(),
                change.retention(),
                change.moderation()));
  }

  private static Decision invite(RoomState room, String by, RoomAction.Invite invite, Instant now) {
    // a repeated request, whose answer was lost
    var known = Optional.ofNullable(room.invitations().get(invite.invitation()));
    if (known.filter(it -> it.tokenHash().equals(invite.tokenHash())).isPresent())
      return new Decided();
    var usable = room.invitations().values().stream().filter(some -> some.isUsable(now)).count();
    return usable >= room.bounds().invitations()
        ? new Refused(Code.TOO_MANY_INVITATIONS)
        : new Decided(
            new RoomEvent.Invited(
                by, now, invite.invitation(), invite.tokenHash(), invite.expires(), invite.uses()));
  }
}
