package kith.node.core.room;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// Rebuilds one projection of all rooms, each room from its own log, a few at a time. People can
/// post meanwhile. A room that fails keeps the rows it has written and continues when it wakes.
public final class ProjectionRebuild {
  private final Rooms rooms;
  private final Jdbc jdbc;
  private final List<Projection> projections;

  public ProjectionRebuild(Rooms rooms, Jdbc jdbc, List<Projection> projections) {
    this.rooms = rooms;
    this.jdbc = jdbc;
    this.projections = projections;
  }

  /// The rooms done so far, and how many of them failed.
  public record Progress(long rooms, long failed) {
    private Progress with(Room.Outcome outcome) {
      return new Progress(rooms + 1, outcome instanceof Room.Done ? failed : failed + 1);
    }
  }

  public List<String> names() {
    return projections.stream().map(Projection::name).sorted().toList();
  }

  /// Emits the progress at the start and after each room.
  public Source<Progress, NotUsed> rebuild(String projection) {
    return Source.unfoldAsync(Optional.of(""), this::next)
        .mapConcat(page -> page)
        .mapAsyncUnordered(Portions.REBUILDS, room -> rooms.rebuild(room, projection))
        .scan(new Progress(0, 0), Progress::with);
  }

  private CompletionStage<Optional<Pair<Optional<String>, List<String>>>> next(
      Optional<String> after) {
    if (after.isEmpty())
      return java.util.concurrent.CompletableFuture.completedFuture(Optional.empty());
    return jdbc.with(connection -> RoomIds.after(connection, after.get()))
        .thenApply(page ->
            Optional.of(
                Pair.create(
                    page.size() < Portions.EVENTS ? Optional.empty() : Optional.of(page.getLast()),
                    page)));
  }
}
