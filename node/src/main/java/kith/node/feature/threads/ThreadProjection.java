package kith.node.feature.threads;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kith.node.core.room.JdbcRoomLog;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.node.feature.threads.FollowTable.AutomaticFollow;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.serialization.Serialization;

/// Lists the replies of each thread, and makes accounts follow the threads in which they write or
/// are mentioned, and those of their own messages.
final class ThreadProjection implements Projection {
  private final Serialization serialization;
  private final int perAccount;
  private final Consumer<Set<ThreadKey>> changed;

  /// @param perAccount threads that one account follows
  /// @param changed receives threads with new replies, after they are written
  ThreadProjection(Serialization serialization, int perAccount, Consumer<Set<ThreadKey>> changed) {
    this.serialization = serialization;
    this.perAccount = perAccount;
    this.changed = changed;
  }

  /// A reply and its thread.
  private record Reply(long seq, long root, RoomEvent.Posted message) {}

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Posted it when it.root().isPresent() -> Urgency.NOW;
      case RoomEvent.Deleted _ -> Urgency.NOW;
      case RoomEvent.Left _, RoomEvent.Kicked _, RoomEvent.Banned _ -> Urgency.SOON;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    var room = change.room();
    if (change.events().stream().anyMatch(it -> it.event() instanceof RoomEvent.Deleted)) {
      clear(connection, room);
      FollowTable.clear(connection, room);
      return;
    }
    var replies = replies(change);
    if (!replies.isEmpty()) add(connection, change, replies);
    for (var it : change.events())
      switch (it.event()) {
        case RoomEvent.Left left -> FollowTable.leave(connection, room, left.by(), it.seq());
        case RoomEvent.Kicked kick -> FollowTable.leave(connection, room, kick.user(), it.seq());
        case RoomEvent.Banned ban -> FollowTable.leave(connection, room, ban.user(), it.seq());
        case RoomEvent ignored -> {}
      }
  }

  private static List<Reply> replies(Change change) {
    var replies = new ArrayList<Reply>();
    for (var it : change.events())
      if (it.event() instanceof RoomEvent.Posted posted && posted.root().isPresent())
        replies.add(new Reply(it.seq(), posted.root().getAsLong(), posted));
    return replies;
  }

  private void add(Connection connection, Change change, List<Reply> replies) throws SQLException {
    var room = change.room();
    var roots = new HashSet<Long>();
    for (var reply : replies) roots.add(reply.root());
    var begun = new HashSet<>(roots);
    begun.removeAll(ThreadTable.known(connection, room, roots));
    ThreadTable.add(
        connection,
        room,
        replies.stream().map(Reply::seq).toList(),
        replies.stream().map(Reply::root).toList(),
        replies.stream().map(it -> it.message().by()).toList());
    var follows = new ArrayList<AutomaticFollow>();
    // the author of a message follows its thread from the first reply
    var firsts =
        begun.isEmpty()
            ? List.<Numbered>of()
            : JdbcRoomLog.events(connection, serialization, room, begun);
    for (var it : firsts)
      if (it.event() instanceof RoomEvent.Posted first && isFollower(change.state(), first))
        follows.add(new AutomaticFollow(first.by(), it.seq(), it.seq(), it.seq(), false));
    for (var reply : replies) follow(change.state(), reply, follows);
    FollowTable.follow(connection, room, follows, perAccount);
  }

  private static void follow(RoomState room, Reply reply, List<AutomaticFollow> follows) {
    var by = reply.message().by();
    var seq = reply.seq();
    var root = reply.root();
    if (isFollower(room, reply.message()))
      follows.add(new AutomaticFollow(by, root, seq, seq, true));
    // `@room` is left out: it would need a row for each member
    for (var user : reply.message().mentions().orElse(List.of()))
      if (room.isMember(user) && !user.equals(by))
        follows.add(new AutomaticFollow(user, root, seq - 1, seq, false));
  }

  private static boolean isFollower(RoomState room, RoomEvent.Posted message) {
    return message.program().isEmpty() && room.isMember(message.by());
  }

  @Override
  public void applied(Change change) {
    if (!change.state().isOpen()) return;
    var threads = new LinkedHashSet<ThreadKey>();
    for (var reply : replies(change)) threads.add(new ThreadKey(change.room(), reply.root()));
    if (!threads.isEmpty()) changed.accept(threads);
  }

  @Override
  public void forget(Connection connection, String room, long first) throws SQLException {
    ThreadTable.forget(connection, room, first);
    FollowTable.forget(connection, room, first);
  }

  /// The threads that accounts follow stay: the log alone does not determine them.
  @Override
  public void clear(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM thread_reply WHERE room = ?", room);
    Jdbc.change(connection, "DELETE FROM thread WHERE room = ?", room);
  }
}
