package kith.node.gateway.socket;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import kith.node.core.session.SocketEvent;
import kith.node.core.session.SocketWriter;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.SessionSettings;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.stream.javadsl.Flow;

/// Turns an HTTP request into a socket with a session.
///
/// pekko-http answers the handshake; our own socket replaces its WebSocket flow
/// (`docs/decisions/001-own-websocket-stage.md`).
public final class SocketFlow {

  public static final String SUBPROTOCOL = "kith.v1";

  /// Never run: pekko-http needs a flow to answer the handshake.
  private static final Flow<Message, Message, NotUsed> UNUSED = Flow.create();

  private final SocketSettings settings;

  public SocketFlow(SessionSettings sessions) {
    this(
        new SocketSettings(
            sessions.ping(),
            sessions.silence(),
            sessions.noProgress(),
            sessions.frameBytes(),
            sessions.unhandledFrames(),
            Intervals.CLOSE_ANSWER));
  }

  SocketFlow(SocketSettings settings) {
    this.settings = settings;
  }

  /// Whether this is a WebSocket handshake (RFC 6455) that offers our subprotocol.
  public static boolean isOffered(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.webSocketUpgrade)
        .map(upgrade -> offers(upgrade.getRequestedProtocols()))
        .orElse(false);
  }

  private static boolean offers(Iterable<String> protocols) {
    for (var protocol : protocols) {
      if (protocol.equals(SUBPROTOCOL)) {
        return true;
      }
    }
    return false;
  }

  /// The answer that opens the socket. Its session is created first: `sessions` receives the
  /// socket's writer and returns the receiver of its events. Empty, without a session, if the
  /// request is not an `isOffered` handshake.
  ///
  /// The request must come through [Connections]. If its connection has ended, `Ended` follows at
  /// once.
  public Optional<HttpResponse> upgrade(
      HttpRequest request, Function<SocketWriter, Consumer<? super SocketEvent>> sessions) {
    if (!isOffered(request)) {
      return Optional.empty();
    }
    return request
        .getAttribute(AttributeKeys.webSocketUpgrade)
        .map(upgrade -> upgrade.handleMessagesWith(UNUSED, SUBPROTOCOL))
        .map(handshake -> opening(request, handshake, sessions));
  }

  private HttpResponse opening(
      HttpRequest request,
      HttpResponse handshake,
      Function<SocketWriter, Consumer<? super SocketEvent>> sessions) {
    var outbox = new Outbox(settings.unhandledFrames());
    outbox.listen(sessions.apply(outbox));
    Upgrade.of(request).to(new Upgrade.Socket(outbox, settings));
    // without the header that would make pekko-http run `UNUSED`
    var headers = new ArrayList<HttpHeader>();
    for (var header : handshake.getHeaders()) if (header.renderInResponses()) headers.add(header);
    return handshake.withHeaders(headers);
  }
}
