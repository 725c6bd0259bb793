package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import java.util.Optional;
import java.util.OptionalLong;
import kith.node.auth.Tokens.Access;
import kith.node.core.session.Session;
import kith.node.core.session.Sessions;
import kith.node.core.session.SocketEvent;
import kith.node.gateway.socket.SocketFlow;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /v1/socket`: from a handshake to a session.
public final class SocketRoute {
  private static final String NO_HANDSHAKE =
      "The field 'Sec-WebSocket-Protocol' must offer %s, in a WebSocket handshake (RFC 6455)."
          .formatted(SocketFlow.SUBPROTOCOL);

  private final ActorSystem<?> system;
  private final ActorRef<Sessions.Command> sessions;
  private final SocketFlow flow;
  private final Authenticated authenticated;
  private final Origins origins;
  private final ClientAddress clients;

  public SocketRoute(
      ActorSystem<?> system,
      ActorRef<Sessions.Command> sessions,
      SocketFlow flow,
      Authenticated authenticated,
      Origins origins,
      ClientAddress clients) {
    this.system = system;
    this.sessions = sessions;
    this.flow = flow;
    this.authenticated = authenticated;
    this.origins = origins;
    this.clients = clients;
  }

  public Route route() {
    return pathPrefix("v1", () -> path("socket", () -> get(() -> extractRequest(this::handshake))));
  }

  private Route handshake(HttpRequest request) {
    if (!SocketFlow.isOffered(request))
      return complete(Problems.response(Code.BAD_FIELD, NO_HANDSHAKE, OptionalLong.empty()));
    if (!origins.allowIfSaid(request)) return Problems.route(Code.ORIGIN_NOT_ALLOWED);
    return authenticated.ofSocket(identity ->
        switch (identity) {
          case Authenticated.Identity.Known(var caller) -> open(request, Optional.of(caller));
          case Authenticated.Identity.Nobody() -> open(request, Optional.empty());
          case Authenticated.Identity.Refused(var code) -> Problems.route(code);
        });
  }

  private Route open(HttpRequest request, Optional<Access> caller) {
    var admission =
        AskPattern.<Sessions.Command, Sessions.Admission>ask(
            sessions,
            replyTo -> new Sessions.Admit(caller, clients.of(request), replyTo),
            Intervals.DIRECT_ANSWER,
            system.scheduler());
    return onSuccess(
        admission,
        answer ->
            switch (answer) {
              case Sessions.Full() -> Problems.route(Code.TOO_MANY_CONNECTIONS);
              case Sessions.Admitted(var session) -> complete(upgrade(request, session));
            });
  }

  private HttpResponse upgrade(HttpRequest request, ActorRef<Session.Command> session) {
    return flow.upgrade(
            request,
            socket -> {
              session.tell(new Session.Connected(socket));
              return (SocketEvent event) -> session.tell(new Session.FromSocket(event));
            })
        .orElseThrow();
  }
}
