package kith.node.core.room;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The projections of one room, updated after its commits: one write at a time for each, in order.
final class Projections {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private final String room;
  private final RoomLog log;
  private final ProjectionStore store;
  private final ActorContext<Room.Command> actor;
  private final TimerScheduler<Room.Command> timers;
  private final Map<String, ProjectionProgress> progressByName = new LinkedHashMap<>();
  private final Duration gatheringTime;

  Projections(
      String room,
      RoomContext node,
      ActorContext<Room.Command> actor,
      TimerScheduler<Room.Command> timers) {
    this.room = room;
    this.log = node.log();
    this.store = node.projectionStore();
    this.actor = actor;
    this.timers = timers;
    this.gatheringTime = gatheringTime(room);
    for (var projection : node.projections())
      progressByName.put(
          projection.name(), new ProjectionProgress(projection, node.settings().waitingEvents()));
  }

  /// Between half of `WRITE` and all of it: rooms that become busy at the same time, as after a
  /// start, do not all write at the same time.
  private static Duration gatheringTime(String room) {
    var parts = 64;
    return Intervals.WRITE
        .dividedBy(2)
        .plus(
            Intervals.WRITE
                .dividedBy(2L * parts)
                .multipliedBy(Math.floorMod(room.hashCode(), parts)));
  }

  /// Writes the changes that the room could not write before it slept or crashed.
  void awake(RoomState state) {
    if (state.lastSeq() > 0 && !progressByName.isEmpty()) load();
  }

  private void load() {
    actor.pipeToSelf(
        store.positions(room),
        (found, fault) ->
            fault == null ? new Room.PositionsLoaded(found) : new Room.PositionsNotLoaded());
  }

  /// @return done when the reply to the command may be sent
  CompletionStage<Void> follow(Commit commit) {
    var isNew = commit.before().lastSeq() == 0;
    var written = DONE;
    for (var progress : progressByName.values()) {
      if (isNew) progress.loaded(0, 0);
      var reply = progress.follow(commit);
      if (reply.isPresent()) written = written.thenCombine(reply.get(), (_, _) -> null);
      step(commit.after(), progress);
    }
    return written;
  }

  /// From now on, writes without delay, because the room has to leave its node.
  void stopping(RoomState state) {
    for (var progress : progressByName.values()) {
      progress.stopping();
      step(state, progress);
    }
  }

  /// True if stopping the room now would lose nothing.
  boolean areSettled(RoomState state) {
    return state.lastSeq() == 0
        || progressByName.values().stream().allMatch(ProjectionProgress::isSettled);
  }

  void on(RoomState state, Room.ProjectionCommand command) {
    switch (command) {
      case Room.LoadPositions _ -> load();
      case Room.PositionsLoaded(var seqByProjection) -> onLoaded(state, seqByProjection);
      case Room.PositionsNotLoaded _ ->
          actor.scheduleOnce(Intervals.RETRY, actor.getSelf(), new Room.LoadPositions());
      case Room.ProjectionDue(var name) ->
          known(name)
              .ifPresent(it -> {
                it.due();
                step(state, it);
              });
      case Room.EventsRead(var name, var attempt, var page) ->
          current(name, attempt).ifPresent(it -> write(state, it, it.read(page)));
      case Room.Projected(var name, var attempt, var to) ->
          current(name, attempt)
              .ifPresent(it -> {
                it.written(to);
                step(state, it);
              });
      case Room.ProjectedElsewhere(var name, var attempt) ->
          current(name, attempt)
              .ifPresent(it -> {
                it.unloaded();
                load();
              });
      case Room.NotProjected(var name, var attempt) ->
          current(name, attempt).ifPresent(this::failed);
    }
  }

  private Optional<ProjectionProgress> known(String name) {
    return Optional.ofNullable(progressByName.get(name));
  }

  private Optional<ProjectionProgress> current(String name, long attempt) {
    return known(name).filter(it -> it.isCurrent(attempt));
  }

  private void onLoaded(RoomState state, Map<String, Long> seqByProjection) {
    for (var progress : progressByName.values()) {
      if (progress.isLoaded()) continue;
      var seq = seqByProjection.getOrDefault(progress.projection().name(), 0L);
      if (seq > state.lastSeq()) startOver(progress);
      else {
        progress.loaded(seq, state.lastSeq());
        step(state, progress);
      }
    }
  }

  /// The log was restored from a backup that is older than the projection.
  private void startOver(ProjectionProgress progress) {
    actor.pipeToSelf(
        store.reset(progress.projection(), room), (_, _) -> new Room.PositionsNotLoaded());
  }

  private void step(RoomState state, ProjectionProgress progress) {
    switch (progress.next()) {
      case ProjectionProgress.Rest _ -> {}
      case ProjectionProgress.Gather _ -> gather(progress);
      case ProjectionProgress.Read(var after) -> read(progress, after);
      case ProjectionProgress.Write write -> write(state, progress, write);
    }
  }

  private void gather(ProjectionProgress progress) {
    var due = new Room.ProjectionDue(progress.projection().name());
    if (!timers.isTimerActive(due)) timers.startSingleTimer(due, gatheringTime);
  }

  private void read(ProjectionProgress progress, long after) {
    var name = progress.projection().name();
    var attempt = progress.attempt();
    actor.pipeToSelf(
        log.events(room, after, Portions.EVENTS),
        (page, fault) ->
            fault == null
                ? new Room.EventsRead(name, attempt, page)
                : new Room.NotProjected(name, attempt));
  }

  private void write(RoomState state, ProjectionProgress progress, ProjectionProgress.Write write) {
    var projection = progress.projection();
    var attempt = progress.attempt();
    var change = new Projection.Change(room, state, write.events());
    var written =
        store.apply(
            new ProjectionStore.Advance(
                projection, write.from(), write.to(), write.isUrgent(), change));
    actor.pipeToSelf(
        // also if the position had already moved: the answer to an earlier write may have been lost
        written.whenComplete((_, fault) -> {
          if (fault == null) projection.applied(change);
        }),
        (isMoved, fault) -> result(projection.name(), attempt, write.to(), isMoved, fault));
  }

  private static Room.ProjectionCommand result(
      String name,
      long attempt,
      long to,
      @org.jspecify.annotations.Nullable Boolean isMoved,
      @org.jspecify.annotations.Nullable Throwable fault) {
    if (fault != null || isMoved == null) return new Room.NotProjected(name, attempt);
    return isMoved
        ? new Room.Projected(name, attempt, to)
        : new Room.ProjectedElsewhere(name, attempt);
  }

  private void failed(ProjectionProgress progress) {
    progress.failed();
    var name = progress.projection().name();
    actor.getLog().warn("projection=not-written name={} room={}", name, room);
    actor.scheduleOnce(Intervals.RETRY, actor.getSelf(), new Room.ProjectionDue(name));
  }

  /// @return done when the projection has applied everything that the room has now; fails if there
  ///   is no such projection or it cannot be emptied
  CompletionStage<Void> rebuild(RoomState state, String name) {
    var progress = progressByName.get(name);
    if (progress == null)
      return CompletableFuture.failedFuture(new IllegalArgumentException("No projection " + name));
    progress.unloaded();
    var built = progress.reaches(state.lastSeq());
    return store
        .reset(progress.projection(), room)
        .whenComplete((_, _) -> actor.getSelf().tell(new Room.LoadPositions()))
        .thenCompose(_ -> built);
  }
}
