package kith.bench;

/// One client's part in a server's protocol, on top of WebSocket frames.
interface Talk {
  /// The handshake's path.
  String path();

  /// The subprotocol that is asked for; may be empty.
  String subprotocol();

  /// The handshake is over.
  void begins(Peer peer);

  /// A text frame came.
  void text(Peer peer, byte[] buffer, int from, int to, long now);
}
