package kith.node.core.room;

import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/// Stores each event unchanged, with its [Amendment] mark in the same row.
final class AmendmentMarker extends EventAdapter<RoomEvent, RoomEvent> {
  static final AmendmentMarker INSTANCE = new AmendmentMarker();

  private AmendmentMarker() {}

  @Override
  public RoomEvent toJournal(RoomEvent event) {
    return event;
  }

  @Override
  public String manifest(RoomEvent event) {
    return Amendment.mark(event);
  }

  @Override
  public EventSeq<RoomEvent> fromJournal(RoomEvent event, String manifest) {
    return EventSeq.single(event);
  }
}
