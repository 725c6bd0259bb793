package kith.node.feature.mentions;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.node.platform.database.Jdbc;

/// Stores mentions in a table beside the log, and announces them after they are written: a mention
/// that a reader did not find in the table is still announced.
public final class MentionProjection implements Projection {
  private final Announcement announcement;

  /// Receives mentions that are in the table, possibly twice. Runs on a thread that may block.
  public interface Announcement {
    void written(String room, RoomState state, List<Mention> mentions);
  }

  public MentionProjection(Announcement announcement) {
    this.announcement = announcement;
  }

  @Override
  public String name() {
    return "mentions";
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Posted it when it.mentions().isPresent() -> Urgency.NOW;
      case RoomEvent.Deleted _ -> Urgency.NOW;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    var isDeleted = false;
    for (var it : change.events()) isDeleted |= it.event() instanceof RoomEvent.Deleted;
    if (isDeleted) clear(connection, change.room());
    else add(connection, change.room(), mentions(change));
  }

  private static void add(Connection connection, String room, List<Mention> mentions)
      throws SQLException {
    if (mentions.isEmpty()) return;
    var seqs = new ArrayList<Long>();
    var names = new ArrayList<String>();
    var authors = new ArrayList<String>();
    for (var mention : mentions)
      for (var name : mention.names()) {
        seqs.add(mention.seq());
        names.add(name);
        authors.add(mention.by());
      }
    Jdbc.change(
        connection,
        """
        INSERT INTO mention (room, seq, name, author)
        SELECT ?, * FROM unnest(?::bigint[], ?::text[], ?::text[])
        ON CONFLICT DO NOTHING
        """,
        room,
        connection.createArrayOf("bigint", seqs.toArray()),
        connection.createArrayOf("text", names.toArray()),
        connection.createArrayOf("text", authors.toArray()));
  }

  private static List<Mention> mentions(Change change) {
    var mentions = new ArrayList<Mention>();
    for (var it : change.events())
      if (it.event() instanceof RoomEvent.Posted posted && posted.mentions().isPresent())
        mentions.add(new Mention(it.seq(), posted.by(), posted.mentions().get()));
    return mentions;
  }

  @Override
  public void applied(Change change) {
    var mentions = mentions(change);
    if (!mentions.isEmpty() && change.state().isOpen())
      announcement.written(change.room(), change.state(), mentions);
  }

  @Override
  public void forget(Connection connection, String room, long first) throws SQLException {
    Jdbc.change(connection, "DELETE FROM mention WHERE room = ? AND seq < ?", room, first);
  }

  @Override
  public void clear(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM mention WHERE room = ?", room);
  }
}
