package kith.node.gateway.socket;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import kith.node.platform.config.Intervals;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/// Accepts connections, and gives the bytes of each to pekko-http's server layer until a request
/// makes it a WebSocket.
public final class Connections {
  private final ActorSystem<?> system;
  private final ServerSettings settings;
  private final Optional<Supplier<SSLEngine>> tls;
  private final Duration longestHead;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
  private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http;
  private final Executor threads;

  private Connections(
      ActorSystem<?> system,
      Optional<Supplier<SSLEngine>> tls,
      Duration longestHead,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    this.system = system;
    this.tls = tls;
    this.longestHead = longestHead;
    this.settings = ServerSettings.create(Adapter.toClassic(system));
    this.handler = handler;
    this.http = Http.get(system).serverLayer(settings).atop(idleTimeout()).atop(bytes());
    this.threads = system.executionContext();
  }

  /// A port that accepts connections.
  ///
  /// @param address the address for clients
  public record Listening(InetSocketAddress address, Channel channel) {
    /// Accepts no further connections; the open ones stay.
    public CompletionStage<Done> close() {
      var closed = new CompletableFuture<Done>();
      var _ = channel.close().addListener(_ -> closed.complete(Done.getInstance()));
      return closed;
    }
  }

  /// @param tls the listening side of one connection; empty for connections without TLS
  public static CompletionStage<Listening> bind(
      ActorSystem<?> system,
      Loops loops,
      String host,
      int port,
      Optional<Supplier<SSLEngine>> tls,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    return bind(system, loops, host, port, tls, Intervals.REQUEST_HEAD, handler);
  }

  static CompletionStage<Listening> bind(
      ActorSystem<?> system,
      Loops loops,
      String host,
      int port,
      Optional<Supplier<SSLEngine>> tls,
      Duration longestHead,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    return new Connections(system, tls, longestHead, handler).listen(loops, host, port);
  }

  private CompletionStage<Listening> listen(Loops loops, String host, int port) {
    var listening = new CompletableFuture<Listening>();
    var bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.kind().server())
            .option(ChannelOption.SO_BACKLOG, settings.getBacklog())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            // pekko-http asks for each piece
            .childOption(ChannelOption.AUTO_READ, false)
            .handler(new Limit(settings.getMaxConnections()))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    begin(client);
                  }
                })
            .bind(address(host, port));
    var _ =
        bound.addListener(_ -> {
          var channel = bound.channel();
          if (bound.isSuccess())
            listening.complete(new Listening((InetSocketAddress) channel.localAddress(), channel));
          else listening.completeExceptionally(bindFailure(bound.cause()));
        });
    return listening;
  }

  /// `0.0.0.0` means all addresses, also those of IPv6 where there is one.
  private static InetSocketAddress address(String host, int port) {
    var address = new InetSocketAddress(host, port);
    var isWildcard = !address.isUnresolved() && address.getAddress().isAnyLocalAddress();
    return isWildcard ? new InetSocketAddress(port) : address;
  }

  /// The native transports have exceptions of their own.
  private static Throwable bindFailure(Throwable cause) {
    return cause instanceof BindException
        ? cause
        : new BindException(cause.getMessage()).initCause(cause);
  }

  private void begin(Channel client) {
    tls.ifPresent(engines -> client.pipeline().addLast(secure(engines.get())));
    client.pipeline().addLast(new HttpConnection(client, longestHead, this::serve));
  }

  /// The cryptography of handshakes takes milliseconds, during which the loop serves others.
  private SslHandler secure(SSLEngine engine) {
    var secure = new SslHandler(engine, false, threads);
    secure.setHandshakeTimeoutMillis(Intervals.REQUEST_HEAD.toMillis());
    return secure;
  }

  private void serve(HttpConnection connection) {
    if (!(connection.channel().remoteAddress() instanceof InetSocketAddress client)) {
      // the client has already left
      var _ = connection.channel().close();
      return;
    }
    var from = RemoteAddress.create(client);
    var layer =
        Flow.of(HttpRequest.class)
            .map(request -> request.addAttribute(AttributeKeys.remoteAddress, from))
            .mapAsync(1, request -> handle(request, connection.upgrade()))
            .join(http);
    // starting a stream takes a tenth of a millisecond, during which the loop serves others
    threads.execute(() -> {
      var _ = Flow.fromGraph(new HttpStream(connection)).join(layer).run(system);
    });
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request, Upgrade upgrade)
      throws Exception {
    return handler.apply(upgrade.on(request)).whenComplete((_, _) -> upgrade.answered());
  }

  private BidiFlow<SslTlsOutbound, SslTlsOutbound, SslTlsInbound, SslTlsInbound, NotUsed>
      idleTimeout() {
    return BidiFlow.bidirectionalIdleTimeout(
        Duration.ofMillis(settings.getTimeouts().idleTimeout().toMillis()));
  }

  /// pekko-http expects a TLS layer here; it gets plain bytes, because TLS ends before. It is not
  /// Pekko's `TLSPlacebo`, which loads the authorities of the Java runtime for a TLS session that
  /// nothing reads, and so delays the start of a node.
  private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> bytes() {
    return BidiFlow.fromFlows(
        Flow.<SslTlsOutbound>create().collectType(SendBytes.class).map(SendBytes::bytes),
        Flow.<ByteString>create().map(bytes -> new SessionBytes(/* session */ null, bytes)));
  }

  /// Later connections wait until one closes: most in the kernel, and a few that were already
  /// accepted.
  private static final class Limit extends ChannelInboundHandlerAdapter {
    private final int most;
    private final Queue<Object> waiting = new ArrayDeque<>();
    private int open;

    Limit(int most) {
      this.most = most;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object client) {
      if (open == most) waiting.add(client);
      else admit(context, client);
      if (open == most) context.channel().config().setAutoRead(false);
    }

    private void admit(ChannelHandlerContext context, Object client) {
      open++;
      var loop = context.executor();
      var _ =
          ((Channel) client)
              .closeFuture()
              .addListener(_ -> {
                if (!loop.isShuttingDown()) loop.execute(() -> onClosed(context));
              });
      context.fireChannelRead(client);
    }

    private void onClosed(ChannelHandlerContext context) {
      open--;
      var next = waiting.poll();
      if (next != null) admit(context, next);
      else if (context.channel().isOpen()) context.channel().config().setAutoRead(true);
    }

    /// The port closes, and nothing would serve these connections.
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      for (var client : waiting) ((Channel) client).unsafe().closeForcibly();
      waiting.clear();
      context.fireChannelInactive();
    }
  }
}
