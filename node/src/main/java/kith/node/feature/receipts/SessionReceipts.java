package kith.node.feature.receipts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import kith.node.core.relay.Relays;
import kith.node.core.relay.RoomRelay;
import kith.node.core.session.OpenRooms;
import kith.node.core.session.Outbound;
import kith.node.core.session.Session;
import kith.node.core.session.SessionContext;
import kith.node.feature.inbox.AccountInbox;
import kith.node.feature.inbox.SessionInbox;
import kith.node.privacy.ReceiptPrivacy;
import kith.node.privacy.Relations;
import kith.protocol.ShownTo;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// How far this account has rooms, told to them as far as it lets others know, and how far others
/// have the rooms that are open here, as far as they let this account know.
///
/// While the socket takes nothing, only the latest of each member is kept.
public final class SessionReceipts {
  private static final Duration GATHER = Duration.ofSeconds(1);

  /// Messages of one room that counts may be asked for.
  public static final int MOST_ASKED = 100;

  /// What is known of an open room, and not told yet.
  private static final class OfRoom {
    final ActorRef<RoomRelay.Command> relay;
    final Map<String, Receipt> untold = new HashMap<>();
    final Map<Long, ServerFrame.ReceiptCount> countsBySeq = new TreeMap<>();
    @Nullable ReceiptSpread spread;
    boolean isSpreadNew;

    OfRoom(ActorRef<RoomRelay.Command> relay) {
      this.relay = relay;
    }
  }

  private final TimerScheduler<Session.Command> timers;
  private final SessionContext world;
  private final Outbound outbound;
  private final String user;
  private final OpenRooms rooms;
  private final SessionInbox inbox;
  private final BooleanSupplier isInvisible;
  private final boolean isWanted;
  private final Map<String, OfRoom> openByRoom = new HashMap<>();
  private final Map<String, Long> delivered = new HashMap<>();
  private Relations circle;

  public SessionReceipts(
      TimerScheduler<Session.Command> timers,
      SessionContext world,
      Outbound outbound,
      String user,
      OpenRooms rooms,
      SessionInbox inbox,
      Relations circle,
      BooleanSupplier isInvisible,
      boolean isWanted) {
    this.timers = timers;
    this.world = world;
    this.outbound = outbound;
    this.user = user;
    this.rooms = rooms;
    this.inbox = inbox;
    this.circle = circle;
    this.isInvisible = isInvisible;
    this.isWanted = isWanted;
  }

  /// New contacts may be seen that were there before.
  public void circleIs(Relations now) {
    var before = circle;
    circle = now;
    if (!now.contacts().equals(before.contacts())) openByRoom.values().forEach(this::listen);
    if (now.version() == before.version()) return;
    // what was said before is not for the same people any more
    var nothingNew = receipt(0, 0);
    openByRoom.values().forEach(it -> it.relay.tell(new RoomRelay.Receive(nothingNew)));
  }

  // what this client has

  public void read(String room, long seq) {
    publish(room, receipt(seq, seq));
  }

  public void delivered(String room, long seq) {
    if (!isHere(room)) return;
    publish(room, receipt(seq, 0));
    delivered.merge(room, seq, Math::max);
    if (!timers.isTimerActive(new Session.TellDelivered()))
      timers.startSingleTimer(new Session.TellDelivered(), GATHER);
  }

  public void tellDelivered() {
    delivered.forEach((room, seq) -> {
      // what is kept must not be more than there is: what comes later would count as had, too
      var had = Math.min(seq, Math.max(rooms.latest(room), inbox.latest(room)));
      if (had > 0) inbox.tellAccount(new AccountInbox.Delivered(room, had));
    });
    delivered.clear();
  }

  private Receipt receipt(long delivered, long read) {
    return new Receipt(user, delivered, read, ReceiptPrivacy.of(circle));
  }

  private boolean isHere(String room) {
    return rooms.isOpen(room) || inbox.has(room);
  }

  private void publish(String room, Receipt receipt) {
    var isHidden = circle.privacy().receipts() == ShownTo.NOBODY || isInvisible.getAsBoolean();
    if (isHidden || inbox.isSilent(room)) return;
    rooms
        .relay(room)
        .ifPresentOrElse(
            relay -> relay.tell(new RoomRelay.Receive(receipt)),
            () -> {
              if (isHere(room)) world.relays().tell(new Relays.Receive(room, receipt));
            });
  }

  // what others have

  public void opened(String room) {
    if (!isWanted) return;
    rooms
        .relay(room)
        .ifPresent(relay -> {
          var before = openByRoom.get(room);
          if (before != null && before.relay.equals(relay)) return;
          var now = new OfRoom(relay);
          // the relay before it is gone, the client's wish is not
          if (before != null) now.countsBySeq.putAll(before.countsBySeq);
          openByRoom.put(room, now);
          listen(now);
        });
  }

  private void listen(OfRoom open) {
    open.relay.tell(new RoomRelay.Listen(rooms.self()));
  }

  public void closed(String room) {
    openByRoom.remove(room);
  }

  public void asked(String room, List<Long> seqs) {
    var open = openByRoom.get(room);
    if (open == null) return;
    open.countsBySeq.keySet().retainAll(seqs);
    for (var seq : seqs)
      open.countsBySeq.putIfAbsent(seq, new ServerFrame.ReceiptCount(seq, -1, -1));
    open.isSpreadNew = true;
    tell();
  }

  public void on(RoomRelay.Received word) {
    var open = openByRoom.get(word.room());
    if (open == null) return;
    open.spread = null;
    for (var receipt : word.receipts())
      if (isShown(receipt)) open.untold.put(receipt.user(), receipt);
    tell();
  }

  private boolean isShown(Receipt receipt) {
    var of = receipt.user();
    return !of.equals(user)
        && !circle.hasBlocked(of)
        && receipt.terms().show(of, user, circle.contacts());
  }

  public void on(RoomRelay.Counted word) {
    var open = openByRoom.get(word.room());
    if (open == null) return;
    open.spread = word.spread();
    open.isSpreadNew = true;
    tell();
  }

  /// What has changed, as far as the socket takes it.
  public void tell() {
    for (var entry : openByRoom.entrySet()) {
      var open = entry.getValue();
      if (open.untold.isEmpty() && !open.isSpreadNew) continue;
      if (!outbound.hasRoom()) {
        outbound.signalWhenDrained();
        return;
      }
      tellNames(entry.getKey(), open);
      tellCounts(entry.getKey(), open);
    }
  }

  private void tellNames(String room, OfRoom open) {
    if (open.untold.isEmpty()) return;
    var users =
        open.untold.values().stream()
            .map(it -> new ServerFrame.Receipt(it.user(), it.delivered(), it.read()))
            .toList();
    open.untold.clear();
    outbound.say(new ServerFrame.Receipts(room, Optional.of(users), Optional.empty()));
  }

  private void tellCounts(String room, OfRoom open) {
    if (!open.isSpreadNew) return;
    open.isSpreadNew = false;
    var spread = open.spread;
    if (spread == null) return;
    var changed = new ArrayList<ServerFrame.ReceiptCount>();
    open.countsBySeq.replaceAll((seq, told) -> {
      var step = spread.at(seq);
      var now = new ServerFrame.ReceiptCount(seq, step.delivered(), step.read());
      if (!now.equals(told)) changed.add(now);
      return now;
    });
    if (!changed.isEmpty())
      outbound.say(new ServerFrame.Receipts(room, Optional.empty(), Optional.of(changed)));
  }
}
