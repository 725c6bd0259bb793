package kith.node.feature.directory;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Room;
import kith.node.core.room.RoomContext;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.node.core.room.RoomView;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// A room's place in the directory, kept up to date by the room itself.
public final class RoomListing {
  private final String room;
  private final RoomContext world;
  private final ActorContext<Room.Command> context;
  private final TimerScheduler<Room.Command> timers;

  /// Writes come one after the other: a late one must not bring back what a deletion took away.
  private CompletionStage<Void> written = CompletableFuture.completedFuture(null);

  public RoomListing(
      String room,
      RoomContext world,
      ActorContext<Room.Command> context,
      TimerScheduler<Room.Command> timers) {
    this.room = room;
    this.world = world;
    this.context = context;
    this.timers = timers;
  }

  /// Takes the name that `command` needs, before the room has it. The room is told what came of it.
  public void claim(String name, Room.Naming command) {
    context.pipeToSelf(
        world.directory().claim(room, name),
        (isFree, fault) ->
            fault == null
                ? new Room.NameClaimed(command, isFree)
                : new Room.ClaimUnanswered(command));
  }

  /// Done when the directory has what must be there before anybody is answered. How many members
  /// there are may wait a little.
  public CompletionStage<Void> changed(RoomState after, List<RoomEvent> events) {
    if (events.stream().anyMatch(RoomListing::isListedAtOnce)) return write(after);
    if (!timers.isTimerActive(new Room.Index()))
      timers.startSingleTimer(new Room.Index(), world.indexDelay());
    return CompletableFuture.completedFuture(null);
  }

  private static boolean isListedAtOnce(RoomEvent event) {
    return event instanceof RoomEvent.Created
        || event instanceof RoomEvent.SettingsChanged
        || event instanceof RoomEvent.Deleted;
  }

  public CompletionStage<Void> write(RoomState state) {
    var log = context.getLog();
    // what is not written now is written when the room changes or wakes again
    written =
        written
            .handle((_, _) -> state)
            .thenCompose(this::putOrRemove)
            .whenComplete((_, fault) -> {
              if (fault != null) log.warn("room directory not updated room={}", room, fault);
            });
    return written;
  }

  private CompletionStage<Void> putOrRemove(RoomState state) {
    return switch (state.phase()) {
      case ABSENT -> CompletableFuture.completedFuture(null);
      case OPEN -> world.directory().put(RoomView.summary(room, state));
      case DELETED ->
          world
              .directory()
              .remove(room)
              .thenCompose(_ -> world.mentions().forget(room))
              .thenCompose(_ -> world.log().eraseAll(room, state.lastSeq()));
    };
  }
}
