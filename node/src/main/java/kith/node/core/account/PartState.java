package kith.node.core.account;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import java.util.Set;
import kith.protocol.ServerRole;

/// A part's share of the account's state: immutable, and derived from the part's events and from
/// those of the account. It is stored in snapshots under its logical type name.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface PartState {

  /// This state after the account was deleted.
  default PartState accountDeleted() {
    return this;
  }

  /// This state after the account has left a room.
  default PartState left(String room) {
    return this;
  }

  /// A server role that the part gives the account, apart from what administrators decide.
  default Optional<ServerRole> serverRole() {
    return Optional.empty();
  }

  /// The users who may see information that is shown to contacts only.
  default Set<String> contacts() {
    return Set.of();
  }

  /// True for a room that the part itself joins and leaves. Such rooms have a separate bound.
  default boolean has(String room) {
    return false;
  }

  /// True for a room that is not listed.
  default boolean hides(String room, Set<String> blocked) {
    return false;
  }
}
