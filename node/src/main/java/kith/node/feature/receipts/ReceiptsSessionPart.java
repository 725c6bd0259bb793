package kith.node.feature.receipts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import kith.node.core.relay.Relays;
import kith.node.core.relay.RoomRelay;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.feature.inbox.AccountInbox;
import kith.node.feature.inbox.InboxSessionPart;
import kith.node.feature.presence.PresenceSessionPart;
import kith.node.platform.config.Intervals;
import kith.node.privacy.Privacy;
import kith.node.privacy.Privacy.Topic;
import kith.node.privacy.Relations;
import kith.node.privacy.Viewer;
import kith.protocol.Code;
import kith.protocol.ShownTo;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Receipts in one session: reports how far its user has received and read rooms, as far as the
/// user's privacy allows, and sends the client the receipts of others in its open rooms, as far as
/// theirs allows.
///
/// While the socket is full, only the latest receipt of each member is kept.
public final class ReceiptsSessionPart
    implements SessionPart.WithCommands<ReceiptsSessionPart.Command>,
        SessionPart.WithFrames<ClientFrame.OfReceipts> {

  sealed interface Command extends Session.PartCommand {}

  private record SaveDelivered() implements Command {}

  /// The session part of this feature. It uses the parts of inbox and presence.
  public record Factory(ActorRef<Relays.Command> relays, int countedMessages)
      implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new ReceiptsSessionPart(host, this, hello.inbox().orElse(false));
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }

    @Override
    public Optional<Class<? extends ClientFrame.OfFeature>> frames() {
      return Optional.of(ClientFrame.OfReceipts.class);
    }
  }

  /// The receipts of an open room that the client has not been sent yet.
  private static final class OpenRoom {
    final ActorRef<RoomRelay.Command> relay;
    final Map<String, Receipt> unsent = new HashMap<>();
    final Map<Long, ServerFrame.ReceiptCount> countsBySeq = new TreeMap<>();
    @Nullable ReceiptSpread spread;
    boolean isSpreadNew;

    OpenRoom(ActorRef<RoomRelay.Command> relay) {
      this.relay = relay;
    }
  }

  private final SessionHost host;
  private final ActorRef<Relays.Command> relays;
  private final int mostAsked;
  private final InboxSessionPart inbox;
  private final PresenceSessionPart presence;
  private final boolean isWanted;
  private final Map<String, OpenRoom> openByRoom = new HashMap<>();
  private final Map<String, Long> deliveredByRoom = new HashMap<>();

  private ReceiptsSessionPart(SessionHost host, Factory services, boolean isWanted) {
    this.host = host;
    this.relays = services.relays();
    this.mostAsked = services.countedMessages();
    this.isWanted = isWanted;
    this.inbox = host.part(InboxSessionPart.class);
    this.presence = host.part(PresenceSessionPart.class);
    inbox.onRead((room, seq) -> publish(room, receipt(seq, seq)));
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case SaveDelivered _ -> saveDelivered();
    }
  }

  @Override
  public void on(ClientFrame.OfReceipts frame) {
    switch (frame) {
      case ClientFrame.Delivered(var room, var seq) -> {
        if (host.accepts(room, seq)) delivered(room, seq);
      }
      case ClientFrame.Receipts(var room, var seqs) -> onAsked(room, seqs);
    }
  }

  private void onAsked(String room, List<Long> seqs) {
    if (seqs.size() > mostAsked || seqs.stream().anyMatch(seq -> seq < 1))
      host.outbound()
          .roomProblem(
              Code.BAD_FIELD,
              "The field 'seqs' must have at most " + mostAsked + " positive numbers.",
              room,
              OptionalLong.empty());
    else if (host.accepts(room, 1)) asked(room, seqs);
  }

  /// Old receipts of new contacts may be shown now. Receipts that were sent under other privacy
  /// settings are published again under the new ones.
  @Override
  public void relationsChanged(Relations before, Relations now) {
    if (!now.contacts().equals(before.contacts())) openByRoom.values().forEach(this::listen);
    if (now.policy().version() == before.policy().version()) return;
    var unchanged = receipt(0, 0);
    openByRoom.values().forEach(it -> it.relay.tell(new RelayReceipts.Report(unchanged)));
  }

  // positions of this client

  private void delivered(String room, long seq) {
    if (!isHere(room)) return;
    publish(room, receipt(seq, 0));
    deliveredByRoom.merge(room, seq, Math::max);
    if (!host.timers().isTimerActive(new SaveDelivered()))
      host.timers().startSingleTimer(new SaveDelivered(), Intervals.WRITE);
  }

  private void saveDelivered() {
    deliveredByRoom.forEach((room, seq) -> {
      // a position beyond the last entry would count later entries as delivered
      var existing = Math.min(seq, Math.max(host.rooms().latest(room), inbox.latest(room)));
      if (existing > 0) host.account().tell(new AccountInbox.Delivered(room, existing));
    });
    deliveredByRoom.clear();
  }

  private Receipt receipt(long delivered, long read) {
    return new Receipt(host.user(), delivered, read, host.relations().policy());
  }

  private boolean isHere(String room) {
    return host.rooms().isOpen(room) || inbox.has(room);
  }

  private void publish(String room, Receipt receipt) {
    var isHidden =
        host.relations().policy().audience(Topic.RECEIPTS) == ShownTo.NOBODY
            || presence.isInvisible();
    if (isHidden || inbox.isSilent(room)) return;
    host.rooms()
        .relay(room)
        .ifPresentOrElse(
            relay -> relay.tell(new RelayReceipts.Report(receipt)),
            () -> {
              if (isHere(room))
                relays.tell(
                    new Relays.ToPart(
                        room,
                        new RelayReceipts.Report(receipt),
                        new RoomReceipts.Report(List.of(receipt))));
            });
  }

  // receipts of others

  @Override
  public void opened(String room) {
    if (!isWanted) return;
    host.rooms()
        .relay(room)
        .ifPresent(relay -> {
          var before = openByRoom.get(room);
          if (before != null && before.relay.equals(relay)) return;
          var now = new OpenRoom(relay);
          // the relay is another one, but the client still shows these messages
          if (before != null) now.countsBySeq.putAll(before.countsBySeq);
          openByRoom.put(room, now);
          listen(now);
        });
  }

  private void listen(OpenRoom open) {
    open.relay.tell(new RelayReceipts.Subscribe(host.rooms().self()));
  }

  @Override
  public void left(String room) {
    openByRoom.remove(room);
  }

  private void asked(String room, List<Long> seqs) {
    var open = openByRoom.get(room);
    if (open == null) return;
    open.countsBySeq.keySet().retainAll(seqs);
    for (var seq : seqs)
      open.countsBySeq.putIfAbsent(seq, new ServerFrame.ReceiptCount(seq, -1, -1));
    open.isSpreadNew = true;
    drained();
  }

  @Override
  public void fromRelay(RoomRelay.PartWord word) {
    if (word instanceof RelayReceipts.Changed received) onReceived(received);
    if (word instanceof RelayReceipts.Counted counted) onCounted(counted);
  }

  private void onReceived(RelayReceipts.Changed word) {
    var open = openByRoom.get(word.room());
    if (open == null) return;
    open.spread = null;
    for (var receipt : word.receipts())
      if (isShown(receipt)) open.unsent.put(receipt.user(), receipt);
    drained();
  }

  private boolean isShown(Receipt receipt) {
    var viewer = new Viewer(host.user(), host.relations());
    return !receipt.user().equals(viewer.user())
        && Privacy.mayKnow(Topic.RECEIPTS, viewer, receipt.user(), receipt.policy());
  }

  private void onCounted(RelayReceipts.Counted word) {
    var open = openByRoom.get(word.room());
    if (open == null) return;
    open.spread = word.spread();
    open.isSpreadNew = true;
    drained();
  }

  /// Sends the changes while the socket has room.
  @Override
  public void drained() {
    var outbound = host.outbound();
    for (var entry : openByRoom.entrySet()) {
      var open = entry.getValue();
      if (open.unsent.isEmpty() && !open.isSpreadNew) continue;
      if (!outbound.hasRoom()) {
        outbound.signalWhenDrained();
        return;
      }
      sendNames(entry.getKey(), open);
      sendCounts(entry.getKey(), open);
    }
  }

  private void sendNames(String room, OpenRoom open) {
    if (open.unsent.isEmpty()) return;
    var users =
        open.unsent.values().stream()
            .map(it -> new ServerFrame.Receipt(it.user(), it.delivered(), it.read()))
            .toList();
    open.unsent.clear();
    host.outbound().send(new ServerFrame.Receipts(room, Optional.of(users), Optional.empty()));
  }

  private void sendCounts(String room, OpenRoom open) {
    if (!open.isSpreadNew) return;
    open.isSpreadNew = false;
    var spread = open.spread;
    if (spread == null) return;
    var changed = new ArrayList<ServerFrame.ReceiptCount>();
    open.countsBySeq.replaceAll((seq, sent) -> {
      var step = spread.at(seq);
      var now = new ServerFrame.ReceiptCount(seq, step.delivered(), step.read());
      if (!now.equals(sent)) changed.add(now);
      return now;
    });
    if (!changed.isEmpty())
      host.outbound().send(new ServerFrame.Receipts(room, Optional.empty(), Optional.of(changed)));
  }
}
