package kith.node.core.account;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.InboxCommand;
import kith.node.feature.inbox.Position;
import kith.node.feature.inbox.Positions;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The positions of one account on their way from where they are kept, when they are asked for
/// first, and back there; and what has to wait for them.
final class AccountPositions {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final String user;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Positions kept;
  private final Map<String, Position> byRoom = new HashMap<>();

  /// Not taken yet by those who keep it; no more than there are rooms.
  private final Set<String> unkept = new HashSet<>();

  private final WaitingInboxCommands waiting = new WaitingInboxCommands();
  private boolean areHere;
  private boolean areLoading;

  AccountPositions(
      String user, ActorContext<Command> context, TimerScheduler<Command> timers, Positions kept) {
    this.user = user;
    this.context = context;
    this.timers = timers;
    this.kept = kept;
  }

  boolean areHere() {
    return areHere;
  }

  void await(InboxCommand asked, Set<String> joined) {
    waiting.add(asked, joined);
    load();
  }

  private void load() {
    if (areLoading) return;
    areLoading = true;
    context.pipeToSelf(
        kept.of(user),
        (found, fault) ->
            new AccountInbox.Loaded(fault == null ? Optional.of(found) : Optional.empty()));
  }

  /// What has waited can be done now.
  List<InboxCommand> onLoaded(Optional<List<Position>> found) {
    areLoading = false;
    if (found.isEmpty()) {
      timers.startSingleTimer(new AccountInbox.Again(), AGAIN);
      return List.of();
    }
    areHere = true;
    for (var position : found.get()) byRoom.put(position.room(), position);
    return waiting.takeAll();
  }

  /// What failed is tried again.
  void again() {
    if (!areHere) load();
    for (var room : List.copyOf(unkept)) say(room);
  }

  Optional<Position> known(String room) {
    return Optional.ofNullable(byRoom.get(room));
  }

  Position of(String room) {
    return known(room).orElseGet(() -> Position.none(room));
  }

  void keep(Position position) {
    byRoom.put(position.room(), position);
    say(position.room());
  }

  void forget(String room) {
    byRoom.remove(room);
    say(room);
  }

  private void say(String room) {
    var position = byRoom.get(room);
    var isTaken = position == null ? kept.forget(user, room) : kept.keep(user, position);
    if (isTaken) {
      unkept.remove(room);
      return;
    }
    unkept.add(room);
    timers.startSingleTimer(new AccountInbox.Again(), AGAIN);
  }

  /// Do those who keep it have what was said last of the room?
  boolean isTaken(String room) {
    return !unkept.contains(room);
  }

  /// Is there something that nobody else has?
  boolean isBusy() {
    return !unkept.isEmpty() || !waiting.isEmpty();
  }

  /// Done when those who come after find what was kept here.
  CompletionStage<Void> flush() {
    return kept.flush();
  }
}
