package kith.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/// One member of a room: a minimal WebSocket client on a channel that never blocks. What it says
/// and understands is its [Talk].
final class Peer {
  private static final int MOST_UNWRITTEN = 16 << 20;
  private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

  private enum Phase {
    CONNECTING,
    UPGRADING,
    OPENING,
    LIVE,
    ENDED
  }

  private final Place place;
  private final Seat seat;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Ledger ledger;

  private Phase phase = Phase.CONNECTING;
  private ByteBuffer out = ByteBuffer.allocate(1 << 10);
  private byte[] rest = {};
  private boolean isReading = true;
  private long waiting;

  Peer(int index, Seat seat, SocketChannel channel, SelectionKey key, Ledger ledger) {
    this.place = new Place(index, ledger.book(seat.room()), 0);
    this.seat = seat;
    this.channel = channel;
    this.key = key;
    this.ledger = ledger;
    key.attach(this);
    upgrade();
  }

  private void upgrade() {
    var nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    var subprotocol = seat.talk().subprotocol();
    out.put(
        """
        GET %s HTTP/1.1\r
        Host: %s:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Version: 13\r
        %s\r
        """
            .formatted(
                seat.talk().path(),
                seat.address().getHostString(),
                seat.address().getPort(),
                Base64.getEncoder().encodeToString(nonce),
                subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  Place place() {
    return place;
  }

  /// The latest entry it has.
  long seq() {
    return place.seq();
  }

  boolean isLive() {
    return phase == Phase.LIVE;
  }

  boolean hasEnded() {
    return phase == Phase.ENDED;
  }

  /// How many of its messages wait for an answer.
  long waiting() {
    return waiting;
  }

  /// Stops reading, as a program that hangs does; the connection stays.
  void pause() {
    isReading = false;
    interest();
  }

  void resume() {
    isReading = true;
    interest();
  }

  void send(byte[] frame, int length) throws IOException {
    put(ClientFrames.TEXT, frame, 0, length);
    waiting++;
    flush();
  }

  Words words() {
    return seat.words();
  }

  /// Says something of its protocol; it leaves when what came was read.
  void say(String frame) {
    var bytes = frame.getBytes(StandardCharsets.UTF_8);
    put(ClientFrames.TEXT, bytes, 0, bytes.length);
  }

  private void put(int opcode, byte[] payload, int from, int length) {
    var needed = out.position() + length + ClientFrames.HEADER;
    if (needed > MOST_UNWRITTEN)
      throw new BenchFailure("The node does not take what is sent to it.");
    if (needed > out.capacity())
      out = ByteBuffer.allocate(Math.max(needed, 2 * out.capacity())).put(out.flip());
    ClientFrames.put(out, opcode, payload, from, length);
  }

  void onReady(byte[] buffer) throws IOException {
    if (key.isConnectable() && channel.finishConnect()) phase = Phase.UPGRADING;
    if (key.isReadable()) read(buffer);
    if (phase != Phase.ENDED) flush();
  }

  private void flush() throws IOException {
    if (phase != Phase.CONNECTING && out.position() > 0) {
      channel.write(out.flip());
      out.compact();
    }
    interest();
  }

  private void interest() {
    if (!key.isValid()) return;
    int wanted = phase == Phase.CONNECTING ? SelectionKey.OP_CONNECT : 0;
    if (isReading) wanted |= SelectionKey.OP_READ;
    if (phase != Phase.CONNECTING && out.position() > 0) wanted |= SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) key.interestOps(wanted);
  }

  /// Reads once into the buffer that all share, behind the part of a frame that came before.
  private void read(byte[] buffer) throws IOException {
    System.arraycopy(rest, 0, buffer, 0, rest.length);
    int got = channel.read(ByteBuffer.wrap(buffer, rest.length, buffer.length - rest.length));
    if (got < 0) {
      end();
      return;
    }
    var now = System.nanoTime();
    int to = rest.length + got;
    int at = phase == Phase.UPGRADING ? upgraded(buffer, to) : 0;
    if (phase != Phase.UPGRADING) at = frames(buffer, at, to, now);
    rest = at == to ? rest.length == 0 ? rest : new byte[0] : Arrays.copyOfRange(buffer, at, to);
  }

  private int upgraded(byte[] buffer, int to) {
    for (int at = 0; at + 4 <= to; at++) {
      if (!Arrays.equals(buffer, at, at + 4, END_OF_HEADERS, 0, 4)) continue;
      var answer = new String(buffer, 0, at, StandardCharsets.US_ASCII);
      if (!answer.startsWith("HTTP/1.1 101 "))
        throw new BenchFailure("The node refused a WebSocket: " + answer.lines().findFirst());
      phase = Phase.OPENING;
      seat.talk().begins(this);
      return at + 4;
    }
    return 0;
  }

  private int frames(byte[] buffer, int from, int to, long now) throws IOException {
    int at = from;
    while (to - at >= 2 && phase != Phase.ENDED) {
      int length = buffer[at + 1] & 0x7F;
      int header = length == 126 ? 4 : length == 127 ? 10 : 2;
      if (to - at < header) break;
      if (length == 126) length = ByteBuffer.wrap(buffer, at + 2, 2).getShort() & 0xFFFF;
      if (length == 127) length = Math.toIntExact(ByteBuffer.wrap(buffer, at + 2, 8).getLong());
      if (header + length > buffer.length)
        throw new BenchFailure("The node sent a frame of " + length + " bytes.");
      if (to - at < header + length) break;
      frame(buffer, buffer[at], at + header, at + header + length, now);
      at += header + length;
    }
    return at;
  }

  private void frame(byte[] buffer, byte first, int from, int to, long now) throws IOException {
    if (first >= 0) throw new BenchFailure("The node sent a fragmented message.");
    switch (first & 0xF) {
      case ClientFrames.TEXT -> seat.talk().text(this, buffer, from, to, now);
      case ClientFrames.PING -> put(ClientFrames.PONG, buffer, from, to - from);
      case ClientFrames.PONG -> {}
      case ClientFrames.CLOSE -> end();
      default -> throw new BenchFailure("The node sent a frame of kind " + (first & 0xF) + ".");
    }
  }

  // what its talk understood

  /// It has its room open.
  void live() {
    if (phase != Phase.OPENING) return;
    phase = Phase.LIVE;
  }

  void entries(byte[] buffer, int from, int to, long now) {
    ledger.entries(place, buffer, from, to, now);
  }

  /// A message of a server that does not say places; the sender's own is its ack.
  void message(long number, long now) {
    if (ledger.message(place, number, now)) waiting--;
  }

  void acknowledged(long number, long seq, long now) {
    waiting--;
    ledger.acknowledged(place, number, seq, now);
  }

  void refused(String code, long number) {
    if (number > 0) waiting--;
    ledger.refused(code, number);
  }

  private void end() throws IOException {
    phase = Phase.ENDED;
    ledger.hungUp();
    close();
  }

  void close() throws IOException {
    key.cancel();
    channel.close();
  }
}
