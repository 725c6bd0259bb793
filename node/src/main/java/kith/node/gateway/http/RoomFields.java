package kith.node.gateway.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import kith.node.core.room.RoomNames;
import kith.node.platform.config.Intervals;
import kith.protocol.Ids;
import kith.protocol.Lengths;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Ban;
import kith.protocol.rest.RoomRequests.ChangeRoom;
import kith.protocol.rest.RoomRequests.CreateRoom;
import kith.protocol.rest.RoomRequests.Invite;
import kith.protocol.rest.RoomRequests.JoinRoom;
import kith.protocol.rest.RoomRequests.Kick;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;
import kith.protocol.rest.RoomRequests.UseInvitation;

/// Checks of the fields of requests about rooms.
final class RoomFields {
  private RoomFields() {}

  private static final int LONGEST_TOKEN = 256;

  static Optional<String> firstWrong(CreateRoom room) {
    if (isWrong(room.id(), Ids::isId)) return Optional.of("id");
    if (!RoomNames.isGood(room.name())) return Optional.of("name");
    if (isWrong(room.topic(), RoomFields::isTopic)) return Optional.of("topic");
    if (isWrong(room.passcode(), RoomFields::isPasscode)) return Optional.of("passcode");
    if (isDirect(room.visibility())) return Optional.of("visibility");
    if (room.capacity().orElse(1) < 1) return Optional.of("capacity");
    return firstWrong(room.retention());
  }

  static Optional<String> firstWrong(ChangeRoom change) {
    if (isWrong(change.name(), RoomNames::isGood)) return Optional.of("name");
    if (isWrong(change.topic(), RoomFields::isTopic)) return Optional.of("topic");
    // an empty passcode removes it
    if (isWrong(change.passcode().filter(code -> !code.isEmpty()), RoomFields::isPasscode))
      return Optional.of("passcode");
    if (isDirect(change.visibility())) return Optional.of("visibility");
    if (change.capacity().orElse(0) < 0) return Optional.of("capacity");
    if (isWrong(change.moderation(), RoomFields::isModeration)) return Optional.of("moderation");
    return firstWrong(change.retention());
  }

  /// A room cannot be made a direct conversation.
  private static boolean isDirect(Optional<Visibility> visibility) {
    return visibility.equals(Optional.of(Visibility.DIRECT));
  }

  static Optional<String> firstWrong(JoinRoom join) {
    if (isWrong(join.passcode(), RoomFields::isPasscode)) return Optional.of("passcode");
    return isWrong(join.invitation(), RoomFields::isToken)
        ? Optional.of("invitation")
        : Optional.empty();
  }

  static Optional<String> firstWrong(UseInvitation asked) {
    return isToken(asked.token()) ? Optional.empty() : Optional.of("token");
  }

  private static boolean isToken(String text) {
    return text.length() <= LONGEST_TOKEN;
  }

  static Optional<String> firstWrong(Kick kick) {
    return isWrong(kick.reason(), RoomNames::isReason) ? Optional.of("reason") : Optional.empty();
  }

  static Optional<String> firstWrong(Ban ban) {
    return isWrong(ban.reason(), RoomNames::isReason) ? Optional.of("reason") : Optional.empty();
  }

  /// @param longest the longest validity of an invitation
  static Optional<String> firstWrong(Invite invite, Duration longest) {
    if (isWrong(invite.id(), Ids::isId)) return Optional.of("id");
    var shortest = Intervals.SHORTEST_INVITATION.toMillis();
    var valid = invite.validMillis().orElse(shortest);
    if (valid < shortest || valid > longest.toMillis()) return Optional.of("validMillis");
    return isPositive(invite.uses()) ? Optional.empty() : Optional.of("uses");
  }

  private static Optional<String> firstWrong(Optional<Retention> retention) {
    return retention
        .filter(keep ->
            !isPositive(keep.entries()) || !isPositive(keep.days()) || !isPositive(keep.bytes()))
        .map(_ -> "retention");
  }

  private static boolean isModeration(Moderation asked) {
    return asked.slowMode() >= 0 && asked.slowMode() <= Intervals.LONGEST_SLOW_MODE.toSeconds();
  }

  private static boolean isTopic(String text) {
    return Lengths.isWithin(text, Lengths.VERSION_1.topic())
        && isText(text)
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static boolean isPasscode(String text) {
    return !text.isEmpty()
        && text.length() <= Lengths.VERSION_1.passcodeBytes()
        && isText(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= Lengths.VERSION_1.passcodeBytes();
  }

  /// False for an unpaired surrogate, which cannot be stored.
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static <T> boolean isWrong(Optional<T> field, Predicate<T> rule) {
    return field.filter(rule.negate()).isPresent();
  }

  private static boolean isPositive(OptionalInt number) {
    return number.orElse(1) >= 1;
  }

  private static boolean isPositive(OptionalLong number) {
    return number.orElse(1) >= 1;
  }
}
