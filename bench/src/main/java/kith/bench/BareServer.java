package kith.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The upper limit for comparison: a WebSocket server on bare Netty with one event loop. It stores
/// nothing, checks nothing and forwards every message to all clients in its room.
///
/// The text `+room` enters a room; every other text is sent to the clients in it. Messages that are
/// read together are flushed together.
final class BareServer {
  private static final byte ENTER = '+';

  private final Map<String, List<Channel>> rooms = new HashMap<>();
  private final Map<Channel, List<Channel>> roomsByChannel = new HashMap<>();
  private final Set<Channel> written = new LinkedHashSet<>();

  private BareServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    var loop =
        new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Class<? extends ServerChannel> kind =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    var server = new BareServer();
    var channel =
        new ServerBootstrap()
            .group(loop)
            .channel(kind)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    client
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(1 << 16),
                            new WebSocketServerProtocolHandler("/"),
                            server.new Client());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.printf(
        "listens on http://127.0.0.1:%d%n", ((InetSocketAddress) channel.localAddress()).getPort());
    channel.closeFuture().sync();
  }

  /// One connection. All connections run on the same event loop, so shared state needs no lock.
  private final class Client extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      var text = frame.content();
      if (text.getByte(0) == ENTER) enter(context.channel(), text);
      else broadcast(context.channel(), text);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      written.forEach(Channel::flush);
      written.clear();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      var room = roomsByChannel.remove(context.channel());
      if (room != null) room.remove(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }

  private void enter(Channel channel, ByteBuf text) {
    var room = text.toString(1, text.readableBytes() - 1, StandardCharsets.UTF_8);
    var inside = rooms.computeIfAbsent(room, _ -> new ArrayList<>());
    inside.add(channel);
    roomsByChannel.put(channel, inside);
    var _ = channel.writeAndFlush(new TextWebSocketFrame("entered"));
  }

  private void broadcast(Channel channel, ByteBuf text) {
    for (var other : roomsByChannel.getOrDefault(channel, List.of())) {
      var _ = other.write(new TextWebSocketFrame(text.retainedDuplicate()));
      written.add(other);
    }
  }
}
