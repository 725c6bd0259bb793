package kith.node.feature.bookmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kith.node.core.room.Entries;
import kith.node.core.room.ReadableMessages;
import kith.node.core.room.Rooms;
import kith.node.feature.bookmarks.BookmarkTable.Listed;
import kith.protocol.rest.KeptMessages.Bookmark;
import kith.protocol.rest.KeptMessages.Bookmarks;

/// Pages of bookmarks with the messages as their account may read them now.
final class BookmarkedMessages {
  private final ReadableMessages messages;
  private final int pageBytes;

  BookmarkedMessages(Rooms rooms) {
    messages = new ReadableMessages(rooms);
    pageBytes = rooms.settings().pageBytes();
  }

  /// @param found the newest first
  /// @param limit of the page; a full one may have another after it
  /// @param blocked by the account
  /// @return empty if a room does not answer
  CompletionStage<Optional<Bookmarks>> page(
      String user, List<Listed> found, int limit, Set<String> blocked) {
    var seqs =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    Listed::room, Collectors.mapping(Listed::seq, Collectors.toSet())));
    return messages
        .find(user, seqs, blocked)
        .thenApply(it -> it.isComplete() ? Optional.of(page(it, found, limit)) : Optional.empty());
  }

  private Bookmarks page(ReadableMessages.Found messages, List<Listed> found, int limit) {
    var shown = new ArrayList<Bookmark>();
    var bytes = 0L;
    for (var it : found) {
      var bookmark = bookmark(it, messages);
      bytes += bookmark.message().map(Entries::bytes).orElse(0);
      if (!shown.isEmpty() && bytes > pageBytes)
        return new Bookmarks(shown, OptionalLong.of(it.number() + 1));
      shown.add(bookmark);
    }
    var next =
        found.size() < limit ? OptionalLong.empty() : OptionalLong.of(found.getLast().number());
    return new Bookmarks(shown, next);
  }

  /// A message that cannot be read is absent. No reason is given: it would reveal a room of which
  /// the account is not a member.
  private static Bookmark bookmark(Listed it, ReadableMessages.Found messages) {
    var message =
        messages.message(it.room(), it.seq()).filter(found -> found.redaction().isEmpty());
    return new Bookmark(it.room(), it.seq(), it.created(), it.note(), message);
  }
}
