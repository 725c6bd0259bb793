package kith.node.feature.pins;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Commit;
import kith.node.core.room.PostRule;
import kith.node.core.room.Room;
import kith.node.core.room.RoomHost;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;

/// The part of a room that counts its pinned messages. It reads the table when the room wakes;
/// until then the room decides no posts.
///
/// The table may lack a pin that was committed just before a crash: the room then accepts one more
/// than its limit.
final class RoomPins implements RoomPart.WithCommands<RoomPins.Command> {
  sealed interface Command extends Room.PartCommand {}

  record Loaded(List<Long> messages) implements Command {}

  record Factory(PinTable table, PinSettings settings) implements RoomPart.Factory {
    @Override
    public RoomPart create(RoomHost room) {
      return new RoomPins(room, this);
    }

    @Override
    public Optional<Class<? extends Room.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final RoomHost host;
  private final Factory node;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private PinnedSet pinned = PinnedSet.NONE;

  private RoomPins(RoomHost host, Factory node) {
    this.host = host;
    this.node = node;
  }

  @Override
  public CompletionStage<Void> ready() {
    return ready;
  }

  @Override
  public Optional<PostRule> rule() {
    return Optional.of(new PinRule(node.settings(), () -> pinned));
  }

  @Override
  public void awake(RoomState room) {
    if (room.isOpen()) load();
    else ready.complete(null);
  }

  @Override
  public void committed(Commit commit) {
    pinned = pinned.with(commit.events());
    if (!commit.after().isOpen()) ready.complete(null);
  }

  @Override
  public void on(RoomState room, Command command) {
    switch (command) {
      case Loaded(var messages) -> {
        pinned = PinnedSet.of(messages);
        ready.complete(null);
      }
    }
  }

  private void load() {
    host.read(() -> node.table().ofRoom(host.id()), Loaded::new);
  }
}
