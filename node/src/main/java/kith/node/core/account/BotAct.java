package kith.node.core.account;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import kith.node.platform.serialization.CborSerializable;

/// An owner's act on a bot.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BotAct.Make.class, name = "make"),
  @JsonSubTypes.Type(value = BotAct.AddToken.class, name = "add-token"),
  @JsonSubTypes.Type(value = BotAct.EndToken.class, name = "end-token"),
  @JsonSubTypes.Type(value = BotAct.Look.class, name = "look"),
  @JsonSubTypes.Type(value = BotAct.Erase.class, name = "erase"),
})
public sealed interface BotAct extends CborSerializable {
  /// Makes the account, unless its name is taken.
  record Make() implements BotAct {}

  record AddToken(String id, String name, BotAccount.Grant grant) implements BotAct {}

  record EndToken(String id) implements BotAct {}

  record Look() implements BotAct {}

  record Erase() implements BotAct {}
}
