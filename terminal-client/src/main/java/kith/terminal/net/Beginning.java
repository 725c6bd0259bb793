package kith.terminal.net;

import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.rest.People;
import kith.protocol.rest.RoomAnswers;

/// The outcome of writing to a user: a conversation, or a request for one.
public sealed interface Beginning {

  record Begun(RoomAnswers.Room room) implements Beginning {}

  /// A request waits for the user's answer.
  record Asked(People.Request request) implements Beginning {}

  /// A request is needed, and there is no text for it.
  record TextNeeded() implements Beginning {}

  /// Begins or finds the conversation with a user, or requests one with `text`.
  static Beginning of(Rest rest, String user, Optional<String> text) {
    try {
      return new Begun(rest.conversation(user));
    } catch (Refused refused) {
      if (!refused.is(Code.REQUEST_REQUIRED)) throw refused;
    }
    if (text.isEmpty()) return new TextNeeded();
    return rest.requestConversation(user, text.get())
        .<Beginning>map(Asked::new)
        .orElseGet(() -> new Begun(rest.conversation(user)));
  }
}
