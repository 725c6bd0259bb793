package kith.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/// One member of a room: a minimal WebSocket client on a non-blocking channel. Its [ClientProtocol]
/// defines the frames.
final class LoadClient {
  private static final int MAX_UNWRITTEN = 16 << 20;
  private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

  private enum Phase {
    CONNECTING,
    UPGRADING,
    OPENING,
    LIVE,
    ENDED
  }

  private final ReadPosition position;
  private final ClientConfig config;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Ledger ledger;

  private Phase phase = Phase.CONNECTING;
  private ByteBuffer out = ByteBuffer.allocate(1 << 10);
  private byte[] rest = {};
  private boolean isReading = true;
  private long waiting;

  LoadClient(
      int index, ClientConfig config, SocketChannel channel, SelectionKey key, Ledger ledger) {
    this.position = new ReadPosition(index, ledger.room(config.room()), 0);
    this.config = config;
    this.channel = channel;
    this.key = key;
    this.ledger = ledger;
    key.attach(this);
    upgrade();
  }

  private void upgrade() {
    var nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    var subprotocol = config.protocol().subprotocol();
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
                config.protocol().path(),
                config.address().getHostString(),
                config.address().getPort(),
                Base64.getEncoder().encodeToString(nonce),
                subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  ReadPosition position() {
    return position;
  }

  /// `seq` of the latest entry that it has.
  long seq() {
    return position.seq();
  }

  boolean isLive() {
    return phase == Phase.LIVE;
  }

  boolean hasEnded() {
    return phase == Phase.ENDED;
  }

  /// Number of its messages without an answer.
  long waiting() {
    return waiting;
  }

  /// Stops reading, like a program that hangs; the connection stays open.
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

  MessageTemplate template() {
    return config.template();
  }

  /// Sends a frame of its protocol; it is written after the received data was read.
  void sendText(String frame) {
    var bytes = frame.getBytes(StandardCharsets.UTF_8);
    put(ClientFrames.TEXT, bytes, 0, bytes.length);
  }

  private void put(int opcode, byte[] payload, int from, int length) {
    var needed = out.position() + length + ClientFrames.HEADER;
    if (needed > MAX_UNWRITTEN)
      throw new BenchFailure("The server does not accept the data that is sent to it.");
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

  /// Reads once into the shared buffer, after the incomplete frame of the previous read.
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
        throw new BenchFailure("The server refused a WebSocket: " + answer.lines().findFirst());
      phase = Phase.OPENING;
      config.protocol().onUpgraded(this);
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
        throw new BenchFailure("The server sent a frame of " + length + " bytes.");
      if (to - at < header + length) break;
      frame(buffer, buffer[at], at + header, at + header + length, now);
      at += header + length;
    }
    return at;
  }

  private void frame(byte[] buffer, byte first, int from, int to, long now) throws IOException {
    if (first >= 0) throw new BenchFailure("The server sent a fragmented message.");
    switch (first & 0xF) {
      case ClientFrames.TEXT -> config.protocol().onText(this, buffer, from, to, now);
      case ClientFrames.PING -> put(ClientFrames.PONG, buffer, from, to - from);
      case ClientFrames.PONG -> {}
      case ClientFrames.CLOSE -> end();
      default ->
          throw new BenchFailure("The server sent a frame with opcode " + (first & 0xF) + ".");
    }
  }

  // called by its protocol

  /// The client has its room open.
  void live() {
    if (phase != Phase.OPENING) return;
    phase = Phase.LIVE;
  }

  void entries(byte[] buffer, int from, int to, long now) {
    ledger.entries(position, buffer, from, to, now);
  }

  /// A message from a server without sequence numbers; the sender's own message is its ack.
  void message(long number, long now) {
    if (ledger.message(position, number, now)) waiting--;
  }

  void acknowledged(long number, long seq, long now) {
    waiting--;
    ledger.acknowledged(position, number, seq, now);
  }

  void refused(String code, long number) {
    if (number > 0) waiting--;
    ledger.refused(code, number);
  }

  private void end() throws IOException {
    phase = Phase.ENDED;
    ledger.disconnected();
    close();
  }

  void close() throws IOException {
    key.cancel();
    channel.close();
  }
}
