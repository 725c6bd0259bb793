package kith.node.core.account;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kith.node.core.room.Place;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ServerRole;

/// The events of an account, as its journal keeps them. Events of features are a [PartEvent].
public sealed interface AccountEvent extends CborSerializable {

  record SignedUp(
      String passwordHash, Optional<String> displayName, Optional<String> email, Instant at)
      implements AccountEvent {}

  record DeviceBegan(String device, String name, boolean cookies, Instant at)
      implements AccountEvent {}

  record Refreshed(String device, long generation, Instant at) implements AccountEvent {}

  record DevicesEnded(Set<String> devices) implements AccountEvent {
    public DevicesEnded {
      devices = Set.copyOf(devices);
    }
  }

  record PasswordSet(String passwordHash) implements AccountEvent {}

  record ProfileChanged(
      Optional<String> displayName, Optional<String> picture, Optional<String> email)
      implements AccountEvent {}

  /// The deletion of an account in an early version. Earlier events are still needed.
  record Deleted() implements AccountEvent {}

  /// The account is deleted and earlier events are erased. The name stays taken.
  ///
  /// @param rest the account's state from now on, with the rooms to leave
  record Erased(AccountState rest) implements AccountEvent {}

  /// The deletion that follows also redacts the account's messages, in all rooms it ever joined.
  record MessagesGivenUp() implements AccountEvent {}

  record RoleChanged(ServerRole role) implements AccountEvent {}

  record Disabled() implements AccountEvent {}

  record Enabled() implements AccountEvent {}

  /// The user may set a new password with the code that has this hash. A new password ends that.
  record ResetAllowed(String codeHash, Instant expires) implements AccountEvent {}

  /// The account is a bot's, from its beginning.
  record BotMade(String owner, Instant at) implements AccountEvent {}

  record BotTokenMade(String token, String name, BotAccount.Grant grant, Instant at)
      implements AccountEvent {}

  record BotTokenUsed(String token, Instant at) implements AccountEvent {}

  record BotTokenEnded(String token) implements AccountEvent {}

  record JoinBegan(String room) implements AccountEvent {}

  record LeaveBegan(String room) implements AccountEvent {}

  record Blocked(String user) implements AccountEvent {}

  record Unblocked(String user) implements AccountEvent {}

  record PrivacyChanged(PrivacySettings privacy) implements AccountEvent {}

  /// The room has answered whether this account is its member.
  ///
  /// @param joinedAt the room's position then, if reported: entries up to there count as read
  record MembershipSettled(String room, boolean member, Optional<Place> joinedAt)
      implements AccountEvent {}

  /// Something that happened to a part of the account.
  ///
  /// @param <S> the part's state
  non-sealed interface PartEvent<S extends PartState> extends AccountEvent {
    PartKey<S> part();

    /// The part's state after this event. Must depend on these two only.
    S applyTo(S state);
  }
}
