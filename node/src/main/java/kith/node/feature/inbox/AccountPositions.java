package kith.node.feature.inbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.AccountHost;
import kith.node.platform.config.Intervals;

/// The positions of one account: read from the database when they are first asked for, written back
/// there, and the commands that wait until they are read.
final class AccountPositions {
  private final AccountHost account;
  private final Positions kept;
  private final Map<String, Position> byRoom = new HashMap<>();

  /// Rooms whose positions are not accepted for writing yet.
  private final Set<String> unkept = new HashSet<>();

  private final WaitingInboxCommands waiting;
  private boolean areHere;
  private boolean areLoading;

  AccountPositions(AccountHost account, Positions kept, WaitingInboxCommands waiting) {
    this.account = account;
    this.kept = kept;
    this.waiting = waiting;
  }

  boolean areHere() {
    return areHere;
  }

  void await(AccountInbox.Command asked, Set<String> joined) {
    waiting.add(asked, joined);
    load();
  }

  void load() {
    if (areHere || areLoading) return;
    areLoading = true;
    account
        .actor()
        .pipeToSelf(
            kept.of(account.user()),
            (found, fault) ->
                new AccountInbox.Loaded(fault == null ? Optional.of(found) : Optional.empty()));
  }

  /// Returns the commands that waited for the positions.
  List<AccountInbox.Command> onLoaded(Optional<List<Position>> found) {
    areLoading = false;
    if (found.isEmpty()) {
      account.timers().startSingleTimer(new AccountInbox.Again(), Intervals.RETRY);
      return List.of();
    }
    areHere = true;
    for (var position : found.get()) byRoom.put(position.room(), position);
    return waiting.takeAll();
  }

  void again() {
    load();
    for (var room : List.copyOf(unkept)) write(room);
  }

  Optional<Position> known(String room) {
    return Optional.ofNullable(byRoom.get(room));
  }

  Position of(String room) {
    return known(room).orElseGet(() -> Position.none(room));
  }

  void keep(Position position) {
    byRoom.put(position.room(), position);
    write(position.room());
  }

  void forget(String room) {
    byRoom.remove(room);
    write(room);
  }

  private void write(String room) {
    var position = byRoom.get(room);
    var isTaken =
        position == null ? kept.forget(account.user(), room) : kept.keep(account.user(), position);
    if (isTaken) {
      unkept.remove(room);
      return;
    }
    unkept.add(room);
    account.timers().startSingleTimer(new AccountInbox.Again(), Intervals.RETRY);
  }

  /// True if the latest position in the room was accepted for writing.
  boolean isTaken(String room) {
    return !unkept.contains(room);
  }

  /// True while stopping would lose unsaved work.
  boolean isBusy() {
    return !unkept.isEmpty() || !waiting.isEmpty();
  }

  /// Completes when the accepted positions are on disk.
  CompletionStage<Void> flush() {
    return kept.flush();
  }
}
