package kith.node.core.account;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kith.node.core.room.Room;
import kith.node.core.room.RoomLog;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Redacts the messages of deleted accounts whose users asked for it, one room at a time.
///
/// The table `message_erasure` has a row for each room that is not complete, so that another run,
/// also of another node, continues after a crash. Two runs at once do no harm: a room redacts a
/// message only once.
public final class MessageErasure {
  private static final Logger LOG = LoggerFactory.getLogger(MessageErasure.class);

  private static final CompletionStage<Boolean> COMPLETE = CompletableFuture.completedFuture(true);
  private static final CompletionStage<Boolean> LATER = CompletableFuture.completedFuture(false);

  /// Asks a room to redact messages of a user who has left it.
  public interface Redaction {
    CompletionStage<Room.Outcome> redactOwn(String room, String author, Set<Long> messages);
  }

  private record Task(String account, String room, long position) {}

  private final Jdbc jdbc;
  private final RoomLog log;
  private final Redaction rooms;
  private final Consumer<Runnable> later;
  private final AtomicBoolean isWaiting = new AtomicBoolean();
  private CompletionStage<Void> latest = CompletableFuture.completedFuture(null);

  /// @param later runs something after a pause
  public MessageErasure(Jdbc jdbc, RoomLog log, Redaction rooms, Consumer<Runnable> later) {
    this.jdbc = jdbc;
    this.log = log;
    this.rooms = rooms;
    this.later = later;
  }

  /// Works through all rows, after a run that is under way.
  public synchronized void run() {
    if (!isWaiting.compareAndSet(false, true)) return;
    latest =
        latest
            .exceptionally(_ -> null)
            .thenCompose(_ -> {
              isWaiting.set(false);
              return pass();
            });
  }

  private CompletionStage<Void> pass() {
    return from(new Task("", "", 0), true)
        .handle((isComplete, fault) -> {
          if (fault != null)
            LOG.warn("message-erasure=failed action=retry reason=\"{}\"", fault.getMessage());
          else if (!isComplete) later.accept(this::run);
          return null;
        });
  }

  /// The tasks after `last`, a page at a time.
  private CompletionStage<Boolean> from(Task last, boolean isComplete) {
    return jdbc.query(
            """
            SELECT account, room, position FROM message_erasure
            WHERE (account, room) > (?, ?) ORDER BY account, room LIMIT ?
            """,
            row -> new Task(row.getString(1), row.getString(2), row.getLong(3)),
            last.account(),
            last.room(),
            Portions.ERASURE)
        .thenCompose(tasks ->
            tasks.isEmpty()
                ? CompletableFuture.completedFuture(isComplete)
                : each(tasks)
                    .thenCompose(areComplete -> from(tasks.getLast(), isComplete && areComplete)));
  }

  private CompletionStage<Boolean> each(List<Task> tasks) {
    var done = COMPLETE;
    for (var task : tasks)
      done = done.thenCompose(before -> begin(task).thenApply(isComplete -> before && isComplete));
    return done;
  }

  /// The first question shows that the account has left the room, so that no post of it follows.
  private CompletionStage<Boolean> begin(Task task) {
    return ask(task, Set.of(), () -> step(task));
  }

  private CompletionStage<Boolean> step(Task task) {
    return log.after(task.room(), task.position(), Portions.ERASURE)
        .thenCompose(page -> {
          if (page.entries().isEmpty()) return complete(task);
          var next = new Task(task.account(), task.room(), page.entries().getLast().seq());
          var own = own(page, task.account());
          var readable = own.stream().filter(message -> message.redaction().isEmpty()).toList();
          return readable.isEmpty()
              ? erased(task, own).thenCompose(_ -> advance(task, next, page))
              : ask(
                  task,
                  seqs(readable),
                  () -> erased(task, own).thenCompose(_ -> advance(task, next, page)));
        });
  }

  private CompletionStage<Boolean> advance(Task task, Task next, RoomLog.Page page) {
    return page.more() ? moved(next).thenCompose(_ -> step(next)) : complete(task);
  }

  private static List<Entry.Message> own(RoomLog.Page page, String author) {
    return page.entries().stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .filter(message -> message.by().equals(author))
        .toList();
  }

  private static Set<Long> seqs(List<Entry.Message> messages) {
    return messages.stream().map(Entry.Message::seq).collect(Collectors.toUnmodifiableSet());
  }

  /// The room erases redacted texts itself, but may have crashed before it did.
  private CompletionStage<Void> erased(Task task, List<Entry.Message> messages) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (var message : messages)
      done = done.thenCompose(_ -> log.erase(task.room(), message.seq()));
    return done;
  }

  private CompletionStage<Boolean> ask(
      Task task, Set<Long> messages, Supplier<CompletionStage<Boolean>> then) {
    return rooms
        .redactOwn(task.room(), task.account(), messages)
        .thenCompose(outcome ->
            switch (outcome) {
              case Room.Done _ -> then.get();
              case Room.Denied(var code) when code == Code.UNAVAILABLE -> LATER;
              // the room does not exist any more
              case Room.Denied _ -> complete(task);
            });
  }

  private CompletionStage<Integer> moved(Task task) {
    return jdbc.update(
        "UPDATE message_erasure SET position = ? WHERE account = ? AND room = ?",
        task.position(),
        task.account(),
        task.room());
  }

  private CompletionStage<Boolean> complete(Task task) {
    return jdbc.update(
            "DELETE FROM message_erasure WHERE account = ? AND room = ?",
            task.account(),
            task.room())
        .thenApply(_ -> true);
  }
}
