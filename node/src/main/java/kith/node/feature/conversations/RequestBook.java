package kith.node.feature.conversations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;
import kith.node.feature.conversations.ConversationRooms.FirstMessage;
import kith.node.feature.conversations.RequestEntry.Kind;
import kith.node.feature.conversations.RequestEvent.RequestDeclined;
import kith.node.feature.conversations.RequestEvent.RequestRecalled;
import kith.node.feature.conversations.RequestEvent.RequestReceived;

/// The requests of an account to begin conversations, and the decisions about them.
///
/// Nothing that the recipient decides reaches the sender's account, except that a conversation has
/// begun. So the sender cannot tell a declined or dropped request from one without an answer.
///
/// @param sent by the user who is asked
/// @param received by the user who asks
/// @param declined the users whose requests are dropped, and until when
record RequestBook(
    Map<String, SentRequest> sent,
    Map<String, ConversationRequest> received,
    Map<String, Instant> declined)
    implements PartState {
  static final PartKey<RequestBook> KEY =
      new PartKey<>("requests", RequestBook.class, new RequestBook(Map.of(), Map.of(), Map.of()));

  RequestBook {
    sent = Map.copyOf(sent);
    received = Map.copyOf(received);
    declined = Map.copyOf(declined);
  }

  static RequestBook of(AccountState state) {
    return state.part(KEY);
  }

  boolean isEmpty() {
    return equals(KEY.none());
  }

  /// A request of this account that is still open.
  Optional<SentRequest> sentTo(String user, Instant now) {
    return Optional.ofNullable(sent.get(user))
        .filter(it -> !it.withdrawn() && !it.request().isOver(now));
  }

  /// A request that this account can accept.
  Optional<ConversationRequest> receivedFrom(String user, Set<String> blocked, Instant now) {
    return Optional.ofNullable(received.get(user))
        .filter(it -> !it.isOver(now) && !blocked.contains(user));
  }

  /// The messages with which a conversation with this user begins: the requests of both.
  List<FirstMessage> firstMessages(String me, String user, Set<String> blocked, Instant now) {
    var all = new ArrayList<FirstMessage>();
    receivedFrom(user, blocked, now).ifPresent(it -> all.add(FirstMessage.of(user, it)));
    sentTo(user, now).ifPresent(it -> all.add(FirstMessage.of(me, it.request())));
    return all;
  }

  /// The time from which one more request to this user is possible; empty if it is possible now.
  Optional<Instant> whyNotSend(String user, ConversationSettings.Requests bounds, Instant now) {
    var before = sent.get(user);
    if (before != null && !before.request().isOver(now))
      return Optional.of(before.request().expires());
    var open = sent.values().stream().map(SentRequest::request).filter(it -> !it.isOver(now));
    var ends = open.map(ConversationRequest::expires).sorted().toList();
    return ends.size() >= bounds.sent()
        ? Optional.of(ends.get(ends.size() - bounds.sent()))
        : Optional.empty();
  }

  /// The events that follow when a request arrives; none if it is known or dropped. Empty if there
  /// is no room for it; the other account then has to try again.
  ///
  /// @param isIgnored the request cannot be shown: its sender is blocked, or the conversation has
  ///   begun
  Optional<List<RequestEvent>> decideReceive(
      String from,
      ConversationRequest request,
      Predicate<String> isIgnored,
      ConversationSettings.Requests bounds,
      Instant now) {
    var isDeclined = Optional.ofNullable(declined.get(from)).filter(now::isBefore).isPresent();
    if (request.isOver(now)
        || isDeclined
        || isIgnored.test(from)
        || request.equals(received.get(from))) return Optional.of(List.of());
    var others =
        received.entrySet().stream()
            .filter(it -> !it.getKey().equals(from))
            .filter(it -> !it.getValue().isOver(now) && !isIgnored.test(it.getKey()))
            .count();
    return others >= bounds.received()
        ? Optional.empty()
        : Optional.of(List.of(new RequestReceived(from, request)));
  }

  List<RequestEvent> decideRecall(String from, String id) {
    var kept = received.get(from);
    return kept != null && kept.id().equals(id) ? List.of(new RequestRecalled(from)) : List.of();
  }

  RequestDeclined decline(String user, ConversationSettings.Requests bounds, Instant now) {
    var forgotten =
        declined.size() >= bounds.declined() && !declined.containsKey(user)
            ? declined.entrySet().stream()
                .min(
                    Map.Entry.<String, Instant>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
            : Optional.<String>empty();
    return new RequestDeclined(user, now.plus(bounds.declinedFor()), forgotten);
  }

  boolean hasExpired(Instant now) {
    return !expired(now).equals(this);
  }

  /// The requests that the account shows: none of blocked users, and none that a conversation has
  /// replaced.
  Map<String, RequestEntry> entries(Predicate<String> isIgnored, Set<String> begun, Instant now) {
    var all = new HashMap<String, RequestEntry>();
    for (var user : sent.keySet())
      if (!begun.contains(user))
        sentTo(user, now)
            .ifPresent(it ->
                all.put(user, new RequestEntry(user, Kind.OUTGOING, Optional.of(it.request()))));
    received.forEach((user, it) -> {
      if (!it.isOver(now) && !isIgnored.test(user))
        all.put(user, new RequestEntry(user, Kind.INCOMING, Optional.of(it)));
    });
    return all;
  }

  /// The users whose accounts have not confirmed a request or its withdrawal, oldest first.
  List<String> untold(Instant now) {
    return sent.entrySet().stream()
        .filter(it -> !it.getValue().told() && !it.getValue().request().isOver(now))
        .sorted(Comparator.comparing(it -> it.getValue().request().at()))
        .map(Map.Entry::getKey)
        .toList();
  }

  // changes

  /// Forgets that a request of this user was declined.
  RequestBook sending(String user, ConversationRequest request) {
    return new RequestBook(
        with(sent, user, new SentRequest(request, false, false)),
        received,
        without(declined, user));
  }

  RequestBook changing(String user, UnaryOperator<SentRequest> change) {
    var changed = new HashMap<>(sent);
    changed.computeIfPresent(user, (_, it) -> change.apply(it));
    return new RequestBook(changed, received, declined);
  }

  RequestBook receiving(String user, ConversationRequest request) {
    return new RequestBook(sent, with(received, user, request), declined);
  }

  RequestBook withoutSent(String user) {
    return new RequestBook(without(sent, user), received, declined);
  }

  RequestBook withoutReceived(String user) {
    return new RequestBook(sent, without(received, user), declined);
  }

  RequestBook declining(String user, Instant until, Optional<String> forgotten) {
    var kept = new HashMap<>(declined);
    forgotten.ifPresent(kept::remove);
    kept.put(user, until);
    return new RequestBook(sent, without(received, user), kept);
  }

  RequestBook expired(Instant now) {
    var open = new HashMap<>(sent);
    open.values().removeIf(it -> it.request().isOver(now));
    var unanswered = new HashMap<>(received);
    unanswered.values().removeIf(it -> it.isOver(now));
    var kept = new HashMap<>(declined);
    kept.values().removeIf(until -> !now.isBefore(until));
    return new RequestBook(open, unanswered, kept);
  }

  /// Withdraws the sent requests; the other accounts have yet to be notified.
  @Override
  public RequestBook accountDeleted() {
    var withdrawn = new HashMap<>(sent);
    withdrawn.values().removeIf(it -> it.withdrawn() && it.told());
    withdrawn.replaceAll((_, it) -> it.withdraw());
    return new RequestBook(withdrawn, Map.of(), Map.of());
  }

  private static <V> Map<String, V> with(Map<String, V> map, String user, V value) {
    var more = new HashMap<>(map);
    more.put(user, value);
    return more;
  }

  private static <V> Map<String, V> without(Map<String, V> map, String user) {
    var fewer = new HashMap<>(map);
    fewer.remove(user);
    return fewer;
  }
}
