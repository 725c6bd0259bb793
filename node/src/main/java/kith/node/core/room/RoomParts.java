package kith.node.core.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kith.node.platform.serialization.CommandOwners;

/// The parts of one room.
final class RoomParts {
  private final List<RoomPart> parts = new ArrayList<>();
  private final Map<Class<?>, RoomPart> partsByCommands = new HashMap<>();
  private final CommandOwners owners;

  /// @param owners the part that owns each command
  RoomParts(List<RoomPart.Factory> factories, CommandOwners owners, RoomHost room) {
    this.owners = owners;
    for (var factory : factories) {
      var part = factory.create(room);
      parts.add(part);
      factory.commands().ifPresent(commands -> partsByCommands.put(commands, part));
    }
  }

  /// The rules about posts of this room: those of the node, and those of the parts.
  List<PostRule> rules(List<PostRule> ofNode) {
    return Stream.concat(ofNode.stream(), parts.stream().flatMap(part -> part.rule().stream()))
        .toList();
  }

  CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(
        parts.stream()
            .map(part -> part.ready().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  Applicant.Approval approval(String user) {
    return parts.stream().anyMatch(part -> part.admits(user))
        ? Applicant.Approval.ACCEPTED
        : Applicant.Approval.NONE;
  }

  void each(Consumer<RoomPart> action) {
    parts.forEach(action);
  }

  void on(RoomState room, Room.PartCommand command) {
    dispatch(partsByCommands.get(owners.of(command)), room, command);
  }

  // safe: the owner was found by its declared command type
  @SuppressWarnings("unchecked")
  private static <C extends Room.PartCommand> void dispatch(
      @org.jspecify.annotations.Nullable RoomPart owner, RoomState room, C command) {
    if (!(owner instanceof RoomPart.WithCommands<?>))
      throw new IllegalStateException("No part of a room handles " + command.getClass());
    ((RoomPart.WithCommands<C>) owner).on(room, command);
  }
}
