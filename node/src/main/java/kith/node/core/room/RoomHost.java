package kith.node.core.room;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The functions of a room that its [RoomPart]s may use.
public interface RoomHost {
  String id();

  ActorContext<Room.Command> actor();

  TimerScheduler<Room.Command> timers();

  /// Reads data for a part and sends the result to this room. A read that fails is repeated.
  ///
  /// @param result makes the part's command from the rows
  <T> void read(Supplier<CompletionStage<T>> read, Function<T, ? extends Room.PartCommand> result);

  boolean isAttached(ActorRef<Room.ToRelay> relay);

  /// Attaches the relay unless it is already attached.
  void attach(RoomState room, ActorRef<Room.ToRelay> relay);

  void tellAll(Room.ToRelay message);

  /// Sends a message to every attached relay except one.
  void tellOthers(ActorRef<Room.ToRelay> except, Room.ToRelay message);
}
