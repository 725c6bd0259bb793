package kith.node.feature.conversations;

import java.util.concurrent.CompletionStage;
import kith.node.core.account.Memberships.Outcome;

/// The questions of an account's conversations to their rooms. Each can be repeated with the same
/// answer.
public interface ConversationRooms {

  /// Creates the conversation `room` of the two if it does not exist yet, and adds it to the
  /// account of `with`.
  CompletionStage<Outcome> converse(String room, String user, String with);

  /// The latest entry of a room that `user` is in.
  CompletionStage<Long> latest(String room, String user);
}
