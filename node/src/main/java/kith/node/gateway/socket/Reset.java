package kith.node.gateway.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/// Ends a connection without waiting for bytes that its client does not take.
final class Reset {
  private Reset() {}

  /// Call it on the connection's loop. TLS would first send its own end, and wait for it.
  static void now(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    var _ = channel.pipeline().firstContext().close();
  }
}
