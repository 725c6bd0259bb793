package kith.node.core.account;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import kith.node.auth.ServerAct;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.ServerRole;

/// An administrator's act on an account.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AccountAct.ChangeRole.class, name = "role"),
  @JsonSubTypes.Type(value = AccountAct.Disable.class, name = "disable"),
  @JsonSubTypes.Type(value = AccountAct.Enable.class, name = "enable"),
  @JsonSubTypes.Type(value = AccountAct.EndDevices.class, name = "end-devices"),
  @JsonSubTypes.Type(value = AccountAct.AllowReset.class, name = "allow-reset"),
  @JsonSubTypes.Type(value = AccountAct.Erase.class, name = "erase"),
})
public sealed interface AccountAct extends CborSerializable {
  record ChangeRole(ServerRole role) implements AccountAct {}

  record Disable() implements AccountAct {}

  record Enable() implements AccountAct {}

  record EndDevices() implements AccountAct {}

  /// The user of the account may set a new password with the code that has this hash.
  record AllowReset(String codeHash, Instant expires) implements AccountAct {}

  /// Deletes the account.
  ///
  /// @param messages whether its messages are redacted, too
  record Erase(Optional<Boolean> messages) implements AccountAct {}

  /// The act that the server role must permit.
  default ServerAct needed() {
    return switch (this) {
      case ChangeRole _ -> ServerAct.CHANGE_ROLES;
      case Disable _, Enable _ -> ServerAct.DISABLE_ACCOUNTS;
      case EndDevices _ -> ServerAct.END_DEVICES;
      case AllowReset _ -> ServerAct.RESET_PASSWORDS;
      case Erase _ -> ServerAct.DELETE_ACCOUNTS;
    };
  }

  /// The role that the account has afterwards.
  default Optional<ServerRole> given() {
    return this instanceof ChangeRole(var role) ? Optional.of(role) : Optional.empty();
  }
}
