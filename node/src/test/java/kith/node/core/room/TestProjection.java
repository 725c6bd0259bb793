package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;

/// A projection of messages that writes nothing; the store of [RoomFixture] remembers its changes.
class TestProjection implements Projection {
  private final String name;

  TestProjection(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return event instanceof RoomEvent.Posted ? Urgency.NOW : Urgency.NONE;
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {}
}
