package kith.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/// All members of the rooms on one event loop, which is the thread that calls.
final class Crowd implements AutoCloseable {
  private static final int CONNECTING_AT_ONCE = 50;
  private static final int PORTS_OF_AN_ADDRESS = 20_000;
  private static final long CONNECT_NANOS = 60_000_000_000L;

  /// The kernel of its own accord would take megabytes for somebody who does not read.
  private static final int SMALL_BUFFER = 16 << 10;

  private final Ledger ledger;
  private final int senders;
  private final Selector selector;
  private final List<Peer> peers = new ArrayList<>();
  private final byte[] buffer = new byte[1 << 20];

  private int slow = -1;

  private final byte[] frame = new byte[1 << 17];
  private Histogram lateness = new Histogram(1, 600_000_000, 3);

  /// @param senders so many of those who connect first send, in turn
  Crowd(Ledger ledger, int senders) throws IOException {
    this.ledger = ledger;
    this.senders = senders;
    this.selector = Selector.open();
  }

  /// Lets the kernel take little for this one; to be said before it connects.
  void willReadSlowly(int member) {
    slow = member;
  }

  /// Connects everybody, a few at a time, and returns when all have their room open.
  void connect(List<Seat> seats) throws IOException {
    for (int first = 0; first < seats.size(); first += CONNECTING_AT_ONCE) {
      var some = seats.subList(first, Math.min(first + CONNECTING_AT_ONCE, seats.size()));
      var before = peers.size();
      for (var seat : some) connect(seat);
      if (!run(new Pace.Silence(), CONNECT_NANOS, () -> areLive(before)))
        throw new BenchFailure("Not all members could open the room within a minute.");
    }
  }

  private boolean areLive(int from) {
    for (int index = from; index < peers.size(); index++)
      if (!peers.get(index).isLive()) return false;
    return true;
  }

  private void connect(Seat seat) throws IOException {
    var channel = SocketChannel.open();
    if (peers.size() == slow) channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // one address has not ports enough for everybody
    if (peers.size() >= PORTS_OF_AN_ADDRESS && seat.address().getAddress().isLoopbackAddress())
      channel.bind(new InetSocketAddress("127.0.0." + (1 + peers.size() / PORTS_OF_AN_ADDRESS), 0));
    var key = channel.register(selector, SelectionKey.OP_CONNECT);
    channel.connect(seat.address());
    peers.add(new Peer(peers.size(), seat, channel, key, ledger));
  }

  Peer peer(int index) {
    return peers.get(index);
  }

  /// Sends at this pace until it is `done`, at most for `nanos`. Returns whether it was done.
  boolean run(Pace pace, long nanos, BooleanSupplier done) throws IOException {
    long start = System.nanoTime();
    long end = start + nanos;
    long sent = 0;
    while (!done.getAsBoolean()) {
      long now = System.nanoTime();
      if (now - end >= 0) return false;
      long wait = end - now;
      switch (pace) {
        case Pace.Rate(var perSecond) -> {
          double interval = 1e9 / perSecond;
          long due = start + (long) (sent * interval);
          while (due - now <= 0 && due - end < 0) {
            lateness.recordValue(Math.clamp((now - due) / 1000, 1, 600_000_000L));
            send((int) (sent % senders), due);
            due = start + (long) (++sent * interval);
          }
          wait = Math.min(wait, due - now);
        }
        case Pace.Window(var messages) -> fill(messages, now);
        case Pace.Silence _ -> {}
      }
      turn(wait);
    }
    return true;
  }

  private void fill(int messages, long now) throws IOException {
    for (int sender = 0; sender < senders; sender++)
      for (var peer = peers.get(sender); peer.waiting() < messages && !peer.hasEnded(); )
        send(sender, now);
  }

  private void send(int sender, long due) throws IOException {
    var peer = peers.get(sender);
    peer.send(frame, peer.words().put(ledger.sent(sender, due), frame));
  }

  /// The selector counts in milliseconds; what is due within one is not waited for by spinning.
  private void turn(long waitNanos) throws IOException {
    selector.select(
        key -> {
          try {
            ((Peer) key.attachment()).onReady(buffer);
          } catch (IOException broken) {
            throw new BenchFailure("A connection broke: " + broken.getMessage(), broken);
          }
        },
        Math.clamp(waitNanos / 1_000_000, 1, 100));
  }

  /// Waits until every message has its answer and every member has every acknowledged entry.
  boolean settle(long nanos) throws IOException {
    return run(new Pace.Silence(), nanos, () -> ledger.unanswered() == 0 && unseen() == 0);
  }

  /// Acknowledged entries that members have not seen, over all members.
  long unseen() {
    long unseen = 0;
    for (var peer : peers) {
      var place = peer.place();
      unseen += Math.max(0, place.book().lastAcknowledged() - place.seq());
    }
    return unseen;
  }

  /// How late this driver itself sent what was due, in microseconds, since this was last asked.
  Histogram takeLateness() {
    var taken = lateness;
    lateness = new Histogram(1, 600_000_000, 3);
    return taken;
  }

  @Override
  public void close() throws IOException {
    for (var peer : peers) peer.close();
    selector.close();
  }
}
