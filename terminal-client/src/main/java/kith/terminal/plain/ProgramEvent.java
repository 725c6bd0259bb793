package kith.terminal.plain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;

/// An entry of a room, or a call of a command, for a program of the user, as a line of JSON.
///
/// @param event the reason why the program receives it
/// @param room the id of the room
/// @param name of the room
/// @param entry absent for a call
/// @param call absent for an entry
public record ProgramEvent(
    String event,
    String room,
    String name,
    Optional<Entry> entry,
    Optional<ServerFrame.Call> call) {
  /// A message that mentions the user or the whole room, or is in a direct conversation.
  public static final String MENTION = "mention";

  public static final String MESSAGE = "message";

  /// An entry that is not a message.
  public static final String ENTRY = "entry";

  /// A member calls a command of the bot.
  public static final String CALL = "call";

  public ProgramEvent(String event, String room, String name, Entry entry) {
    this(event, room, name, Optional.of(entry), Optional.empty());
  }

  /// @param name of the room
  public static ProgramEvent of(ServerFrame.Call call, String name) {
    return new ProgramEvent(CALL, call.room(), name, Optional.empty(), Optional.of(call));
  }

  /// A key that no other event of the room has.
  public String id() {
    return entry
        .map(it -> String.valueOf(it.seq()))
        .or(() -> call.map(ServerFrame.Call::call))
        .orElse("");
  }

  /// The event as text for people.
  public String label() {
    return entry
        .map(it -> "#" + it.seq())
        .or(() -> call.map(it -> "/" + it.command() + " of " + it.by()))
        .orElse("");
  }

  /// The event as environment variables, so that a shell script needs no JSON.
  ///
  /// @param me the user name of the client
  public Map<String, String> environment(String me) {
    var variables = new HashMap<String, String>();
    variables.put("KITH_EVENT", event);
    variables.put("KITH_ROOM", room);
    variables.put("KITH_ROOM_NAME", name);
    variables.put("KITH_ME", me);
    entry.ifPresent(it -> {
      variables.put("KITH_FROM", it.by());
      variables.put("KITH_SEQ", String.valueOf(it.seq()));
      variables.put("KITH_TEXT", text(it));
    });
    call.ifPresent(it -> {
      variables.put("KITH_FROM", it.by());
      variables.put("KITH_COMMAND", it.command());
      variables.put("KITH_TEXT", it.text());
    });
    // no variable can contain it
    variables.replaceAll((_, value) -> value.replace("\0", ""));
    return variables;
  }

  private static String text(Entry entry) {
    return entry instanceof Entry.Message message ? message.body().orElse("") : "";
  }

  /// The event as one line, because JSON escapes line breaks.
  public String json() {
    return Sanitizer.json(Json.restText(this));
  }
}
