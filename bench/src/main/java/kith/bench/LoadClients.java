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

/// All clients of a run, on one event loop in the calling thread.
final class LoadClients implements AutoCloseable {
  private static final int CONNECTING_AT_ONCE = 50;
  private static final int PORTS_OF_AN_ADDRESS = 20_000;
  private static final long CONNECT_NANOS = 60_000_000_000L;

  /// By default the kernel buffers megabytes for a client that does not read.
  private static final int SMALL_BUFFER = 16 << 10;

  private final Ledger ledger;
  private final int senders;
  private final Selector selector;
  private final List<LoadClient> clients = new ArrayList<>();
  private final byte[] buffer = new byte[1 << 20];

  private int slow = -1;

  private final byte[] frame = new byte[1 << 17];
  private Histogram lateness = new Histogram(1, 600_000_000, 3);

  /// @param senders number of clients that send in turn: the first ones to connect
  LoadClients(Ledger ledger, int senders) throws IOException {
    this.ledger = ledger;
    this.senders = senders;
    this.selector = Selector.open();
  }

  /// Gives this client a small receive buffer; call it before the client connects.
  void willReadSlowly(int member) {
    slow = member;
  }

  /// Connects all clients, a few at a time, and returns when all have their room open.
  void connect(List<ClientConfig> configs) throws IOException {
    for (int first = 0; first < configs.size(); first += CONNECTING_AT_ONCE) {
      var some = configs.subList(first, Math.min(first + CONNECTING_AT_ONCE, configs.size()));
      var before = clients.size();
      for (var config : some) connect(config);
      if (!run(new SendSchedule.None(), CONNECT_NANOS, () -> areLive(before)))
        throw new BenchFailure("Not all clients could open their room within a minute.");
    }
  }

  private boolean areLive(int from) {
    for (int index = from; index < clients.size(); index++)
      if (!clients.get(index).isLive()) return false;
    return true;
  }

  private void connect(ClientConfig config) throws IOException {
    var channel = SocketChannel.open();
    if (clients.size() == slow) channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // one address does not have enough ports for all clients
    if (clients.size() >= PORTS_OF_AN_ADDRESS && config.address().getAddress().isLoopbackAddress())
      channel.bind(
          new InetSocketAddress("127.0.0." + (1 + clients.size() / PORTS_OF_AN_ADDRESS), 0));
    var key = channel.register(selector, SelectionKey.OP_CONNECT);
    channel.connect(config.address());
    clients.add(new LoadClient(clients.size(), config, channel, key, ledger));
  }

  LoadClient client(int index) {
    return clients.get(index);
  }

  /// Sends with this schedule until `done`, at most for `nanos`. Returns whether it was done.
  boolean run(SendSchedule schedule, long nanos, BooleanSupplier done) throws IOException {
    long start = System.nanoTime();
    long end = start + nanos;
    long sent = 0;
    while (!done.getAsBoolean()) {
      long now = System.nanoTime();
      if (now - end >= 0) return false;
      long wait = end - now;
      switch (schedule) {
        case SendSchedule.Rate(var perSecond) -> {
          double interval = 1e9 / perSecond;
          long due = start + (long) (sent * interval);
          while (due - now <= 0 && due - end < 0) {
            lateness.recordValue(Math.clamp((now - due) / 1000, 1, 600_000_000L));
            send((int) (sent % senders), due);
            due = start + (long) (++sent * interval);
          }
          wait = Math.min(wait, due - now);
        }
        case SendSchedule.Window(var messages) -> fill(messages, now);
        case SendSchedule.None _ -> {}
      }
      turn(wait);
    }
    return true;
  }

  private void fill(int messages, long now) throws IOException {
    for (int sender = 0; sender < senders; sender++)
      for (var client = clients.get(sender); client.waiting() < messages && !client.hasEnded(); )
        send(sender, now);
  }

  private void send(int sender, long due) throws IOException {
    var client = clients.get(sender);
    client.send(frame, client.template().put(ledger.sent(sender, due), frame));
  }

  /// The selector waits in milliseconds; shorter times are not waited for by spinning.
  private void turn(long waitNanos) throws IOException {
    selector.select(
        key -> {
          try {
            ((LoadClient) key.attachment()).onReady(buffer);
          } catch (IOException broken) {
            throw new BenchFailure("A connection failed: " + broken.getMessage(), broken);
          }
        },
        Math.clamp(waitNanos / 1_000_000, 1, 100));
  }

  /// Waits until every message is answered and every client has every acknowledged entry.
  boolean settle(long nanos) throws IOException {
    return run(new SendSchedule.None(), nanos, () -> ledger.unanswered() == 0 && unseen() == 0);
  }

  /// Number of acknowledged entries that clients have not received, summed over all clients.
  long unseen() {
    long unseen = 0;
    for (var client : clients) {
      var position = client.position();
      unseen += Math.max(0, position.room().lastAcknowledged() - position.seq());
    }
    return unseen;
  }

  /// The delay with which this driver sent due messages, in microseconds, since the last call.
  Histogram takeLateness() {
    var taken = lateness;
    lateness = new Histogram(1, 600_000_000, 3);
    return taken;
  }

  @Override
  public void close() throws IOException {
    for (var client : clients) client.close();
    selector.close();
  }
}
