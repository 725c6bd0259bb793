package kith.node.feature.receipts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.room.Commit;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHost;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The receipts of a room's members: gathered from all nodes for a moment, then sent to the
/// subscribed relays. They are only in memory; the members' accounts store the positions.
public final class RoomReceipts implements RoomPart.WithCommands<RoomReceipts.Command> {

  public sealed interface Command extends Room.PartCommand {}

  /// The receipts of some members.
  public record Report(List<Receipt> receipts) implements Command {
    public Report {
      receipts = List.copyOf(receipts);
    }

    public static List<Report> inParts(Collection<Receipt> receipts) {
      var parts = new ArrayList<Report>();
      var some = new ArrayList<Receipt>();
      int weight = 0;
      for (var receipt : receipts) {
        if (!some.isEmpty() && weight + receipt.weight() > Portions.MESSAGE_RECEIPTS) {
          parts.add(new Report(some));
          some.clear();
          weight = 0;
        }
        some.add(receipt);
        weight += receipt.weight();
      }
      if (!some.isEmpty()) parts.add(new Report(some));
      return parts;
    }
  }

  /// Subscribes a relay to the receipts of all members.
  public record Subscribe(ActorRef<Room.ToRelay> relay) implements Command {}

  private record Loaded(Optional<List<Receipt>> receipts) implements Command {}

  private record Load() implements Command {}

  private record Publish() implements Command {}

  /// Sent to the relays that subscribed.
  public sealed interface Message extends Room.PartMessage {}

  /// The receipts that have changed, or all.
  public record Changed(List<Receipt> receipts) implements Message {
    public Changed {
      receipts = List.copyOf(receipts);
    }
  }

  public record Counted(ReceiptSpread spread) implements Message {}

  /// @param kept the stored receipts
  /// @param mostNamed a room with more members has no named receipts
  public static RoomPart.Factory factory(ReceiptLog kept, int mostNamed) {
    return new RoomPart.Factory() {
      @Override
      public RoomPart create(RoomHost room) {
        return new RoomReceipts(room, kept, mostNamed);
      }

      @Override
      public Optional<Class<? extends Room.PartCommand>> commands() {
        return Optional.of(Command.class);
      }
    };
  }

  private final RoomHost host;
  private final ReceiptLog kept;

  /// A room with more members sends counts without names: the number of names sent would grow with
  /// the square of the members.
  private final int mostNamed;

  private final TimerScheduler<Room.Command> timers;

  /// The receipts of current members.
  private final Map<String, Receipt> receiptsByUser = new HashMap<>();

  private final Set<String> changed = new HashSet<>();
  private final Set<ActorRef<Room.ToRelay>> listeners = new HashSet<>();
  private boolean isLoaded;
  private boolean isLoading;
  private boolean wereNamed = true;

  private RoomReceipts(RoomHost host, ReceiptLog kept, int mostNamed) {
    this.host = host;
    this.kept = kept;
    this.mostNamed = mostNamed;
    this.timers = host.timers();
  }

  @Override
  public void on(RoomState room, Command command) {
    switch (command) {
      case Report(var receipts) -> report(room, receipts);
      case Subscribe(var relay) -> subscribe(room, relay);
      case Loaded(var found) -> onLoaded(room, found);
      case Load _ -> loadAgain();
      case Publish _ -> publish(room);
    }
  }

  private void report(RoomState state, List<Receipt> receipts) {
    for (var receipt : receipts) {
      if (!state.isMember(receipt.user())) continue;
      var before = receiptsByUser.get(receipt.user());
      // the policy may have changed, but there is no progress to show
      if (before == null && receipt.delivered() == 0) continue;
      var heard = receipt.upTo(state.lastSeq());
      var now = before == null ? heard : before.merge(heard);
      if (now.equals(before)) continue;
      receiptsByUser.put(receipt.user(), now);
      changed.add(receipt.user());
    }
    if (!changed.isEmpty()) publishSoon(state);
  }

  private void publishSoon(RoomState state) {
    if (listeners.isEmpty()) changed.clear();
    else if (!timers.isTimerActive(new Publish()))
      timers.startSingleTimer(
          new Publish(), areNamed(state) ? Intervals.LIVE : Intervals.LIVE_COUNTS);
  }

  private boolean areNamed(RoomState state) {
    return state.members().size() <= mostNamed;
  }

  /// Sends the relay all receipts, and later the changes.
  private void subscribe(RoomState state, ActorRef<Room.ToRelay> relay) {
    if (!host.isAttached(relay)) host.attach(state, relay);
    listeners.add(relay);
    if (isLoaded) relay.tell(all(state));
    else load();
  }

  @Override
  public void relayEnded(ActorRef<Room.ToRelay> relay) {
    listeners.remove(relay);
  }

  private void load() {
    if (isLoading) return;
    isLoading = true;
    host.actor()
        .pipeToSelf(
            kept.of(host.id()),
            (found, fault) -> new Loaded(fault == null ? Optional.of(found) : Optional.empty()));
  }

  private void onLoaded(RoomState state, Optional<List<Receipt>> found) {
    isLoading = false;
    if (found.isEmpty()) {
      timers.startSingleTimer(new Load(), Intervals.RETRY);
      return;
    }
    report(state, found.get());
    timers.startSingleTimer(new Load(), Intervals.RECEIPT_POLICIES);
    if (isLoaded) return;
    isLoaded = true;
    listeners.forEach(relay -> relay.tell(all(state)));
    changed.clear();
  }

  private void loadAgain() {
    if (listeners.isEmpty()) isLoaded = false;
    else load();
  }

  /// A new member must not see receipts of members who have blocked it: their policy goes to the
  /// relays before it can subscribe.
  @Override
  public void committed(Commit commit) {
    var state = commit.after();
    if (listeners.isEmpty() || !areNamed(state)) return;
    for (var event : commit.events())
      if (event instanceof RoomEvent.Joined it)
        for (var receipt : receiptsByUser.values())
          if (receipt.policy().blocked().contains(it.by())) changed.add(receipt.user());
    publish(state);
  }

  private Room.ToRelay all(RoomState state) {
    receiptsByUser.keySet().removeIf(user -> !state.isMember(user));
    var all = receiptsByUser.values();
    wereNamed = areNamed(state);
    return wereNamed
        ? new Changed(all.stream().map(it -> told(state, it)).toList())
        : new Counted(ReceiptSpread.of(all));
  }

  private void publish(RoomState state) {
    if (changed.isEmpty() || !isLoaded) return;
    var named = areNamed(state) && wereNamed;
    var word =
        named
            ? new Changed(
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
