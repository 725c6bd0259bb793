package kith.node.core.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import kith.node.core.room.Room;
import kith.node.platform.serialization.CommandOwners;

/// The parts of one relay.
final class RelayParts {
  /// Shared by all relays of a node: the factories of the parts, and the owner of each command and
  /// message.
  record Kinds(List<RelayPart.Factory> factories, CommandOwners commands, CommandOwners messages) {
    static Kinds of(List<RelayPart.Factory> factories) {
      return new Kinds(
          List.copyOf(factories),
          CommandOwners.of(
              RoomRelay.PartCommand.class,
              factories.stream().map(RelayPart.Factory::commands).toList()),
          CommandOwners.of(
              Room.PartMessage.class,
              factories.stream().flatMap(it -> it.messages().stream()).toList()));
    }
  }

  private final Kinds kinds;
  private final List<RelayPart<?, ?>> parts = new ArrayList<>();
  private final Map<Class<?>, RelayPart<?, ?>> owners = new HashMap<>();

  RelayParts(Kinds kinds, RelayHost relay) {
    this.kinds = kinds;
    for (var factory : kinds.factories()) {
      var part = factory.create(relay);
      parts.add(part);
      owners.put(factory.commands(), part);
      factory.messages().ifPresent(messages -> owners.put(messages, part));
    }
  }

  void each(Consumer<RelayPart<?, ?>> action) {
    parts.forEach(action);
  }

  // the owner was found by the type that it declares
  @SuppressWarnings("unchecked")
  void on(RoomRelay.PartCommand command) {
    var owner = Objects.requireNonNull(owners.get(kinds.commands().of(command)));
    ((RelayPart<RoomRelay.PartCommand, ?>) owner).on(command);
  }

  @SuppressWarnings("unchecked")
  void onMessage(Room.PartMessage message) {
    var owner = Objects.requireNonNull(owners.get(kinds.messages().of(message)));
    ((RelayPart<?, Room.PartMessage>) owner).onMessage(message);
  }
}
