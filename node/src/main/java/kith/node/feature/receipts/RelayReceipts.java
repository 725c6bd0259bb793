package kith.node.feature.receipts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.relay.RoomRelay;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The part of a relay that gathers how far its members have the room, tells the room in one, and
/// passes on what the room knows of all members.
public final class RelayReceipts {
  private static final Duration MOMENT = Duration.ofMillis(200);

  /// More members than a room can have.
  private static final int MOST = 10_000;

  private final String room;
  private final RoomRelay.Reach rooms;
  private final TimerScheduler<RoomRelay.Command> timers;
  private final ActorRef<RoomRelay.FromRoom> self;

  /// Of members on this node: what a new incarnation of the room may not have heard.
  private final Map<String, Receipt> own = new HashMap<>();

  private final Map<String, Receipt> untold = new HashMap<>();

  /// What the room has said.
  private final Map<String, Receipt> known = new HashMap<>();

  private Optional<ReceiptSpread> spread = Optional.empty();
  private final Set<ActorRef<ToSession>> listeners = new HashSet<>();
  private boolean isAnswered;
  private boolean isAsked;

  public RelayReceipts(
      String room,
      RoomRelay.Reach rooms,
      TimerScheduler<RoomRelay.Command> timers,
      ActorRef<RoomRelay.FromRoom> self) {
    this.room = room;
    this.rooms = rooms;
    this.timers = timers;
    this.self = self;
  }

  // what sessions say

  /// @param last the end of the room as far as it is known here. The room itself takes nothing
  ///   beyond its own, but said again later it must not be more than there was.
  public void received(Receipt receipt, long last) {
    var before = own.get(receipt.user());
    var now = before == null ? receipt : before.merge(receipt);
    if (now.equals(before) || (before == null && own.size() >= MOST)) return;
    own.put(receipt.user(), now.upTo(last));
    untold.merge(receipt.user(), now, Receipt::merge);
    if (!timers.isTimerActive(new RoomRelay.TellReceipts()))
      timers.startSingleTimer(new RoomRelay.TellReceipts(), MOMENT);
  }

  public void tell() {
    say(untold);
    untold.clear();
  }

  private void say(Map<String, Receipt> receipts) {
    Room.Hear.inPortions(receipts.values()).forEach(portion -> rooms.tell(room, portion));
  }

  public void listen(ActorRef<ToSession> session) {
    listeners.add(session);
    // later only what changes is told
    tellAll(session);
    if (!isAsked) ask();
  }

  public void gone(ActorRef<ToSession> session) {
    listeners.remove(session);
  }

  public void departed(String user) {
    own.remove(user);
    untold.remove(user);
    known.remove(user);
  }

  // the room

  /// Another incarnation of it, which knows only what is kept.
  public void attached() {
    isAnswered = isAsked = false;
    say(own);
    askAgain();
  }

  /// The room may not have got the question, or not all answers may have come.
  public void askAgain() {
    if (!listeners.isEmpty()) ask();
  }

  public void retry() {
    if (!isAnswered) askAgain();
  }

  private void ask() {
    isAsked = true;
    rooms.tell(room, new Room.Listen(self));
  }

  public void on(RoomRelay.Receipts word) {
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
    if (!news.isEmpty()) tellListeners(new RoomRelay.Received(room, news));
  }

  public void on(RoomRelay.Spread word) {
    isAnswered = true;
    known.clear();
    spread = Optional.of(word.spread());
    tellListeners(new RoomRelay.Counted(room, word.spread()));
  }

  private void tellListeners(ToSession word) {
    listeners.forEach(session -> session.tell(word));
  }

  private void tellAll(ActorRef<ToSession> session) {
    if (!known.isEmpty()) session.tell(new RoomRelay.Received(room, List.copyOf(known.values())));
    spread.ifPresent(it -> session.tell(new RoomRelay.Counted(room, it)));
  }
}
