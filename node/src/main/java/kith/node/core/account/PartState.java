package kith.node.core.account;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Set;

/// What a part keeps in the account's state: immutable, and derived from the part's events and from
/// what happens to the account. It is stored in snapshots under its logical type name.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface PartState {

  /// The same after the account was deleted.
  default PartState accountDeleted() {
    return this;
  }

  /// The same after the account has left a room.
  default PartState left(String room) {
    return this;
  }

  /// The users who may know what is shown to contacts only.
  default Set<String> contacts() {
    return Set.of();
  }

  /// True of a room that is entered and left in the part's own way. Such rooms have a bound of
  /// their own.
  default boolean has(String room) {
    return false;
  }

  /// True of a room that is not listed.
  default boolean hides(String room, Set<String> blocked) {
    return false;
  }
}
