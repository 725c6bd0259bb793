package kith.terminal.command;

import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// The action that a program requests in a line of JSON: a message, a reaction to one, or the
/// answer to a call.
///
/// @param say the text of a message
/// @param replyTo the number of the message that it answers
/// @param react an emoji
/// @param target the number of the message that it reacts to; default: that of the event
/// @param answer the text of the answer to a call
/// @param only true if only the caller sees the answer
/// @param call the id of the call that it answers; default: that of the event
/// @param room default: the room of the event, or the only room
/// @param id of the post, which a retry repeats; default: a new one, or one made from the event
record BotAction(
    Optional<String> say,
    OptionalLong replyTo,
    Optional<String> react,
    OptionalLong target,
    Optional<String> answer,
    Optional<Boolean> only,
    Optional<String> call,
    Optional<String> room,
    Optional<String> id) {

  /// The text as a message.
  static BotAction message(String text) {
    return new BotAction(
        Optional.of(text),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The text as the answer to the call of the event.
  static BotAction answer(String text, boolean only) {
    return new BotAction(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(text),
        Optional.of(only),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static BotAction of(String line) throws Malformed {
    return Json.rest(line, BotAction.class);
  }

  /// The post for the node; empty if the line requests nothing that can be posted.
  ///
  /// @param event the message that a reaction without a target is for
  Optional<ClientFrame.Post> post(String toRoom, String newId, OptionalLong event) {
    var chosen = id.orElse(newId);
    if (say.isPresent())
      return Optional.of(new ClientFrame.Send(chosen, toRoom, say.get(), replyTo));
    var about = target.isPresent() ? target : event;
    return react.isPresent() && about.isPresent()
        ? Optional.of(
            new ClientFrame.React(chosen, toRoom, about.getAsLong(), react.get(), Optional.empty()))
        : Optional.empty();
  }
}
