package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/// The data that a room keeps in memory: its members, bans, invitations and settings, and its
/// recent post ids. History is read from the log.
///
/// Immutable, and the only place that applies events. [PostRules] and [RoomRules] decide which
/// events are allowed.
///
/// @param lastWords when each member wrote its last message; empty unless the room is in slow mode
public record RoomState(
    Phase phase,
    long lastSeq,
    Settings settings,
    Instant created,
    PMap<String, Member> members,
    PSet<String> bans,
    PMap<String, Invitation> invitations,
    RecentPosts recent,
    Tally tally,
    PMap<String, Instant> lastWords,
    Bounds bounds) {

  /// A deleted room stays known, so that its id is never used for another room.
  public enum Phase {
    ABSENT,
    OPEN,
    DELETED
  }

  public record Settings(
      String name,
      String topic,
      Visibility visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Moderation> moderation) {
    Settings(
        String name,
        String topic,
        Visibility visibility,
        Optional<String> passcodeHash,
        OptionalInt capacity,
        Optional<Retention> retention) {
      this(name, topic, visibility, passcodeHash, capacity, retention, Optional.empty());
    }
  }

  /// @param owner of a bot; the bot has only the rights that it and its owner both have here
  public record Member(
      Role role,
      Instant since,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> owner) {
    public Member(Role role, Instant since) {
      this(role, since, Optional.empty());
    }
  }

  public record Invitation(
      String tokenHash, String by, Instant expires, OptionalInt uses, int used) {
    boolean isUsable(Instant now) {
      return now.isBefore(expires) && (uses.isEmpty() || used < uses.getAsInt());
    }
  }

  /// The limits on the size of a room.
  public record Bounds(int members, int bans, int invitations, RecentPosts.Window posts) {}

  static RoomState absent(Bounds bounds) {
    return new RoomState(
        Phase.ABSENT,
        0,
        new Settings(
            "", "", Visibility.PRIVATE, Optional.empty(), OptionalInt.empty(), Optional.empty()),
        Instant.EPOCH,
        HashTreePMap.empty(),
        HashTreePSet.empty(),
        HashTreePMap.empty(),
        RecentPosts.NONE,
        Tally.NONE,
        HashTreePMap.empty(),
        bounds);
  }

  /// True if this is a conversation.
  public boolean isDirect() {
    return settings.visibility() == Visibility.DIRECT;
  }

  /// The other member of a conversation, while there is one.
  Optional<String> counterpart(String user) {
    return isDirect()
        ? members.keySet().stream().filter(member -> !member.equals(user)).findFirst()
        : Optional.empty();
  }

  public boolean isOpen() {
    return phase == Phase.OPEN;
  }

  public Moderation moderation() {
    return settings.moderation().orElse(Moderation.NONE);
  }

  public boolean isModerator(String user) {
    return role(user).filter(role -> role.isAtLeast(Role.MODERATOR)).isPresent();
  }

  public Optional<Role> role(String user) {
    var member = members.get(user);
    if (member == null) return Optional.empty();
    if (member.owner().filter(owner -> !BotOwner.isServer(owner)).isEmpty())
      return Optional.of(member.role());
    return Optional.ofNullable(members.get(member.owner().get()))
        .map(owner -> owner.role().isAtLeast(member.role()) ? member.role() : owner.role());
  }

  public boolean isMember(String user) {
    return role(user).isPresent();
  }

  /// The owner of this member, if it is a bot.
  public Optional<String> owner(String user) {
    return Optional.ofNullable(members.get(user)).flatMap(Member::owner);
  }

  /// The bots that this user owns.
  List<String> botsOf(String user) {
    return members.entrySet().stream()
        .filter(member -> member.getValue().owner().equals(Optional.of(user)))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  int capacity() {
    return Math.min(bounds.members(), settings.capacity().orElse(bounds.members()));
  }

  boolean isLastOwner(String user) {
    return role(user).equals(Optional.of(Role.OWNER))
        && members.values().stream().filter(member -> member.role() == Role.OWNER).count() == 1;
  }

  /// The new owner when the last owner leaves for good: the highest role, then the longest
  /// membership.
  Optional<String> heir(String leaving) {
    return members.entrySet().stream()
        .filter(member -> !member.getKey().equals(leaving))
        .filter(member -> member.getValue().owner().isEmpty())
        .min(
            Comparator.<Map.Entry<String, Member>, Role>comparing(
                    member -> member.getValue().role(), Comparator.reverseOrder())
                .thenComparing(member -> member.getValue().since())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey);
  }

  RoomState with(RoomEvent event) {
    var next = withSeq(lastSeq + 1);
    return switch (event) {
      case RoomEvent.Created it -> next.opened(it);
      case RoomEvent.Posted it ->
          next.remembering(it).withTally(tally.with(lastSeq + 1, it)).spoken(it.by(), it.at());
      case RoomEvent.Edited it ->
          next.remembering(it).withTally(tally.edited(it.target(), it.body()));
      case RoomEvent.Redacted it -> next.redacted(it);
      case RoomEvent.PartEvent it -> next.remembering(it);
      case RoomEvent.Joined it -> next.joined(it);
      case RoomEvent.Left it -> next.withMembers(members.minus(it.by()));
      case RoomEvent.Kicked it -> next.withMembers(members.minus(it.user()));
      case RoomEvent.Banned it ->
          next.withMembers(members.minus(it.user())).withBans(bans.plus(it.user()));
      case RoomEvent.Unbanned it -> next.withBans(bans.minus(it.user()));
      case RoomEvent.RoleChanged it -> next.withRole(it.user(), it.role());
      case RoomEvent.SettingsChanged it -> next.changed(it);
      case RoomEvent.Invited it -> next.invited(it);
      case RoomEvent.InvitationRevoked it ->
          next.withInvitations(invitations.minus(it.invitation()));
      case RoomEvent.Deleted _ -> next.deleted();
      case RoomEvent.Truncated it ->
          next.withTally(tally.truncated(it.first(), new Counts(it.messages())));
    };
  }

  /// A deleted account repeats nothing, and its redactions must not displace the ids of members.
  private RoomState redacted(RoomEvent.Redacted it) {
    var remembered = isMember(it.by()) ? remembering(it) : this;
    return remembered.withTally(tally.redacted(it.target()));
  }

  private RoomState opened(RoomEvent.Created it) {
    return new RoomState(
        Phase.OPEN,
        lastSeq,
        new Settings(
            it.name(),
            it.topic(),
            it.visibility(),
            it.passcodeHash(),
            it.capacity(),
            it.retention()),
        it.at(),
        first(it),
        bans,
        invitations,
        recent,
        tally,
        lastWords,
        bounds);
  }

  private PMap<String, Member> first(RoomEvent.Created it) {
    if (it.members().isEmpty()) return members.plus(it.by(), new Member(Role.OWNER, it.at()));
    var both = members;
    for (var user : it.members().get()) both = both.plus(user, new Member(Role.MEMBER, it.at()));
    return both;
  }

  private RoomState deleted() {
    return new RoomState(
        Phase.DELETED,
        lastSeq,
        absent(bounds).settings,
        created,
        HashTreePMap.empty(),
        HashTreePSet.empty(),
        HashTreePMap.empty(),
        RecentPosts.NONE,
        Tally.NONE,
        HashTreePMap.empty(),
        bounds);
  }

  private RoomState joined(RoomEvent.Joined it) {
    // the first member of an empty room owns it: otherwise it could never have an owner
    var role = members.isEmpty() ? Role.OWNER : Role.MEMBER;
    var joined = withMembers(members.plus(it.by(), new Member(role, it.at(), it.owner())));
    return it.invitation()
        .flatMap(id -> Optional.ofNullable(invitations.get(id)).map(used -> joined.using(id, used)))
        .orElse(joined);
  }

  private RoomState using(String id, Invitation invitation) {
    return withInvitations(
        invitations.plus(
            id,
            new Invitation(
                invitation.tokenHash(),
                invitation.by(),
                invitation.expires(),
                invitation.uses(),
                invitation.used() + 1)));
  }

  private RoomState invited(RoomEvent.Invited it) {
    // a new invitation removes the unusable ones, which keeps the map within its bound
    var usable = invitations;
    for (var old : invitations.entrySet())
      if (!old.getValue().isUsable(it.at())) usable = usable.minus(old.getKey());
    return withInvitations(
        usable.plus(
            it.invitation(), new Invitation(it.tokenHash(), it.by(), it.expires(), it.uses(), 0)));
  }

  private RoomState changed(RoomEvent.SettingsChanged it) {
    return withSettings(
            new Settings(
                it.name().orElse(settings.name()),
                it.topic().orElse(settings.topic()),
                it.visibility().orElse(settings.visibility()),
                it.passcodeHash()
                    .map(hash -> Optional.of(hash).filter(some -> !some.isEmpty()))
                    .orElse(settings.passcodeHash()),
                it.capacity().isEmpty()
                    ? settings.capacity()
                    : it.capacity().getAsInt() == 0 ? OptionalInt.empty() : it.capacity(),
                it.retention().or(settings::retention),
                it.moderation()
                    .map(moderation()::after)
                    .or(settings::moderation)
                    .filter(set -> !set.equals(Moderation.NONE))))
        .forgettingWords();
  }

  /// Remembers the time of the message for slow mode, and drops times that no longer matter.
  private RoomState spoken(String user, Instant at) {
    var interval = moderation().slowMode();
    if (interval == 0) return this;
    var words = lastWords;
    // only at powers of two: this costs little per message, and the map at most doubles
    if (words.size() >= 64 && Integer.bitCount(words.size()) == 1)
      for (var word : lastWords.entrySet())
        if (!word.getValue().plusSeconds(interval).isAfter(at)) words = words.minus(word.getKey());
    return withLastWords(words.plus(user, at));
  }

  private RoomState forgettingWords() {
    return moderation().slowMode() == 0 ? withLastWords(HashTreePMap.empty()) : this;
  }

  private RoomState remembering(RoomEvent post) {
    return RecentPosts.Known.of(lastSeq, post)
        .map(known -> withRecent(recent.with(known, bounds.posts())))
        .orElse(this);
  }

  private RoomState withRole(String user, Role role) {
    var member = members.get(user);
    return member == null
        ? this
        : withMembers(members.plus(user, new Member(role, member.since(), member.owner())));
  }

  private RoomState withSeq(long seq) {
    return new RoomState(
        phase,
        seq,
        settings,
        created,
        members,
        bans,
        invitations,
        recent,
        tally,
        lastWords,
        bounds);
  }

  private RoomState withSettings(Settings changed) {
    return new RoomState(
        phase,
        lastSeq,
        changed,
        created,
        members,
        bans,
        invitations,
        recent,
        tally,
        lastWords,
        bounds);
  }

  private RoomState withMembers(PMap<String, Member> changed) {
    return new RoomState(
        phase,
        lastSeq,
        settings,
        created,
        changed,
        bans,
        invitations,
        recent,
        tally,
        lastWords,
        bounds);
  }

  private RoomState withBans(PSet<String> changed) {
    return new RoomState(
        phase,
        lastSeq,
        settings,
        created,
        members,
        changed,
        invitations,
        recent,
        tally,
        lastWords,
        bounds);
  }

  private RoomState withInvitations(PMap<String, Invitation> changed) {
    return new RoomState(
        phase, lastSeq, settings, created, members, bans, changed, recent, tally, lastWords,
        bounds);
  }

  private RoomState withRecent(RecentPosts changed) {
    return new RoomState(
        phase,
        lastSeq,
        settings,
        created,
        members,
        bans,
        invitations,
        changed,
        tally,
        lastWords,
        bounds);
  }

  private RoomState withTally(Tally changed) {
    return new RoomState(
        phase,
        lastSeq,
        settings,
        created,
        members,
        bans,
        invitations,
        recent,
        changed,
        lastWords,
        bounds);
  }

  private RoomState withLastWords(PMap<String, Instant> changed) {
    return new RoomState(
        phase,
        lastSeq,
        settings,
        created,
        members,
        bans,
        invitations,
        recent,
        tally,
        changed,
        bounds);
  }
}
