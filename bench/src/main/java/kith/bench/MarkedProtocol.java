package kith.bench;

/// The client side of a server that forwards bodies unchanged and has no sequence numbers. The
/// client recognizes its messages by a mark in the body, `#number;`.
final class MarkedProtocol implements ClientProtocol {
  private static final byte MARK = '#';

  /// The exchange before a client can send messages.
  interface Handshake {
    /// The WebSocket handshake is complete.
    void start(LoadClient client);

    /// Answers a frame. Returns true once the room is open.
    boolean isOpenAfter(LoadClient client, String text);

    /// Answers a frame without messages, in an open room.
    void onOther(LoadClient client, String text);
  }

  private final String path;
  private final String subprotocol;
  private final Handshake handshake;
  private boolean isOpen;

  MarkedProtocol(String path, String subprotocol, Handshake handshake) {
    this.path = path;
    this.subprotocol = subprotocol;
    this.handshake = handshake;
  }

  static String marked(String body) {
    return ";" + body;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String subprotocol() {
    return subprotocol;
  }

  @Override
  public void onUpgraded(LoadClient client) {
    handshake.start(client);
  }

  @Override
  public void onText(LoadClient client, byte[] buffer, int from, int to, long now) {
    if (!isOpen) {
      isOpen = handshake.isOpenAfter(client, text(buffer, from, to));
      if (isOpen) client.live();
      return;
    }
    var found = false;
    for (int at = from; at < to; at++) {
      if (buffer[at] != MARK) continue;
      var number = FrameScanner.number(buffer, at + 1, to);
      if (number < 0) continue;
      client.message(number, now);
      found = true;
    }
    if (!found) handshake.onOther(client, text(buffer, from, to));
  }

  private static String text(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
  }
}
