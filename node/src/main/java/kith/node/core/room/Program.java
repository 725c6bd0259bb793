package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import kith.protocol.frame.Entry;

/// The program that speaks in a message.
///
/// @param kind `hook` for a message of an incoming webhook, `bot` for one of a bot
/// @param name that its maker gave it
/// @param owner the member who answers for it; a message of a hook is accepted only while this user
///   is a member
public record Program(
    String kind,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> name,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> owner) {
  public static final String HOOK = "hook";
  public static final String BOT = "bot";

  /// A bot speaks as its own account.
  static Program bot(String owner) {
    return new Program(BOT, Optional.empty(), Optional.of(owner));
  }

  Entry.Program shown() {
    return new Entry.Program(kind, name, owner);
  }

  int bytes() {
    return 60 + 3 * (name.map(String::length).orElse(0) + owner.map(String::length).orElse(0));
  }
}
