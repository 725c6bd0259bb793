package kith.node.feature.conversations;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.Memberships.Outcome;

/// The requests of an account's conversations to the other account and to their rooms. Each can be
/// repeated with the same answer.
public interface ConversationRooms {

  /// A conversation that `user` begins.
  ///
  /// @param messages the requests of the two, if there are any
  record Beginning(
      String room, String user, String with, Initiator initiator, List<FirstMessage> messages) {
    public Beginning {
      messages = List.copyOf(messages);
    }
  }

  /// The data with which the other account decides whether it may be begun.
  ///
  /// @param rooms that the user is a member of, without conversations
  /// @param answersRequest the other account has asked for this conversation
  record Initiator(Set<String> rooms, boolean answersRequest) {
    public Initiator {
      rooms = Set.copyOf(rooms);
    }
  }

  /// A request that becomes a message.
  record FirstMessage(String by, String id, String text) {
    static FirstMessage of(String user, ConversationRequest request) {
      return new FirstMessage(user, request.id(), request.text());
    }
  }

  /// Whether the other account exists and lets this user begin. Changes nothing.
  CompletionStage<Outcome> mayBegin(Beginning beginning);

  /// Adds the conversation to the other account, creates the room if it does not exist yet, and
  /// posts the messages.
  CompletionStage<Outcome> converse(Beginning beginning);

  /// The latest entry of a room that `user` is in.
  CompletionStage<Long> latest(String room, String user);
}
