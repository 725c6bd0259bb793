package kith.terminal.plain;

import java.util.HashMap;
import java.util.Map;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;

/// An entry of a room for a program of the user, as a line of JSON.
///
/// @param event why the program hears of it
/// @param room the id of the room
/// @param name of the room
public record ProgramEvent(String event, String room, String name, Entry entry) {
  /// A message that mentions the user or the whole room, or is in a direct conversation.
  public static final String MENTION = "mention";

  public static final String MESSAGE = "message";

  /// An entry that is no message.
  public static final String ENTRY = "entry";

  /// The same for a shell script, which needs no JSON then.
  ///
  /// @param me the user name of the client
  public Map<String, String> environment(String me) {
    var variables = new HashMap<String, String>();
    variables.put("KITH_EVENT", event);
    variables.put("KITH_ROOM", room);
    variables.put("KITH_ROOM_NAME", name);
    variables.put("KITH_ME", me);
    variables.put("KITH_FROM", entry.by());
    variables.put("KITH_SEQ", String.valueOf(entry.seq()));
    variables.put("KITH_TEXT", text());
    // no variable can contain it
    variables.replaceAll((_, value) -> value.replace("\0", ""));
    return variables;
  }

  private String text() {
    return entry instanceof Entry.Message message ? message.body().orElse("") : "";
  }

  /// One line; JSON escapes what would end it.
  public String json() {
    return Sanitizer.json(Json.restText(this));
  }
}
