package kith.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/// All members of the room on one event loop, which is the thread that calls.
final class Crowd implements AutoCloseable {
  private static final int CONNECTING_AT_ONCE = 50;
  private static final long CONNECT_NANOS = 60_000_000_000L;

  /// The kernel of its own accord would take megabytes for somebody who does not read.
  private static final int SMALL_BUFFER = 16 << 10;

  private final Target target;
  private final Ledger ledger;
  private final int senders;
  private final Selector selector;
  private final List<Peer> peers = new ArrayList<>();
  private final byte[] buffer = new byte[1 << 20];

  private int slow = -1;

  private final byte[] frame;
  private final int idAt;
  private final List<byte[]> afterId;

  private Histogram lateness = new Histogram(1, 600_000_000, 3);

  Crowd(Target target, Ledger ledger, int senders, int bodyBytes) throws IOException {
    this(
        target,
        ledger,
        senders,
        List.of("kith ".repeat(bodyBytes / 5 + 1).substring(0, bodyBytes)));
  }

  /// @param bodies said in turn
  Crowd(Target target, Ledger ledger, int senders, List<String> bodies) throws IOException {
    this.target = target;
    this.ledger = ledger;
    this.senders = senders;
    this.selector = Selector.open();
    var start = "{\"type\":\"send\",\"room\":\"" + target.room() + "\",\"id\":\"";
    this.idAt = start.length();
    this.afterId =
        bodies.stream()
            .map(body -> ("\",\"body\":\"" + body + "\"}").getBytes(StandardCharsets.UTF_8))
            .toList();
    int longest = afterId.stream().mapToInt(rest -> rest.length).max().orElseThrow();
    this.frame = new byte[idAt + 20 + longest];
    System.arraycopy(start.getBytes(StandardCharsets.UTF_8), 0, frame, 0, idAt);
  }

  /// Lets the kernel take little for this one; to be said before it connects.
  void willReadSlowly(int member) {
    slow = member;
  }

  /// Connects everybody, a few at a time, and returns when all have the room open.
  void connect(List<Member> members) throws IOException {
    for (int first = 0; first < members.size(); first += CONNECTING_AT_ONCE) {
      for (var member :
          members.subList(first, Math.min(first + CONNECTING_AT_ONCE, members.size())))
        connect(member);
      if (!run(new Pace.Silence(), CONNECT_NANOS, () -> peers.stream().allMatch(Peer::isLive)))
        throw new BenchFailure("Not all members could open the room within a minute.");
    }
  }

  private void connect(Member member) throws IOException {
    var channel = SocketChannel.open();
    if (peers.size() == slow) channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var key = channel.register(selector, SelectionKey.OP_CONNECT);
    channel.connect(target.address());
    peers.add(new Peer(peers.size(), member, target, channel, key, ledger));
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
    long number = ledger.sent(sender, due);
    var digits = Long.toString(number);
    var rest = afterId.get((int) (number % afterId.size()));
    int at = idAt;
    for (int i = 0; i < digits.length(); i++) frame[at++] = (byte) digits.charAt(i);
    System.arraycopy(rest, 0, frame, at, rest.length);
    peers.get(sender).send(frame, at + rest.length);
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
    var last = ledger.lastAcknowledgedSeq();
    long unseen = 0;
    for (var peer : peers) unseen += Math.max(0, last - peer.seq());
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
