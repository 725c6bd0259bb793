package kith.node.feature.moderation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.core.room.Post;
import kith.node.core.room.Program;
import kith.node.core.room.RoomRules;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.Role;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The mutes of one room, and the rules about them. Immutable. A mute ends when it expires, but may
/// stay in the map for a while.
record Mutes(PMap<String, Mute> byUser) {
  static final Mutes NONE = new Mutes(HashTreePMap.empty());

  static Mutes of(List<Mute> mutes) {
    PMap<String, Mute> all = HashTreePMap.empty();
    for (var mute : mutes) all = all.plus(mute.user(), mute);
    return new Mutes(all);
  }

  /// The mutes without those that have ended, so that the map stays within the bound of the table.
  Mutes with(Mute mute) {
    var all = byUser;
    for (var old : byUser.values()) if (!old.isInForce(mute.created())) all = all.minus(old.user());
    return new Mutes(all.plus(mute.user(), mute));
  }

  Mutes without(String user) {
    return new Mutes(byUser.minus(user));
  }

  /// In order of name.
  List<Mute> inForce(Instant now) {
    return byUser.values().stream()
        .filter(mute -> mute.isInForce(now))
        .sorted(Comparator.comparing(Mute::user))
        .toList();
  }

  /// The reason to refuse a post, if there is one. A muted user cannot post through its programs
  /// and bots, through the answer to a command that it called, or through the reason of a
  /// redaction. It may still redact its own messages.
  Optional<Post.Refused> refusal(RoomState room, Post post, Instant now) {
    if (byUser.isEmpty() || isWithdrawal(post)) return Optional.empty();
    return speakers(room, post)
        .flatMap(user -> Optional.ofNullable(byUser.get(user)).stream())
        .filter(mute -> mute.isInForce(now))
        .max(Comparator.comparing(Mute::until))
        .map(mute -> Post.Refused.until(mute.until(), now, Code.MUTED));
  }

  private static boolean isWithdrawal(Post post) {
    return post instanceof Post.Redact redact && redact.reason().isEmpty();
  }

  private static Stream<String> speakers(RoomState room, Post post) {
    return Stream.of(
            Stream.of(post.sender(), post.answerable()),
            room.owner(post.sender()).stream(),
            caller(post).stream())
        .flatMap(users -> users);
  }

  private static Optional<String> caller(Post post) {
    return post instanceof Post.Say say
        ? say.program().flatMap(Program::call).map(Program.Call::by)
        : Optional.empty();
  }

  /// The reason why `by` may not mute `user`, if there is one. As for a kick, a higher role is
  /// needed.
  static Optional<Code> objection(RoomState room, String by, String user) {
    return objectionToEnd(room, by, user)
        .or(() -> room.isMember(user) ? Optional.empty() : Optional.of(Code.UNKNOWN_MEMBER));
  }

  /// The reason why `by` may not end the mute of `user`, who may have left.
  static Optional<Code> objectionToEnd(RoomState room, String by, String user) {
    return objectionToSee(room, by)
        .or(() ->
            room.role(user).filter(theirs -> theirs.isAtLeast(role(room, by))).isPresent()
                ? Optional.of(Code.NOT_ALLOWED)
                : Optional.<Code>empty())
        .or(() ->
            room.moderation().forbidsChanges()
                ? Optional.of(Code.ROOM_ARCHIVED)
                : Optional.empty());
  }

  /// The reason why `by` may not see the mutes, if there is one.
  static Optional<Code> objectionToSee(RoomState room, String by) {
    if (!room.isMember(by)) return Optional.of(RoomRules.notAMember(room));
    return role(room, by).isAtLeast(Role.MODERATOR)
        ? Optional.empty()
        : Optional.of(Code.NOT_ALLOWED);
  }

  private static Role role(RoomState room, String user) {
    return room.role(user).orElse(Role.MEMBER);
  }
}
