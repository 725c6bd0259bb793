package kith.node.feature.receipts;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// How far the members of a room have it: gathered from all nodes for a moment, then told to the
/// relays that want it. Only in memory; what is kept is kept by the members' accounts.
public final class RoomReceipts {
  /// With more members nobody is told names: that would be members times members.
  static final int MOST_NAMED = 50;

  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final Duration BIG_MOMENT = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /// Who may know what was kept is asked again so often while somebody listens: who changes it may
  /// have no device that is in the room.
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final String room;
  private final ReceiptLog kept;
  private final ActorContext<Room.Command> context;
  private final TimerScheduler<Room.Command> timers;

  /// Of members only.
  private final Map<String, Receipt> receiptsByUser = new HashMap<>();

  private final Set<String> changed = new HashSet<>();
  private final Set<ActorRef<RoomRelay.FromRoom>> listeners = new HashSet<>();
  private boolean isLoaded;
  private boolean isLoading;
  private boolean wereNamed = true;

  public RoomReceipts(
      String room,
      ReceiptLog kept,
      ActorContext<Room.Command> context,
      TimerScheduler<Room.Command> timers) {
    this.room = room;
    this.kept = kept;
    this.context = context;
    this.timers = timers;
  }

  public void hear(RoomState state, List<Receipt> receipts) {
    for (var receipt : receipts) {
      if (!state.isMember(receipt.user())) continue;
      var before = receiptsByUser.get(receipt.user());
      // who may know changed, but there is nothing to know
      if (before == null && receipt.delivered() == 0) continue;
      var heard = receipt.upTo(state.lastSeq());
      var now = before == null ? heard : before.merge(heard);
      if (now.equals(before)) continue;
      receiptsByUser.put(receipt.user(), now);
      changed.add(receipt.user());
    }
    if (!changed.isEmpty()) tellSoon(state);
  }

  private void tellSoon(RoomState state) {
    if (listeners.isEmpty()) changed.clear();
    else if (!timers.isTimerActive(new Room.TellReceipts()))
      timers.startSingleTimer(new Room.TellReceipts(), areNamed(state) ? MOMENT : BIG_MOMENT);
  }

  private static boolean areNamed(RoomState state) {
    return state.members().size() <= MOST_NAMED;
  }

  /// A relay wants all there is, and what follows.
  public void listen(RoomState state, ActorRef<RoomRelay.FromRoom> relay) {
    listeners.add(relay);
    if (isLoaded) relay.tell(all(state));
    else load();
  }

  public void ended(ActorRef<RoomRelay.FromRoom> relay) {
    listeners.remove(relay);
  }

  private void load() {
    if (isLoading) return;
    isLoading = true;
    context.pipeToSelf(
        kept.of(room),
        (found, fault) ->
            new Room.ReceiptsLoaded(fault == null ? Optional.of(found) : Optional.empty()));
  }

  public void loaded(RoomState state, Optional<List<Receipt>> found) {
    isLoading = false;
    if (found.isEmpty()) {
      timers.startSingleTimer(new Room.LoadReceipts(), AGAIN);
      return;
    }
    hear(state, found.get());
    timers.startSingleTimer(new Room.LoadReceipts(), FRESH);
    if (isLoaded) return;
    isLoaded = true;
    listeners.forEach(relay -> relay.tell(all(state)));
    changed.clear();
  }

  public void loadAgain() {
    if (listeners.isEmpty()) isLoaded = false;
    else load();
  }

  /// Whoever has come in must not be told of those who have blocked them: said before they can ask.
  public void arrived(RoomState state, List<RoomEvent> events) {
    if (listeners.isEmpty() || !areNamed(state)) return;
    for (var event : events)
      if (event instanceof RoomEvent.Joined it)
        for (var receipt : receiptsByUser.values())
          if (receipt.policy().blocked().contains(it.by())) changed.add(receipt.user());
    tell(state);
  }

  private RoomRelay.FromRoom all(RoomState state) {
    receiptsByUser.keySet().removeIf(user -> !state.isMember(user));
    var all = receiptsByUser.values();
    wereNamed = areNamed(state);
    return wereNamed
        ? new RoomRelay.Receipts(all.stream().map(it -> told(state, it)).toList())
        : new RoomRelay.Spread(ReceiptSpread.of(all));
  }

  public void tell(RoomState state) {
    if (changed.isEmpty() || !isLoaded) return;
    var named = areNamed(state) && wereNamed;
    var word =
        named
            ? new RoomRelay.Receipts(
                changed.stream()
                    .filter(state::isMember)
                    .flatMap(user -> known(user).stream())
                    .map(it -> told(state, it))
                    .toList())
            : all(state);
    changed.clear();
    listeners.forEach(relay -> relay.tell(word));
  }

  private Optional<Receipt> known(String user) {
    return Optional.ofNullable(receiptsByUser.get(user));
  }

  private static Receipt told(RoomState state, Receipt receipt) {
    return receipt.with(receipt.policy().restrictedTo(state::isMember));
  }
}
