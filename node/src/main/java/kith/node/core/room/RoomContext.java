package kith.node.core.room;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.metrics.RoomMetrics;
import kith.node.platform.serialization.CommandOwners;

/// The services that all rooms of a node share, and the parts that features attach to them.
///
/// @param expelled called with the user and the room when a member was made to leave
public record RoomContext(
    RoomSettings settings,
    Clock clock,
    RoomLog log,
    NameRegistry names,
    Passcodes passcodes,
    BiConsumer<String, String> expelled,
    RoomMetrics metrics,
    List<PostRule> rules,
    List<RoomPart.Factory> parts,
    CommandOwners commandOwners,
    List<Projection> projections,
    ProjectionStore projectionStore,
    AgingContext aging) {

  /// Throws an `IllegalStateException` if two parts own the same command.
  public RoomContext(
      RoomSettings settings,
      Clock clock,
      RoomLog log,
      NameRegistry names,
      Passcodes passcodes,
      BiConsumer<String, String> expelled,
      RoomMetrics metrics,
      List<PostRule> rules,
      List<RoomPart.Factory> parts,
      List<Projection> projections,
      ProjectionStore projectionStore,
      AgingContext aging) {
    this(
        settings,
        clock,
        log,
        names,
        passcodes,
        expelled,
        metrics,
        rules,
        parts,
        CommandOwners.of(
            Room.PartCommand.class,
            parts.stream().flatMap(part -> part.commands().stream()).toList()),
        projections,
        projectionStore,
        aging);
  }

  /// The services with which rooms remove their oldest entries.
  public record AgingContext(RetentionSettings settings, LogAging log, AgingPace pace) {}

  /// Slow hashing, which runs outside the actors' threads.
  public interface Passcodes {
    CompletionStage<String> hash(String passcode);

    CompletionStage<Boolean> matches(String passcode, String hash);
  }

  RoomState.Bounds bounds() {
    var ids = settings.idempotency();
    return new RoomState.Bounds(
        settings.members(),
        settings.bans(),
        settings.invitations(),
        new RecentPosts.Window(ids.posts(), ids.most(), ids.age()));
  }
}
