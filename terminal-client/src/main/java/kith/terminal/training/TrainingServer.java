package kith.terminal.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// A server on this machine with the same entries in every room, so that a training needs no node.
/// It answers other requests with 404.
final class TrainingServer implements AutoCloseable {
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String KEY = "Sec-WebSocket-Key:";
  private static final int MAX_SOCKETS = 50;

  private final ServerSocket server;
  private final List<ServerFrame> greeting;
  private final List<Entry> entries;

  /// @param greeting answers the hello of each client
  /// @param entries of each room
  TrainingServer(List<ServerFrame> greeting, List<Entry> entries) throws IOException {
    this.greeting = List.copyOf(greeting);
    this.entries = List.copyOf(entries);
    server = new ServerSocket(0, MAX_SOCKETS, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the training is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      var head = head(in);
      var key =
          head.lines()
              .filter(line -> line.regionMatches(true, 0, KEY, 0, KEY.length()))
              .findFirst();
      if (key.isEmpty()) {
        out.write(
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        return;
      }
      upgrade(key.get().substring(KEY.length()).strip(), out);
      while (true)
        for (var frame : answers(Json.clientFrame(text(in)))) send(Json.text(frame), out);
    } catch (IOException | Malformed gone) {
      // the client has closed the connection
    }
  }

  private static String head(DataInputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
    return head.toString();
  }

  private static void upgrade(String key, OutputStream out) throws IOException {
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

  private List<ServerFrame> answers(ClientFrame asked) {
    return switch (asked) {
      case ClientFrame.Hello _ -> greeting;
      case ClientFrame.Open open ->
          List.of(new ServerFrame.Complete(open.room(), entries.getLast().seq()));
      case ClientFrame.History history ->
          List.of(new ServerFrame.Page(history.id(), history.room(), entries, false));
      case ClientFrame.Ping(var id) -> List.of(new ServerFrame.Pong(id));
      case ClientFrame.Close _, ClientFrame.Post _, ClientFrame.OfFeature _ -> List.of();
    };
  }

  /// A client masks its frames and does not fragment short ones.
  private static String text(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    int length = in.readUnsignedByte() & 0x7F;
    if (length == 126) length = in.readUnsignedShort();
    var mask = in.readNBytes(4);
    var bytes = in.readNBytes(length);
    for (int i = 0; i < bytes.length; i++) bytes[i] ^= mask[i % 4];
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void send(String text, OutputStream out) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var head = ByteBuffer.allocate(4).put((byte) 0x81);
    if (bytes.length < 126) head.put((byte) bytes.length);
    else head.put((byte) 126).putShort((short) bytes.length);
    out.write(head.array(), 0, head.position());
    out.write(bytes);
    out.flush();
  }
}
