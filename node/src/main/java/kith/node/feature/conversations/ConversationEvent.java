package kith.node.feature.conversations;

import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartKey;

/// The events of an account's conversations.
sealed interface ConversationEvent extends AccountEvent.PartEvent<ConversationList> {

  /// The room is a conversation of this account, begun by either user.
  record ConversationBegan(String room, String with) implements ConversationEvent {}

  /// The conversation is hidden until it has an entry after `upTo`; 0 shows it again.
  record ConversationHidden(String room, long upTo) implements ConversationEvent {}

  /// The room has this account's request as its entry `seq`.
  record RequestPosted(String room, long seq) implements ConversationEvent {}

  @Override
  default PartKey<ConversationList> part() {
    return ConversationList.KEY;
  }

  @Override
  default ConversationList applyTo(ConversationList all) {
    return switch (this) {
      case ConversationBegan(var room, var with) -> all.with(new Conversation(room, with, 0));
      case ConversationHidden(var room, var upTo) -> all.hiding(room, upTo);
      case RequestPosted(var room, var seq) -> all.requested(room, seq);
    };
  }
}
