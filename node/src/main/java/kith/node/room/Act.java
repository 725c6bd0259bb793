package kith.node.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Retention;

/// What those with a role in a room can do to it and to its members.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Act.Kick.class, name = "kick"),
  @JsonSubTypes.Type(value = Act.Ban.class, name = "ban"),
  @JsonSubTypes.Type(value = Act.Unban.class, name = "unban"),
  @JsonSubTypes.Type(value = Act.ChangeRole.class, name = "role"),
  @JsonSubTypes.Type(value = Act.ChangeSettings.class, name = "settings"),
  @JsonSubTypes.Type(value = Act.Invite.class, name = "invite"),
  @JsonSubTypes.Type(value = Act.Revoke.class, name = "revoke"),
  @JsonSubTypes.Type(value = Act.Delete.class, name = "delete"),
})
public sealed interface Act extends CborSerializable {
  record Kick(String user, Optional<String> reason) implements Act {}

  record Ban(String user, Optional<String> reason) implements Act {}

  record Unban(String user) implements Act {}

  record ChangeRole(String user, Role role) implements Act {}

  /// As `RoomEvent.SettingsChanged`; the passcode is hashed already.
  record ChangeSettings(
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention)
      implements Act {

    boolean topicOnly() {
      return name.isEmpty()
          && visibility.isEmpty()
          && passcodeHash.isEmpty()
          && capacity.isEmpty()
          && retention.isEmpty();
    }

    boolean nothing() {
      return topicOnly() && topic.isEmpty();
    }
  }

  record Invite(String invitation, String tokenHash, Instant expires, OptionalInt uses)
      implements Act {}

  record Revoke(String invitation) implements Act {}

  record Delete() implements Act {}
}
