package kith.node.feature.approval;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kith.node.core.room.Applicant;
import kith.node.core.room.RoomRules;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.JoinState;
import kith.protocol.Role;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The requests to join one room, and the rules about them. Immutable. A request ends when its time
/// is over, but may stay in the map for a while.
record RequestList(PMap<String, JoinRequest> byUser) {
  static final RequestList NONE = new RequestList(HashTreePMap.empty());

  static RequestList of(List<JoinRequest> requests) {
    PMap<String, JoinRequest> all = HashTreePMap.empty();
    for (var request : requests) all = all.plus(request.user(), request);
    return new RequestList(all);
  }

  /// Also removes requests that have ended, so that the map is no larger than the table may be.
  RequestList with(JoinRequest request, Instant now) {
    var all = byUser;
    for (var old : byUser.values()) if (!old.isInForce(now)) all = all.minus(old.user());
    return new RequestList(all.plus(request.user(), request));
  }

  RequestList without(String user) {
    return new RequestList(byUser.minus(user));
  }

  Optional<JoinRequest> of(String user, Instant now) {
    return Optional.ofNullable(byUser.get(user)).filter(request -> request.isInForce(now));
  }

  /// The requests that wait for a moderator, the oldest first.
  List<JoinRequest> waiting(Instant now) {
    return in(JoinState.WAITING, now);
  }

  List<JoinRequest> accepted(Instant now) {
    return in(JoinState.ACCEPTED, now);
  }

  private List<JoinRequest> in(JoinState state, Instant now) {
    return byUser.values().stream()
        .filter(request -> request.state() == state && request.isInForce(now))
        .sorted(Comparator.comparing(JoinRequest::created).thenComparing(JoinRequest::user))
        .toList();
  }

  boolean admits(String user, Instant now) {
    return of(user, now).filter(it -> it.state() == JoinState.ACCEPTED).isPresent();
  }

  /// The users whose requests ended because of a change in the room: they are members or banned, or
  /// the room no longer requires approval.
  Set<String> ended(RoomState room) {
    return byUser.keySet().stream()
        .filter(user ->
            !room.isOpen()
                || !RoomRules.asksForApproval(room)
                || room.isMember(user)
                || room.bans().contains(user))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The reason why the user may not ask, if there is one.
  Optional<Code> objectionToAsk(RoomState room, String user, Instant now) {
    if (room.isMember(user)) return Optional.of(Code.APPROVAL_NOT_REQUIRED);
    return switch (RoomRules.join(room, Applicant.of(user), now)) {
      case RoomRules.Decided _ -> Optional.of(Code.APPROVAL_NOT_REQUIRED);
      case RoomRules.Refused(var code) when code != Code.APPROVAL_REQUIRED -> Optional.of(code);
      case RoomRules.Refused _ -> of(user, now).flatMap(RequestList::objectionAgain);
    };
  }

  private static Optional<Code> objectionAgain(JoinRequest before) {
    return switch (before.state()) {
      case WAITING -> Optional.empty();
      case ACCEPTED -> Optional.of(Code.APPROVAL_NOT_REQUIRED);
      case DECLINED -> Optional.of(Code.JOIN_DECLINED);
    };
  }

  /// The reason why `by` may not see and decide the requests, if there is one.
  static Optional<Code> objectionToSee(RoomState room, String by) {
    return room.role(by)
        .map(role ->
            role.isAtLeast(Role.MODERATOR) ? Optional.<Code>empty() : Optional.of(Code.NOT_ALLOWED))
        .orElseGet(() -> Optional.of(RoomRules.notAMember(room)));
  }

  /// The reason why `by` may not decide the request of `user`, if there is one.
  Optional<Code> objectionToDecide(
      RoomState room, String by, String user, boolean accept, Instant now) {
    return objectionToSee(room, by)
        .or(() ->
            of(user, now).filter(it -> it.state() == JoinState.WAITING).isPresent()
                ? Optional.empty()
                : Optional.of(Code.UNKNOWN_JOIN_REQUEST))
        .or(() -> accept ? objectionToEnter(room, user, now) : Optional.empty());
  }

  private static Optional<Code> objectionToEnter(RoomState room, String user, Instant now) {
    var join = RoomRules.join(room, Applicant.of(user).accepted(), now);
    return join instanceof RoomRules.Refused(var code) ? Optional.of(code) : Optional.empty();
  }
}
