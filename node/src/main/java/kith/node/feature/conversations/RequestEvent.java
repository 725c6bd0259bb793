package kith.node.feature.conversations;

import java.time.Instant;
import java.util.Optional;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartKey;

/// The events of an account's requests to begin conversations.
sealed interface RequestEvent extends AccountEvent.PartEvent<RequestBook> {

  record RequestSent(String user, ConversationRequest request) implements RequestEvent {}

  record RequestWithdrawn(String user) implements RequestEvent {}

  /// The other account has confirmed the request, or its withdrawal.
  record RequestTold(String user, String id, boolean withdrawn) implements RequestEvent {}

  /// There is a conversation, and the sent request is part of it or not needed any more.
  record SentRequestSettled(String user) implements RequestEvent {}

  record RequestReceived(String user, ConversationRequest request) implements RequestEvent {}

  /// The sender has withdrawn the request.
  record RequestRecalled(String user) implements RequestEvent {}

  /// @param until further requests of this user are dropped
  /// @param forgotten a user whose requests are no longer dropped, to make room
  record RequestDeclined(String user, Instant until, Optional<String> forgotten)
      implements RequestEvent {}

  /// There is a conversation with the sender of this request.
  record RequestAnswered(String user) implements RequestEvent {}

  /// Removes all that ended before this time.
  record RequestsExpired(Instant now) implements RequestEvent {}

  @Override
  default PartKey<RequestBook> part() {
    return RequestBook.KEY;
  }

  @Override
  default RequestBook applyTo(RequestBook book) {
    return switch (this) {
      case RequestSent(var user, var request) -> book.sending(user, request);
      case RequestWithdrawn(var user) -> book.changing(user, SentRequest::withdraw);
      case RequestTold(var user, var id, var withdrawn) ->
          book.changing(user, it -> it.confirmed(id, withdrawn));
      case SentRequestSettled(var user) -> book.withoutSent(user);
      case RequestReceived(var user, var request) -> book.receiving(user, request);
      case RequestRecalled(var user) -> book.withoutReceived(user);
      case RequestDeclined(var user, var until, var forgotten) ->
          book.declining(user, until, forgotten);
      case RequestAnswered(var user) -> book.withoutReceived(user);
      case RequestsExpired(var now) -> book.expired(now);
    };
  }
}
