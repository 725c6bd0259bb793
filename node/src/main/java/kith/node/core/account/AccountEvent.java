package kith.node.core.account;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kith.node.feature.contacts.ContactIntent;
import kith.node.core.room.Place;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacySettings;
import kith.protocol.Status;

/// What happened to an account, as its journal keeps it.
sealed interface AccountEvent extends CborSerializable {

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

  /// `ONLINE`: nothing particular.
  record StatusChosen(Status status) implements AccountEvent {}

  /// The name stays taken; all rooms are still to be left.
  record Deleted() implements AccountEvent {}

  record JoinBegan(String room) implements AccountEvent {}

  record LeaveBegan(String room) implements AccountEvent {}

  /// A conversation is this account's, too.
  record ConversationBegan(String room, String with) implements AccountEvent {}

  /// It is out of sight until something comes after `upTo`; 0 brings it back.
  record ConversationHidden(String room, long upTo) implements AccountEvent {}

  record Blocked(String user) implements AccountEvent {}

  record Unblocked(String user) implements AccountEvent {}

  record StanceTaken(String user, ContactIntent stance, Instant at) implements AccountEvent {}

  record StanceHeard(String user, ContactIntent stance, Instant at) implements AccountEvent {}

  /// The other one has heard the stance of this version.
  record StanceTold(String user, long version) implements AccountEvent {}

  record ContactNoted(String user, Optional<String> note) implements AccountEvent {}

  record PrivacyChanged(PrivacySettings privacy) implements AccountEvent {}

  /// The room said whether this account is its member.
  ///
  /// @param joinedAt where the room was then, if it said so: up to there there is nothing to read
  record MembershipSettled(String room, boolean member, Optional<Place> joinedAt)
      implements AccountEvent {}
}
