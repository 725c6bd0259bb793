package kith.node.feature.inbox;

import java.util.function.Consumer;
import kith.node.core.room.Commit;
import kith.node.core.room.RoomHost;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;

/// Sends the summary of its room to this node's [InboxNews] after each commit, and when the room
/// starts: the previous incarnation may have died before sending it.
public final class RoomNews implements RoomPart {
  private final RoomHost host;
  private final Consumer<RoomSummary> news;

  private RoomNews(RoomHost host, Consumer<RoomSummary> news) {
    this.host = host;
    this.news = news;
  }

  public static RoomPart.Factory factory(Consumer<RoomSummary> news) {
    return room -> new RoomNews(room, news);
  }

  @Override
  public void awake(RoomState room) {
    if (room.isOpen()) news.accept(RoomSummary.of(host.id(), room));
  }

  @Override
  public void committed(Commit commit) {
    news.accept(RoomSummary.of(commit));
  }
}
