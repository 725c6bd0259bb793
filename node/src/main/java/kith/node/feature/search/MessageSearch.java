package kith.node.feature.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.conversations.Conversations;
import kith.node.feature.search.Piece.Range;
import kith.node.feature.search.SearchIndex.Batch;
import kith.node.feature.search.SearchIndex.Candidate;
import kith.node.platform.config.Portions;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Searches.SearchHit;
import kith.protocol.rest.Searches.SearchMatch;
import kith.protocol.rest.Searches.SearchPage;

/// Searches the rooms of an account.
///
/// The index names candidates. The log has their present content, without messages that were
/// redacted or that retention removed. At the end, when the page is ready, each room is asked
/// whether the account is a member, and the account's blocked users are read again, so that a kick
/// or a block during the search takes effect.
final class MessageSearch {
  /// A page, or the reason why there is none.
  sealed interface Outcome {}

  /// @param inTime false if the page is not full because the time was over
  record Found(SearchPage page, boolean inTime) implements Outcome {}

  /// @param detail a sentence for people
  record Refused(Code code, String detail) implements Outcome {
    Refused(Code code) {
      this(code, code.sentence());
    }
  }

  private record Hit(Candidate place, SearchHit shown) {}

  private final SearchIndex index;
  private final Accounts accounts;
  private final Rooms rooms;
  private final RoomLog log;
  private final long nanosOfSearch;
  private final LongSupplier nanos;

  /// @param nanosOfSearch the time for reading the index
  MessageSearch(
      SearchIndex index, Accounts accounts, Rooms rooms, long nanosOfSearch, LongSupplier nanos) {
    this.index = index;
    this.accounts = accounts;
    this.rooms = rooms;
    this.log = rooms.log();
    this.nanosOfSearch = nanosOfSearch;
    this.nanos = nanos;
  }

  CompletionStage<Outcome> search(
      String user, SearchQuery query, Optional<SearchCursor> before, int limit) {
    return accounts
        .read(user)
        .thenCompose(reply ->
            switch (reply) {
              case Account.Refused(var code, _) -> refused(new Refused(code));
              case Account.View view ->
                  scope(user, query, view.rooms())
                      .thenCompose(scope ->
                          switch (scope) {
                            case Scope.Wrong(var sentence) ->
                                refused(new Refused(Code.BAD_SEARCH, sentence));
                            case Scope.Searched(var searched) ->
                                new Run(user, query, searched, before, limit).page();
                          });
            });
  }

  private static CompletionStage<Outcome> refused(Refused refusal) {
    return CompletableFuture.completedFuture(refusal);
  }

  /// The rooms that a query searches.
  private sealed interface Scope {
    record Searched(Set<String> rooms) implements Scope {}

    record Wrong(String sentence) implements Scope {}
  }

  private CompletionStage<Scope> scope(String user, SearchQuery query, Collection<String> joined) {
    if (query.in().isEmpty() && query.with().isEmpty())
      return CompletableFuture.completedFuture(new Scope.Searched(Set.copyOf(joined)));
    var scope = new HashSet<String>();
    for (var with : query.with()) {
      var room = Conversations.id(user, with);
      if (!joined.contains(room))
        return CompletableFuture.completedFuture(
            new Scope.Wrong("You have no conversation with '%s'.".formatted(with)));
      scope.add(room);
    }
    if (query.in().isEmpty()) return CompletableFuture.completedFuture(new Scope.Searched(scope));
    return index
        .named(joined, query.in())
        .thenApply(found -> {
          for (var name : query.in()) {
            var named = found.getOrDefault(name, Set.of());
            if (named.isEmpty())
              return new Scope.Wrong("You have no room with the name '%s'.".formatted(name));
            scope.addAll(named);
          }
          return new Scope.Searched(scope);
        });
  }

  /// One search: batch after batch, until the page is full, everything is searched or the time is
  /// over.
  private final class Run {
    private final String user;
    private final SearchQuery query;
    private final Set<String> searched;
    private final Optional<SearchCursor> before;
    private final int limit;
    private final int mostBytes = rooms.settings().pageBytes();
    private final long deadline = nanos.getAsLong() + nanosOfSearch;
    private final List<Hit> hits = new ArrayList<>();
    private Optional<SearchCursor> next;
    private boolean inTime = true;
    private long bytes;

    Run(
        String user,
        SearchQuery query,
        Set<String> searched,
        Optional<SearchCursor> before,
        int limit) {
      this.user = user;
      this.query = query;
      this.searched = searched;
      this.before = before;
      this.limit = limit;
      this.next = before;
    }

    CompletionStage<Outcome> page() {
      // rooms that the index has not reached are reported once
      var missing =
          before.isPresent() ? CompletableFuture.completedFuture(0) : index.missing(searched);
      return missing.thenCompose(rooms -> collect().thenCompose(_ -> decide(rooms)));
    }

    private CompletionStage<Void> collect() {
      return index
          .next(searched, query, next, Math.max(limit, Portions.SEARCH_CANDIDATES), deadline)
          .thenCompose(batch -> messages(batch).thenApply(messages -> take(batch, messages)))
          .thenCompose(
              isDone -> isDone ? CompletableFuture.<Void>completedFuture(null) : collect());
    }

    private CompletionStage<Map<Candidate, Entry.Message>> messages(Batch batch) {
      var byRoom =
          batch.found().stream()
              .collect(
                  Collectors.groupingBy(
                      Candidate::room, Collectors.toMap(Candidate::seq, it -> it)));
      CompletionStage<Map<Candidate, Entry.Message>> all =
          CompletableFuture.completedFuture(new HashMap<>());
      for (var room : byRoom.entrySet())
        all =
            all.thenCombine(
                log.messages(room.getKey(), room.getValue().keySet()),
                (messages, entries) -> {
                  for (var entry : entries) {
                    var candidate = room.getValue().get(entry.seq());
                    if (candidate != null && entry instanceof Entry.Message message)
                      messages.put(candidate, message);
                  }
                  return messages;
                });
      return all;
    }

    /// True if the page is as full as it gets.
    private boolean take(Batch batch, Map<Candidate, Entry.Message> messages) {
      for (var candidate : batch.found()) {
        var message = messages.get(candidate);
        var ranges = message == null ? Optional.<List<Range>>empty() : query.matches(message);
        if (message == null || ranges.isEmpty()) continue;
        bytes += Entries.bytes(message);
        if (hits.size() == limit || (!hits.isEmpty() && bytes > mostBytes)) {
          next = Optional.of(hits.getLast().place().cursor());
          return true;
        }
        hits.add(new Hit(candidate, hit(candidate, message, ranges.get())));
      }
      next = batch.next();
      inTime = batch.inTime();
      return next.isEmpty() || !inTime || hits.size() == limit;
    }

    private static SearchHit hit(Candidate place, Entry.Message message, List<Range> ranges) {
      var text = SearchQuery.text(message).orElse("");
      return new SearchHit(
          place.room(),
          message,
          ranges.stream()
              .map(range ->
                  new SearchMatch(
                      text.codePointCount(0, range.start()), text.codePointCount(0, range.end())))
              .toList());
    }

    /// At this point the rooms and the account decide which hits may be read.
    private CompletionStage<Outcome> decide(int unindexed) {
      CompletionStage<Map<String, RoomView.Answer>> answers =
          CompletableFuture.completedFuture(new HashMap<>());
      for (var room : hits.stream().map(it -> it.place().room()).distinct().toList())
        answers =
            answers.thenCombine(
                rooms.look(room, new RoomView.Membership(user)),
                (all, answer) -> {
                  all.put(room, answer);
                  return all;
                });
      return answers.thenCompose(byRoom ->
          accounts
              .read(user)
              .thenApply(reply ->
                  switch (reply) {
                    case Account.Refused(var code, _) -> new Refused(code);
                    case Account.View view ->
                        outcome(
                            byRoom, view.relations().orElse(Relations.EMPTY).blocked(), unindexed);
                  }));
    }

    private Outcome outcome(
        Map<String, RoomView.Answer> answers, Set<String> blocked, int unindexed) {
      // otherwise a room that does not answer would be missing from the page without notice
      var isUnknown =
          answers.values().stream()
              .anyMatch(it -> it instanceof RoomView.Denied(var code) && code == Code.UNAVAILABLE);
      if (isUnknown) return new Refused(Code.UNAVAILABLE);
      var shown =
          hits.stream()
              .map(Hit::shown)
              .filter(hit -> answers.get(hit.room()) instanceof RoomView.IsMember)
              .map(hit -> visible(hit, blocked))
              .flatMap(Optional::stream)
              .toList();
      return new Found(
          new SearchPage(
              shown,
              next.map(SearchCursor::text),
              next.map(SearchCursor::at),
              unindexed > 0 ? OptionalInt.of(unindexed) : OptionalInt.empty()),
          inTime);
    }

    /// The hit without data of blocked users, such as their reactions; empty if a blocked user
    /// wrote it.
    private static Optional<SearchHit> visible(SearchHit hit, Set<String> blocked) {
      return Entries.hiding(blocked, List.of(hit.message())).getFirst()
                  instanceof Entry.Message message
              && message.body().isPresent()
          ? Optional.of(new SearchHit(hit.room(), message, hit.matches()))
          : Optional.empty();
    }
  }
}
