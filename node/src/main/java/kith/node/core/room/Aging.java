package kith.node.core.room;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kith.node.platform.config.NodeSettings;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// The removal of the oldest entries of one room: one look or one step of the destruction at a
/// time. A failed one is repeated when [AgingWorker] asks the room again.
final class Aging {
  private final String room;
  private final LogAging log;
  private final NodeSettings.Retention server;
  private final AgingPace pace;
  private final Clock clock;
  private final ActorContext<Room.Command> context;

  private boolean isBusy;
  private boolean isAgain;
  private boolean isUrgent;

  /// The last look found nothing to remove yet.
  private boolean hasRested;

  /// The size of the entries since the last look.
  private long bytes;

  Aging(String room, RoomContext node, ActorContext<Room.Command> context) {
    this.room = room;
    this.log = node.aging().log();
    this.server = node.aging().settings();
    this.pace = node.aging().pace();
    this.clock = node.clock();
    this.context = context;
  }

  void awake(RoomState state) {
    if (state.isOpen() && !RetentionRules.isUnlimited(limits(state))) look(state);
  }

  private Retention limits(RoomState state) {
    return RetentionRules.effective(state.settings().retention(), server);
  }

  /// False while a step is running: the room must not sleep then.
  boolean isSettled() {
    return !isBusy;
  }

  void follow(Commit commit) {
    var state = commit.after();
    if (!state.isOpen()) return;
    var isDecided = false;
    for (var event : commit.events()) {
      switch (event) {
        case RoomEvent.SettingsChanged it when it.retention().isPresent() -> isUrgent = true;
        case RoomEvent.Created _, RoomEvent.Truncated _ -> isDecided = true;
        case RoomEvent ignored -> bytes += Entries.bytes(Entries.of(0, event));
      }
    }
    hasRested &= !isDecided;
    var limits = limits(state);
    var isLimited = !RetentionRules.isUnlimited(limits) || state.tally().first() > 0;
    if (isUrgent || isAbove(limits, state) || (isDecided && isLimited)) look(state);
  }

  private boolean isAbove(Retention limits, RoomState state) {
    var entries = state.lastSeq() - Math.max(state.tally().first(), 1) + 1;
    if (limits.entries().isPresent() && entries > limits.entries().getAsLong() && !hasRested)
      return true;
    return RetentionRules.isFarAbove(limits.entries(), entries)
        || (limits.bytes().isPresent() && bytes > limits.bytes().getAsLong() / 10);
  }

  /// @return an event that the room has to persist
  Optional<RoomEvent> on(RoomState state, Room.AgingCommand command) {
    switch (command) {
      case Room.Age _ -> look(state);
      case Room.Looked(LogAging.Hide hide) -> {
        ended();
        // the commit begins the next look
        if (state.isOpen())
          return Optional.of(
              new RoomEvent.Truncated(
                  now(), hide.first(), hide.messages().orElse(state.tally().counts().messages())));
      }
      case Room.Looked(LogAging.Destroy hidden) -> destroy(state, hidden);
      case Room.Looked(LogAging.Rest _) -> {
        hasRested = true;
        ended();
      }
      case Room.DestroyMore(var hidden) -> destroy(state, hidden);
      case Room.Destroyed(var hidden, var entries, var isDone) -> {
        if (isDone) {
          ended();
          look(state);
        } else {
          context.scheduleOnce(pace.take(entries), context.getSelf(), new Room.DestroyMore(hidden));
        }
      }
      case Room.NotAged _ -> {
        context.getLog().warn("aging=failed room={}", room);
        ended();
      }
    }
    if (!isBusy && isAgain) look(state);
    return Optional.empty();
  }

  private void ended() {
    isBusy = false;
  }

  private void look(RoomState state) {
    if (isBusy) {
      isAgain = true;
      return;
    }
    if (state.lastSeq() == 0) return;
    isBusy = true;
    isAgain = false;
    bytes = 0;
    var question =
        new LogAging.Question(
            room,
            state.isOpen() ? limits(state) : Retention.NONE,
            state.tally().first(),
            state.lastSeq(),
            now(),
            isUrgent);
    isUrgent = false;
    context.pipeToSelf(
        log.look(question),
        (found, fault) -> fault == null ? new Room.Looked(found) : new Room.NotAged());
  }

  private void destroy(RoomState state, LogAging.Destroy hidden) {
    context.pipeToSelf(
        log.destroy(room, state, hidden),
        (done, fault) ->
            fault == null
                ? new Room.Destroyed(hidden, done.entries(), done.isDone())
                : new Room.NotAged());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
