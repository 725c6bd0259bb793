package kith.node.feature.receipts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.relay.RelayHost;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.RoomRelay;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import kith.node.platform.config.Intervals;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The part of a relay that gathers the receipts of members on this node, sends them to the room in
/// batches, and passes on the receipts of all members.
public final class RelayReceipts implements RelayPart<RelayReceipts.Command, RoomReceipts.Message> {

  public sealed interface Command extends RoomRelay.PartCommand {}

  /// The receipt of a member on this node.
  public record Report(Receipt receipt) implements Command {}

  /// Subscribes a session that has the room open to the receipts of all members.
  public record Subscribe(ActorRef<ToSession> session) implements Command {}

  private record Flush() implements Command {}

  /// Sent to the sessions that subscribed.
  public sealed interface Word extends RoomRelay.PartWord {}

  public record Changed(String room, List<Receipt> receipts) implements Word {}

  public record Counted(String room, ReceiptSpread spread) implements Word {}

  /// @param mostMembers the number of members that a room can have
  public static RelayPart.Factory factory(int mostMembers) {
    return new RelayPart.Factory() {
      @Override
      public RelayPart<?, ?> create(RelayHost relay) {
        return new RelayReceipts(relay, mostMembers);
      }

      @Override
      public Class<? extends RoomRelay.PartCommand> commands() {
        return Command.class;
      }

      @Override
      public Optional<Class<? extends Room.PartMessage>> messages() {
        return Optional.of(RoomReceipts.Message.class);
      }
    };
  }

  private final RelayHost host;
  private final int mostMembers;
  private final TimerScheduler<RoomRelay.Command> timers;

  /// Receipts of members on this node: a new incarnation of the room may not have received them.
  private final Map<String, Receipt> own = new HashMap<>();

  private final Map<String, Receipt> unreported = new HashMap<>();

  /// Receipts received from the room.
  private final Map<String, Receipt> known = new HashMap<>();

  private Optional<ReceiptSpread> spread = Optional.empty();
  private final Set<ActorRef<ToSession>> listeners = new HashSet<>();
  private boolean isAnswered;
  private boolean isAsked;

  private RelayReceipts(RelayHost host, int mostMembers) {
    this.host = host;
    this.mostMembers = mostMembers;
    this.timers = host.timers();
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Report(var receipt) -> report(receipt);
      case Subscribe(var session) -> subscribe(session);
      case Flush _ -> flush();
    }
  }

  @Override
  public void onMessage(RoomReceipts.Message message) {
    switch (message) {
      case RoomReceipts.Changed changed -> onChanged(changed);
      case RoomReceipts.Counted counted -> onCounted(counted);
    }
  }

  // commands of sessions

  private void report(Receipt receipt) {
    var before = own.get(receipt.user());
    var now = before == null ? receipt : before.merge(receipt);
    if (now.equals(before) || (before == null && own.size() >= mostMembers)) return;
    // the room cuts receipts at its end, but a later retry must not claim entries written since
    own.put(receipt.user(), now.upTo(host.lastSeq()));
    unreported.merge(receipt.user(), now, Receipt::merge);
    if (!timers.isTimerActive(new Flush())) timers.startSingleTimer(new Flush(), Intervals.LIVE);
  }

  private void flush() {
    reportToRoom(unreported);
    unreported.clear();
  }

  private void reportToRoom(Map<String, Receipt> receipts) {
    RoomReceipts.Report.inParts(receipts.values()).forEach(host::tellRoom);
  }

  private void subscribe(ActorRef<ToSession> session) {
    if (!host.hasSession(session)) return;
    listeners.add(session);
    // later messages carry only changes
    tellAll(session);
    if (!isAsked) ask();
  }

  @Override
  public void sessionGone(ActorRef<ToSession> session) {
    listeners.remove(session);
  }

  @Override
  public void departed(String user) {
    own.remove(user);
    unreported.remove(user);
    known.remove(user);
  }

  // the room

  /// A new incarnation of the room has only the stored receipts.
  @Override
  public void attached() {
    isAnswered = isAsked = false;
    reportToRoom(own);
    leaseRenewed();
  }

  /// The subscription or some of the answers may have been lost.
  @Override
  public void leaseRenewed() {
    if (!listeners.isEmpty()) ask();
  }

  @Override
  public void retry() {
    if (!isAnswered) leaseRenewed();
  }

  private void ask() {
    isAsked = true;
    host.tellRoom(new RoomReceipts.Subscribe(host.self()));
  }

  private void onChanged(RoomReceipts.Changed word) {
    isAnswered = true;
    spread = Optional.empty();
    var news = new ArrayList<Receipt>();
    for (var receipt : word.receipts()) {
      var before = known.get(receipt.user());
      var now = before == null ? receipt : before.merge(receipt);
      if (now.equals(before)) continue;
      known.put(receipt.user(), now);
      news.add(now);
    }
    if (!news.isEmpty()) tellListeners(new Changed(host.room(), news));
  }

  private void onCounted(RoomReceipts.Counted word) {
    isAnswered = true;
    known.clear();
    spread = Optional.of(word.spread());
    tellListeners(new Counted(host.room(), word.spread()));
  }

  private void tellListeners(ToSession word) {
    listeners.forEach(session -> session.tell(word));
  }

  private void tellAll(ActorRef<ToSession> session) {
    if (!known.isEmpty()) session.tell(new Changed(host.room(), List.copyOf(known.values())));
    spread.ifPresent(it -> session.tell(new Counted(host.room(), it)));
  }
}
