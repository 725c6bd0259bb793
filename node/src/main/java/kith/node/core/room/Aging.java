package kith.node.core.room;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Portions;
import kith.node.platform.config.RetentionSettings;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// The removal of the oldest entries of one room from its log, or into segments: one search or one
/// step at a time. A failed step is repeated when [AgingWorker] asks the room again.
final class Aging {
  private final String room;
  private final LogAging log;
  private final RetentionSettings server;
  private final AgingPace pace;
  private final Clock clock;
  private final ActorContext<Room.Command> context;

  /// The room's own retention; `limits` are its limits and those of the server.
  private Optional<Retention> own = Optional.empty();

  private Retention limits;
  private boolean isBusy;
  private boolean isAgain;
  private boolean isUrgent;

  /// The last search found nothing to remove yet.
  private boolean hasRested;

  /// The number and size of the entries since the last search.
  private long entries;

  private long bytes;

  Aging(String room, RoomContext node, ActorContext<Room.Command> context) {
    this.room = room;
    this.log = node.aging().log();
    this.server = node.aging().settings();
    this.pace = node.aging().pace();
    this.clock = node.clock();
    this.context = context;
    this.limits = RetentionRules.effective(own, server);
  }

  void awake(RoomState state) {
    if (state.isOpen() && !RetentionRules.isUnlimited(limits(state))) look(state);
  }

  private Retention limits(RoomState state) {
    var now = state.settings().retention();
    if (!now.equals(own)) {
      own = now;
      limits = RetentionRules.effective(now, server);
    }
    return limits;
  }

  /// False while a step is running: the room must not sleep then.
  boolean isSettled() {
    return !isBusy;
  }

  void follow(Commit commit) {
    var state = commit.after();
    if (!state.isOpen()) return;
    var limits = limits(state);
    entries += commit.events().size();
    var isDecided = false;
    for (var event : commit.events()) {
      switch (event) {
        case RoomEvent.SettingsChanged it when it.retention().isPresent() -> isUrgent = true;
        case RoomEvent.Created _, RoomEvent.Truncated _ -> isDecided = true;
        case RoomEvent ignored -> {
          if (limits.bytes().isPresent()) bytes += Entries.bytes(Entries.of(0, event));
        }
      }
    }
    hasRested &= !isDecided;
    var isLimited = !RetentionRules.isUnlimited(limits) || state.tally().first() > 0;
    // after many entries, the oldest may be due for a segment
    if (isUrgent
        || isAbove(limits, state)
        || (isDecided && isLimited)
        || entries >= Portions.SEALED) look(state);
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
        // the commit begins the next search
        if (state.isOpen())
          return Optional.of(
              new RoomEvent.Truncated(
                  now(), hide.first(), hide.messages().orElse(state.tally().counts().messages())));
      }
      case Room.Looked(LogAging.Rest _) -> {
        hasRested = true;
        ended();
      }
      case Room.Looked(var found) -> step(state, found);
      case Room.AgeOn(var found) -> step(state, found);
      case Room.Aged(var found, var step) -> {
        var wait = pace.take(step.entries());
        if (step.isDone()) {
          ended();
          look(state);
        } else {
          context.scheduleOnce(wait, context.getSelf(), new Room.AgeOn(found));
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
    entries = 0;
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

  private void step(RoomState state, LogAging.Finding found) {
    switch (found) {
      case LogAging.Destroy hidden -> step(found, log.destroy(room, state, hidden));
      case LogAging.Seal old -> step(found, log.seal(room, state, old));
      case LogAging.Hide _, LogAging.Rest _ -> ended();
    }
  }

  private void step(LogAging.Finding found, CompletionStage<LogAging.Step> done) {
    context.pipeToSelf(
        done, (step, fault) -> fault == null ? new Room.Aged(found, step) : new Room.NotAged());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
