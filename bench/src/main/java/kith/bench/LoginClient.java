package kith.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A client that connects, sends `hello`, opens all its rooms, and waits until it has the inbox and
/// every room is complete.
final class LoginClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;

  private final InetSocketAddress address;
  private final Member member;
  private final List<String> rooms;
  private final Socket socket = new Socket();

  LoginClient(InetSocketAddress address, Member member, List<String> rooms) {
    this.address = address;
    this.member = member;
    this.rooms = rooms;
  }

  /// @param completed runs each time that a room is complete
  void connect(Runnable completed) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(address, PATIENCE_MILLIS);
    var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    upgrade(in);
    send("{\"type\":\"hello\",\"inbox\":true,\"token\":\"" + member.token() + "\"}");
    for (var room : rooms) open(room);
    var missing = rooms.size();
    var hasInbox = false;
    while (missing > 0 || !hasInbox) {
      var text = text(in);
      if (text.startsWith("{\"type\":\"complete\"")) {
        missing--;
        completed.run();
      } else if (text.startsWith("{\"type\":\"inbox\"")) hasInbox = !text.contains("\"more\":true");
      else if (text.startsWith("{\"type\":\"error\",\"code\":\"unavailable\"")) openAgain(text);
      else if (text.startsWith("{\"type\":\"error\"") || text.startsWith("{\"type\":\"goodbye\""))
        throw new IOException(text);
    }
  }

  private void open(String room) throws IOException {
    send("{\"type\":\"open\",\"room\":\"" + room + "\"}");
  }

  /// Repeats the frame for the room that the error names.
  private void openAgain(String error) throws IOException {
    for (var room : rooms) if (error.contains("\"room\":\"" + room + "\"")) open(room);
  }

  private void upgrade(DataInputStream in) throws IOException {
    var nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    var request =
        """
        GET /v1/socket HTTP/1.1\r
        Host: %s:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Protocol: kith.v1\r
        \r
        """
            .formatted(
                address.getHostString(),
                address.getPort(),
                Base64.getEncoder().encodeToString(nonce));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n")) answer.append((char) in.readUnsignedByte());
    if (!answer.toString().startsWith("HTTP/1.1 101 "))
      throw new IOException(answer.toString().lines().findFirst().orElse(""));
  }

  private void send(String frame) throws IOException {
    var bytes = frame.getBytes(StandardCharsets.UTF_8);
    var out = ByteBuffer.allocate(bytes.length + ClientFrames.HEADER);
    ClientFrames.put(out, ClientFrames.TEXT, bytes, 0, bytes.length);
    socket.getOutputStream().write(out.array(), 0, out.position());
  }

  /// The payload of the next text frame.
  private static String text(DataInputStream in) throws IOException {
    while (true) {
      var kind = in.readUnsignedByte() & 0xF;
      var length = in.readUnsignedByte() & 0x7F;
      if (length == 126) length = in.readUnsignedShort();
      else if (length == 127) length = Math.toIntExact(in.readLong());
      var payload = in.readNBytes(length);
      if (payload.length < length || kind == ClientFrames.CLOSE)
        throw new EOFException("connection closed");
      if (kind == ClientFrames.TEXT) return new String(payload, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
