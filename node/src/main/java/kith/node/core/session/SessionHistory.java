package kith.node.core.session;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomLog;
import kith.node.core.session.Session.Command;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// The pages of open rooms' logs that a client asks for.
final class SessionHistory {
  /// A page has at most so many bytes of text.
  private static final int PAGE_BYTES = 256 * 1024;

  private final ActorContext<Command> context;
  private final SessionContext world;
  private final Outbound outbound;
  private final OpenRooms rooms;
  private final RateLimit rate;
  private final Supplier<Relations> circle;

  SessionHistory(
      ActorContext<Command> context,
      SessionContext world,
      Outbound outbound,
      OpenRooms rooms,
      RateLimit rate,
      Supplier<Relations> circle) {
    this.context = context;
    this.world = world;
    this.outbound = outbound;
    this.rooms = rooms;
    this.rate = rate;
    this.circle = circle;
  }

  /// False if the frame counts as handled only later, when its answer is there.
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
    var wait = rate.take(world.nanoClock().getAsLong());
    if (wait > 0) {
      outbound.tooMuch(asked.id(), asked.room(), wait);
      return true;
    }
    context.pipeToSelf(
        page(asked),
        (page, fault) ->
            new Session.HistoryRead(asked, fault == null ? Optional.of(page) : Optional.empty()));
    return false;
  }

  private CompletionStage<RoomLog.Page> page(ClientFrame.History asked) {
    var limit = Math.clamp(asked.limit().orElse(50), 1, world.limits().pageEntries());
    var latest = rooms.latest(asked.room());
    return asked.after().isPresent()
        ? world
            .log()
            .after(asked.room(), asked.after().getAsLong(), limit)
            .thenApply(page -> page.upTo(latest).oldestWithin(PAGE_BYTES))
        : world
            .log()
            .before(
                asked.room(), Math.min(asked.before().orElse(Long.MAX_VALUE), latest + 1), limit)
            .thenApply(page -> page.newestWithin(PAGE_BYTES));
  }

  void read(ClientFrame.History asked, Optional<RoomLog.Page> page) {
    // whoever was made to leave meanwhile does not get the page any more
    if (rooms.relay(asked.room()).isEmpty())
      outbound.problem(Code.ROOM_NOT_OPEN, "Open the room first.", asked.id(), asked.room());
    else if (page.isEmpty())
      outbound.problem(Code.UNAVAILABLE, "The log cannot be read now.", asked.id(), asked.room());
    else
      outbound.say(
          new ServerFrame.Page(
              asked.id(),
              asked.room(),
              Entries.hiding(circle.get().blocked(), page.get().entries()),
              page.get().more()));
    outbound.handled();
  }
}
