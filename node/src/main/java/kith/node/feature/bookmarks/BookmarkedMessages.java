package kith.node.feature.bookmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.bookmarks.BookmarkTable.Listed;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.protocol.rest.KeptMessages.Bookmark;
import kith.protocol.rest.KeptMessages.Bookmarks;

/// Reads the messages of bookmarks as their account may read them now: each room is asked whether
/// the account is a member, and its log what the message says.
final class BookmarkedMessages {
  private final Rooms rooms;

  BookmarkedMessages(Rooms rooms) {
    this.rooms = rooms;
  }

  /// The answer of a room, or its refusal.
  private sealed interface OfRoom {
    record Readable(Map<Long, Entry.Message> messages) implements OfRoom {}

    record Denied(Code code) implements OfRoom {}
  }

  /// A page; `UNAVAILABLE` if a room does not answer: its messages would be missing without a word.
  sealed interface Outcome {
    record Page(Bookmarks page) implements Outcome {}

    record Unavailable() implements Outcome {}
  }

  /// @param found the newest first
  /// @param limit of the page; a full one may have another after it
  /// @param blocked by the account
  CompletionStage<Outcome> page(String user, List<Listed> found, int limit, Set<String> blocked) {
    var seqsByRoom =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    Listed::room, Collectors.mapping(Listed::seq, Collectors.toSet())));
    CompletionStage<Map<String, OfRoom>> all = CompletableFuture.completedFuture(new HashMap<>());
    for (var room : seqsByRoom.entrySet())
      all =
          all.thenCombine(
              read(user, room.getKey(), room.getValue(), blocked),
              (answers, answer) -> {
                answers.put(room.getKey(), answer);
                return answers;
              });
    return all.thenApply(answers -> outcome(answers, found, limit));
  }

  private CompletionStage<OfRoom> read(
      String user, String room, Set<Long> seqs, Set<String> blocked) {
    return rooms
        .look(room, new RoomView.Membership(user))
        .thenCompose(answer ->
            answer instanceof RoomView.Denied(var code)
                ? CompletableFuture.<OfRoom>completedFuture(new OfRoom.Denied(code))
                : rooms
                    .log()
                    .messages(room, seqs)
                    .<OfRoom>thenApply(entries -> new OfRoom.Readable(readable(entries, blocked))));
  }

  private static Map<Long, Entry.Message> readable(List<Entry> entries, Set<String> blocked) {
    var messages = new HashMap<Long, Entry.Message>();
    for (var entry : Entries.hiding(blocked, entries))
      if (entry instanceof Entry.Message it && it.redaction().isEmpty()) messages.put(it.seq(), it);
    return messages;
  }

  private Outcome outcome(Map<String, OfRoom> answers, List<Listed> found, int limit) {
    var isUnknown =
        answers.values().stream()
            .anyMatch(it -> it instanceof OfRoom.Denied(var code) && code == Code.UNAVAILABLE);
    if (isUnknown) return new Outcome.Unavailable();
    var shown = new ArrayList<Bookmark>();
    var bytes = 0L;
    for (var it : found) {
      var answer = answers.getOrDefault(it.room(), new OfRoom.Denied(Code.UNKNOWN_ROOM));
      var bookmark = bookmark(it, answer);
      bytes += bookmark.message().map(Entries::bytes).orElse(0);
      if (!shown.isEmpty() && bytes > rooms.settings().pageBytes())
        return new Outcome.Page(new Bookmarks(shown, OptionalLong.of(it.number() + 1)));
      shown.add(bookmark);
    }
    var next =
        found.size() < limit ? OptionalLong.empty() : OptionalLong.of(found.getLast().number());
    return new Outcome.Page(new Bookmarks(shown, next));
  }

  /// A message that cannot be read is absent. No reason is given: it would tell about a room of
  /// which the account is not a member.
  private static Bookmark bookmark(Listed it, OfRoom answer) {
    var message =
        answer instanceof OfRoom.Readable(var messages)
            ? Optional.ofNullable(messages.get(it.seq()))
            : Optional.<Entry.Message>empty();
    return new Bookmark(it.room(), it.seq(), it.created(), it.note(), message);
  }
}
