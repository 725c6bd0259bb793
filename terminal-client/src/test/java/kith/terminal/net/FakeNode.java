package kith.terminal.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// A node with one room, "lobby", on a real socket. It implements enough of the protocol for resume
/// and retry, and can be made to fail.
final class FakeNode implements AutoCloseable {
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Entry> log = new ArrayList<>();
  private final List<ClientFrame> received = new CopyOnWriteArrayList<>();
  private final AtomicBoolean losesTheNextAnswer = new AtomicBoolean();

  FakeNode() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  List<ClientFrame> received() {
    return received;
  }

  synchronized List<Entry> log() {
    return List.copyOf(log);
  }

  /// The next post is stored, and the socket is cut before the ack.
  void losesTheNextAnswer() {
    losesTheNextAnswer.set(true);
  }

  void cutsAllSockets() {
    sockets.forEach(FakeNode::cut);
  }

  @Override
  public void close() throws IOException {
    server.close();
    cutsAllSockets();
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      upgrade(in, socket.getOutputStream());
      while (true) answer(Json.clientFrame(text(in)), socket);
    } catch (IOException | Malformed gone) {
      sockets.remove(socket);
    }
  }

  private void upgrade(DataInputStream in, OutputStream out) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) head.append((char) in.readUnsignedByte());
    var key =
        head.toString()
            .lines()
            .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
            .map(line -> line.substring(18).strip())
            .findFirst()
            .orElseThrow();
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Protocol: kith.v1\r\nSec-WebSocket-Accept: "
                + accepted(key)
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static String accepted(String key) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      var hash = sha1.digest((key + WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The next text frame; a client masks its frames and does not fragment short ones.
  private static String text(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte() & 0x7F;
    if (length == 126) length = in.readUnsignedShort();
    var mask = in.readNBytes(4);
    var bytes = in.readNBytes(length);
    for (int i = 0; i < bytes.length; i++) bytes[i] ^= mask[i % 4];
    if ((first & 0x0F) != 1) throw new IOException("closed");
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private synchronized void answer(ClientFrame frame, Socket socket) throws IOException {
    received.add(frame);
    switch (frame) {
      case ClientFrame.Hello hello -> {
        send(
            socket,
            new ServerFrame.Welcome(
                "ann",
                "d-1",
                "s-1",
                "fake",
                SessionDriver.NOON,
                SessionDriver.LIMITS,
                List.of("lobby")));
        for (var after : hello.resume().values()) open(socket, OptionalLong.of(after));
      }
      case ClientFrame.Open open -> open(socket, open.after());
      case ClientFrame.Close(var room) ->
          send(socket, new ServerFrame.Closed(room, "closed", "Closed."));
      case ClientFrame.Send send -> post(socket, send);
      case ClientFrame.Edit _,
          ClientFrame.Redact _,
          ClientFrame.FeaturePost _,
          ClientFrame.History _,
          ClientFrame.OfFeature _ -> {}
      case ClientFrame.Ping(var id) -> send(socket, new ServerFrame.Pong(id));
    }
  }

  private void open(Socket socket, OptionalLong after) throws IOException {
    var missed = log.subList((int) Math.min(after.orElse(log.size()), log.size()), log.size());
    if (!missed.isEmpty()) send(socket, new ServerFrame.Entries("lobby", missed));
    send(socket, new ServerFrame.Complete("lobby", log.size()));
  }

  private void post(Socket socket, ClientFrame.Send post) throws IOException {
    var known = seqOf(post.id());
    long seq = known.orElseGet(() -> append(post));
    if (losesTheNextAnswer.getAndSet(false)) {
      socket.close();
      return;
    }
    if (known.isEmpty()) {
      tellAll();
    }
    send(socket, new ServerFrame.Ack(post.id(), "lobby", seq, SessionDriver.NOON));
  }

  private Optional<Long> seqOf(String id) {
    return log.stream()
        .filter(entry -> entry instanceof Entry.Message message && message.id().equals(id))
        .map(Entry::seq)
        .findFirst();
  }

  private long append(ClientFrame.Send post) {
    log.add(SessionDriver.said(log.size() + 1L, "ann", post.id()));
    return log.size();
  }

  /// Bob sends a message through another node.
  synchronized void bobSays(String id) {
    log.add(SessionDriver.said(log.size() + 1L, "bob", id));
    tellAll();
  }

  private void tellAll() {
    for (var socket : List.copyOf(sockets)) {
      try {
        send(socket, new ServerFrame.Entries("lobby", List.of(log.getLast())));
      } catch (IOException dead) {
        sockets.remove(socket);
      }
    }
  }

  private static void send(Socket socket, ServerFrame frame) throws IOException {
    var bytes = Json.bytes(frame);
    var head = ByteBuffer.allocate(4).put((byte) 0x81);
    if (bytes.length < 126) head.put((byte) bytes.length);
    else head.put((byte) 126).putShort((short) bytes.length);
    var out = socket.getOutputStream();
    out.write(head.array(), 0, head.position());
    out.write(bytes);
  }
}
