package kith.node.feature.conversations;

/// A request in the account of its sender. A withdrawn one is kept until it expires, so that its
/// sender cannot send another one at once.
///
/// @param told the other account has confirmed it, or its withdrawal
public record SentRequest(ConversationRequest request, boolean withdrawn, boolean told) {
  SentRequest withdraw() {
    if (withdrawn) return this;
    var rest = new ConversationRequest(request.id(), "", request.at(), request.expires());
    return new SentRequest(rest, true, false);
  }

  SentRequest confirmed(String id, boolean withdrawal) {
    return id.equals(request.id()) && withdrawal == withdrawn
        ? new SentRequest(request, withdrawn, true)
        : this;
  }
}
