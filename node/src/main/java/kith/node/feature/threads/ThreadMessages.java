package kith.node.feature.threads;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kith.node.core.room.Entries;
import kith.node.core.room.ReadableMessages;
import kith.node.core.room.Rooms;
import kith.node.core.room.Tally;
import kith.node.feature.threads.FollowTable.State;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Threads.FirstMessage;
import kith.protocol.rest.Threads.FollowedThread;
import kith.protocol.rest.Threads.ThreadFollow;
import kith.protocol.rest.Threads.ThreadPage;

/// Reads the messages of threads as an account may read them now. The tables have only the places
/// of messages; the contents come from the logs.
final class ThreadMessages {
  private final Rooms rooms;
  private final ReadableMessages readable;
  private final ThreadTable threads;
  private final FollowTable follows;

  ThreadMessages(Rooms rooms, ThreadTable threads, FollowTable follows) {
    this.rooms = rooms;
    readable = new ReadableMessages(rooms);
    this.threads = threads;
    this.follows = follows;
  }

  /// A page of a thread, for a member of the room.
  CompletionStage<ThreadPage> page(
      String user, ThreadKey thread, long before, int limit, Set<String> blocked) {
    return threads
        .replies(thread.room(), thread.root(), before, limit)
        .thenCompose(seqs ->
            entries(thread, seqs)
                .thenCombine(
                    threads.counts(thread.room(), thread.root(), thread.root()),
                    (entries, counts) -> {
                      var page = new Part(seqs, entries, limit).within(pageBytes());
                      return page(
                          thread,
                          Entries.hiding(blocked, page.entries()),
                          page.before(),
                          counts.isEmpty() ? 0 : counts.getFirst().replies());
                    }))
        .thenCombine(follows.find(user, thread), ThreadMessages::withFollow);
  }

  private int pageBytes() {
    return rooms.settings().pageBytes();
  }

  private CompletionStage<List<Entry>> entries(ThreadKey thread, List<Long> replies) {
    var seqs = new HashSet<>(replies);
    seqs.add(thread.root());
    return rooms.log().messages(thread.room(), seqs);
  }

  /// The entries that fit into one answer.
  ///
  /// @param seqs of replies, in descending order
  /// @param entries in ascending order, the first message of the thread among them
  private record Part(List<Long> seqs, List<Entry> entries, int limit) {
    /// The newest replies within a size, at least one of them.
    Part within(int most) {
      var bytes = 0L;
      for (var i = entries.size() - 1; i >= 0; i--) {
        bytes += Entries.bytes(entries.get(i));
        var seq = entries.get(i).seq();
        if (bytes <= most || !seqs.contains(seq) || i == entries.size() - 1) continue;
        var kept = seqs.stream().filter(it -> it > seq).toList();
        var shown =
            entries.stream().filter(it -> kept.contains(it.seq()) || !seqs.contains(it.seq()));
        return new Part(kept, shown.toList(), kept.size());
      }
      return this;
    }

    OptionalLong before() {
      return seqs.size() < limit || seqs.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(seqs.getLast());
    }
  }

  private static ThreadPage page(
      ThreadKey thread, List<Entry> entries, OptionalLong before, long replies) {
    var first =
        entries.stream()
            .filter(it -> it.seq() == thread.root())
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast)
            .findFirst();
    var others = entries.stream().filter(it -> it.seq() != thread.root()).toList();
    return new ThreadPage(
        thread.room(), thread.root(), first, others, before, replies, Optional.empty());
  }

  private static ThreadPage withFollow(ThreadPage page, Optional<State> state) {
    return new ThreadPage(
        page.room(),
        page.root(),
        page.message(),
        page.entries(),
        page.before(),
        page.replies(),
        state.filter(State::isFollowed).map(it -> new ThreadFollow(it.read(), it.unread())));
  }

  /// The followed threads with their first messages, without those in rooms that the account has
  /// left; empty if a room does not answer.
  CompletionStage<Optional<List<FollowedThread>>> followed(
      String user, List<State> states, Set<String> blocked) {
    var roots =
        states.stream()
            .map(State::thread)
            .collect(
                Collectors.groupingBy(
                    ThreadKey::room, Collectors.mapping(ThreadKey::root, Collectors.toSet())));
    return readable
        .find(user, roots, blocked)
        .thenApply(
            found -> found.isComplete() ? Optional.of(followed(states, found)) : Optional.empty());
  }

  private static List<FollowedThread> followed(List<State> states, ReadableMessages.Found found) {
    return states.stream()
        .filter(it -> found.mayRead(it.thread().room()))
        .map(it -> followed(it, found))
        .toList();
  }

  private static FollowedThread followed(State state, ReadableMessages.Found found) {
    var thread = state.thread();
    return new FollowedThread(
        thread.room(),
        thread.root(),
        state.replies(),
        state.last(),
        state.read(),
        state.unread(),
        found.message(thread.room(), thread.root()).map(ThreadMessages::first));
  }

  private static FirstMessage first(Entry.Message message) {
    var text = message.edit().map(Entry.LatestEdit::body).or(message::body);
    return new FirstMessage(message.at(), message.by(), text.map(Tally::beginning));
  }
}
