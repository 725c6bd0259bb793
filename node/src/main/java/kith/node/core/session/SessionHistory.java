package kith.node.core.session;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomLog;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// Answers `history`: pages of the logs of open rooms.
final class SessionHistory {
  private final SessionHost host;
  private final SessionContext services;
  private final Outbound outbound;
  private final OpenRooms rooms;

  SessionHistory(SessionHost host) {
    this.host = host;
    this.services = host.services();
    this.outbound = host.outbound();
    this.rooms = host.rooms();
  }

  /// False if the frame counts as handled only later, when it is answered.
  boolean on(ClientFrame.History asked) {
    var objection = FrameRules.objection(asked);
    if (objection.isPresent()) {
      outbound.problem(objection.get().code(), objection.get().message(), asked.id(), asked.room());
      return true;
    }
    if (rooms.relay(asked.room()).isEmpty()) {
      outbound.problem(Code.ROOM_NOT_OPEN, "Open the room first.", asked.id(), asked.room());
      return true;
    }
    var wait = host.rate().take(host.nanos());
    if (wait > 0) {
      outbound.tooMuch(asked.id(), asked.room(), wait);
      return true;
    }
    host.context()
        .pipeToSelf(
            page(asked),
            (page, fault) ->
                new Session.HistoryRead(
                    asked, fault == null ? Optional.of(page) : Optional.empty()));
    return false;
  }

  private CompletionStage<RoomLog.Page> page(ClientFrame.History asked) {
    var limit =
        Math.clamp(asked.limit().orElse(Portions.USUAL_PAGE), 1, services.limits().pageEntries());
    var latest = rooms.latest(asked.room());
    return asked.after().isPresent()
        ? services
            .log()
            .after(asked.room(), asked.after().getAsLong(), limit)
            .thenApply(page -> page.upTo(latest).oldestWithin(services.pageBytes()))
        : services
            .log()
            .before(
                asked.room(), Math.min(asked.before().orElse(Long.MAX_VALUE), latest + 1), limit)
            .thenApply(page -> page.newestWithin(services.pageBytes()));
  }

  void read(ClientFrame.History asked, Optional<RoomLog.Page> page) {
    // a user who has been removed from the room must not get the page
    if (rooms.relay(asked.room()).isEmpty())
      outbound.problem(Code.ROOM_NOT_OPEN, "Open the room first.", asked.id(), asked.room());
    else if (page.isEmpty())
      outbound.problem(
          Code.UNAVAILABLE, "The log is temporarily unavailable.", asked.id(), asked.room());
    else
      outbound.send(
          new ServerFrame.Page(
              asked.id(),
              asked.room(),
              Entries.hiding(host.relations().blocked(), page.get().entries()),
              page.get().more()));
    outbound.handled();
  }
}
