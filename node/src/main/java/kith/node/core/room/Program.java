package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import kith.protocol.frame.Entry;

/// The program that speaks in a message.
///
/// @param kind `hook` for a message of an incoming webhook, `bot` for one of a bot
/// @param name that its creator gave it
/// @param owner the member who answers for it; a message of a hook is accepted only while this user
///   is a member
/// @param call the call that a message of a bot answers
public record Program(
    String kind,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> name,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> owner,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Call> call) {
  public static final String HOOK = "hook";
  public static final String BOT = "bot";

  /// @param by the caller
  public record Call(String id, String command, String by) {
    private int length() {
      return id.length() + command.length() + by.length();
    }
  }

  public Program(String kind, Optional<String> name, Optional<String> owner) {
    this(kind, name, owner, Optional.empty());
  }

  /// A bot speaks as its own account, so the room knows its owner.
  public static Program answering(Call call) {
    return new Program(BOT, Optional.empty(), Optional.empty(), Optional.of(call));
  }

  /// @param said the post's own statement about its program
  static Program bot(String owner, Optional<Program> said) {
    return new Program(BOT, Optional.empty(), Optional.of(owner), said.flatMap(Program::call));
  }

  Entry.Program shown() {
    return new Entry.Program(
        kind, name, owner, call.map(it -> new Entry.CommandCall(it.id(), it.command(), it.by())));
  }

  int bytes() {
    int length =
        name.map(String::length).orElse(0)
            + owner.map(String::length).orElse(0)
            + call.map(Call::length).orElse(0);
    return 60 + 3 * length;
  }
}
