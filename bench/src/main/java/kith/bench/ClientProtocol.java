package kith.bench;

/// The client side of a server's protocol, on top of WebSocket frames.
interface ClientProtocol {
  /// The path of the WebSocket handshake.
  String path();

  /// The requested subprotocol; empty for none.
  String subprotocol();

  /// The WebSocket handshake is complete.
  void onUpgraded(LoadClient client);

  /// A text frame arrived.
  void onText(LoadClient client, byte[] buffer, int from, int to, long now);
}
