package kith.bench;

/// A client of a server that passes bodies on as they are, and says nothing of places: its messages
/// are known by a mark in the body, `#number;`.
final class MarkedTalk implements Talk {
  private static final byte MARK = '#';

  /// The words before anybody can talk.
  interface Opening {
    /// The handshake is over.
    void begins(Peer peer);

    /// Answers what came. True once the room is open.
    boolean isOpenAfter(Peer peer, String text);

    /// Answers what is no message, in an open room.
    void hears(Peer peer, String text);
  }

  private final String path;
  private final String subprotocol;
  private final Opening opening;
  private boolean isOpen;

  MarkedTalk(String path, String subprotocol, Opening opening) {
    this.path = path;
    this.subprotocol = subprotocol;
    this.opening = opening;
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
  public void begins(Peer peer) {
    opening.begins(peer);
  }

  @Override
  public void text(Peer peer, byte[] buffer, int from, int to, long now) {
    if (!isOpen) {
      isOpen = opening.isOpenAfter(peer, text(buffer, from, to));
      if (isOpen) peer.live();
      return;
    }
    var found = false;
    for (int at = from; at < to; at++) {
      if (buffer[at] != MARK) continue;
      var number = FrameScanner.number(buffer, at + 1, to);
      if (number < 0) continue;
      peer.message(number, now);
      found = true;
    }
    if (!found) opening.hears(peer, text(buffer, from, to));
  }

  private static String text(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
  }
}
