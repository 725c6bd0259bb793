package kith.node.gateway.socket;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Supervision;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/// Accepts connections as pekko-http's own server would, and puts a [ConnectionStage] between each
/// and pekko-http, so that a WebSocket can free its HTTP resources.
public final class Connections {
  private final ActorSystem<?> system;
  private final ServerSettings settings;
  private final Duration longestHead;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
  private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http;

  private Connections(
      ActorSystem<?> system,
      Duration longestHead,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    this.system = system;
    this.longestHead = longestHead;
    this.settings = ServerSettings.create(Adapter.toClassic(system));
    this.handler = handler;
    this.http = Http.get(system).serverLayer(settings).atop(idleTimeout()).atop(bytes());
  }

  /// @param tls the listening side of one connection; empty for connections without TLS
  public static CompletionStage<Tcp.ServerBinding> bind(
      ActorSystem<?> system,
      String host,
      int port,
      Optional<Supplier<SSLEngine>> tls,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    return bind(system, host, port, tls, Intervals.REQUEST_HEAD, handler);
  }

  static CompletionStage<Tcp.ServerBinding> bind(
      ActorSystem<?> system,
      String host,
      int port,
      Optional<Supplier<SSLEngine>> tls,
      Duration longestHead,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    var connections = new Connections(system, longestHead, handler);
    return tls.map(engines -> connections.secure(host, port, engines))
        .orElseGet(() -> connections.plain(host, port))
        .mapAsyncUnordered(connections.settings.getMaxConnections(), connections::serve)
        // one that fails at its start must not end the others
        .withAttributes(ActorAttributes.withSupervisionStrategy(Supervision.getResumingDecider()))
        .to(Sink.ignore())
        .run(system);
  }

  private Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>> plain(
      String host, int port) {
    return Tcp.get(system)
        .bind(
            host,
            port,
            settings.getBacklog(),
            settings.getSocketOptions(),
            false,
            Optional.<Duration>empty());
  }

  private Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>> secure(
      String host, int port, Supplier<SSLEngine> tls) {
    return Tcp.get(system)
        .bindWithTls(
            host,
            port,
            tls,
            settings.getBacklog(),
            settings.getSocketOptions(),
            Optional.empty(),
            _ -> Optional.empty(),
            TLSClosing.eagerClose());
  }

  /// Done when the connection has ended.
  private CompletionStage<Done> serve(Tcp.IncomingConnection connection) {
    var from = RemoteAddress.create(connection.remoteAddress());
    var stage =
        new ConnectionStage(
            upgrade ->
                Flow.of(HttpRequest.class)
                    .map(request -> request.addAttribute(AttributeKeys.remoteAddress, from))
                    .mapAsync(1, request -> handle(request, upgrade))
                    .join(http),
            longestHead);
    var _ = connection.handleWith(Flow.fromGraph(stage), system);
    return stage.over();
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

  /// pekko-http expects a TLS layer here; it gets plain bytes, because TLS ends before.
  private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> bytes() {
    return BidiFlow.fromFlows(
            Flow.<SslTlsOutbound>create(),
            Flow.of(SessionBytes.class).map(bytes -> (SslTlsInbound) bytes))
        .atop(TLSPlacebo.getInstance());
  }
}
