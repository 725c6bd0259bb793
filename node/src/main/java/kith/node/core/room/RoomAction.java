package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;

/// Actions on a room and its members that need a role.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RoomAction.Kick.class, name = "kick"),
  @JsonSubTypes.Type(value = RoomAction.Ban.class, name = "ban"),
  @JsonSubTypes.Type(value = RoomAction.Unban.class, name = "unban"),
  @JsonSubTypes.Type(value = RoomAction.ChangeRole.class, name = "role"),
  @JsonSubTypes.Type(value = RoomAction.ChangeSettings.class, name = "settings"),
  @JsonSubTypes.Type(value = RoomAction.Invite.class, name = "invite"),
  @JsonSubTypes.Type(value = RoomAction.Revoke.class, name = "revoke"),
  @JsonSubTypes.Type(value = RoomAction.Delete.class, name = "delete"),
  @JsonSubTypes.Type(value = RoomAction.Enter.class, name = "enter"),
})
public sealed interface RoomAction extends CborSerializable {
  record Kick(String user, Optional<String> reason) implements RoomAction {}

  record Ban(String user, Optional<String> reason) implements RoomAction {}

  record Unban(String user) implements RoomAction {}

  record ChangeRole(String user, Role role) implements RoomAction {}

  /// As `RoomEvent.SettingsChanged`; the passcode is already hashed.
  record ChangeSettings(
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Moderation> moderation)
      implements RoomAction {
    public ChangeSettings(
        Optional<String> name,
        Optional<String> topic,
        Optional<Visibility> visibility,
        Optional<String> passcodeHash,
        OptionalInt capacity,
        Optional<Retention> retention) {
      this(name, topic, visibility, passcodeHash, capacity, retention, Optional.empty());
    }

    /// True if a moderator may do it. Only owners decide who may join.
    boolean isForModerators() {
      return name.isEmpty()
          && visibility.isEmpty()
          && passcodeHash.isEmpty()
          && capacity.isEmpty()
          && retention.isEmpty()
          && moderation.flatMap(Moderation::approval).isEmpty();
    }

    boolean nothing() {
      return equals(of(Optional.empty()));
    }

    /// A change of nothing else.
    public static ChangeSettings of(Optional<Moderation> moderation) {
      return new ChangeSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          moderation);
    }
  }

  record Invite(String invitation, String tokenHash, Instant expires, OptionalInt uses)
      implements RoomAction {}

  record Revoke(String invitation) implements RoomAction {}

  record Delete() implements RoomAction {}

  /// The server makes a user a member, even of a room that others cannot join. Only the server uses
  /// this.
  record Enter(String user) implements RoomAction {}
}
