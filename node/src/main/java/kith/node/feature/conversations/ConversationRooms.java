package kith.node.feature.conversations;

import java.util.concurrent.CompletionStage;
import kith.node.core.account.Memberships.Outcome;

/// What the conversations of an account ask of their rooms. Each may be asked again with the same
/// answer.
public interface ConversationRooms {

  /// Makes the conversation `room` of the two if it is not there yet, and adds it to the account of
  /// `with`.
  CompletionStage<Outcome> converse(String room, String user, String with);

  /// The latest entry of a room that `user` is in.
  CompletionStage<Long> latest(String room, String user);
}
