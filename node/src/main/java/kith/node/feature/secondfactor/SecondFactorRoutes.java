package kith.node.feature.secondfactor;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.auth.Tokens;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.feature.secondfactor.AccountSecondFactor.Begun;
import kith.node.feature.secondfactor.AccountSecondFactor.Codes;
import kith.node.feature.secondfactor.AccountSecondFactor.Command;
import kith.node.feature.secondfactor.AccountSecondFactor.Done;
import kith.node.feature.secondfactor.AccountSecondFactor.No;
import kith.node.feature.secondfactor.AccountSecondFactor.Reply;
import kith.node.feature.secondfactor.AccountSecondFactor.Standing;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.SecondFactors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.CacheControl;
import org.apache.pekko.http.javadsl.model.headers.CacheDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/account/second-factor`, and the second step of a log-in.
final class SecondFactorRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SecondFactorRoutes.class);

  private final Edge edge;
  private final Tokens tokens;
  private final Audit audit;
  private final Clock clock;

  SecondFactorRoutes(Edge edge, Tokens tokens, Audit audit, Clock clock) {
    this.edge = edge;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  Route route() {
    return concat(
        path(
            segment("v1").slash("tokens").slash("second-factor"),
            () ->
                post(() -> edge.bodies().read(SecondFactors.SecondFactorLogIn.class, this::logIn))),
        pathPrefix(
            segment("v1").slash("account").slash("second-factor"),
            () ->
                concat(
                    pathEnd(() ->
                        concat(
                            get(() -> caller(this::look)),
                            post(() -> caller(this::begin)),
                            put(() -> caller(this::turnOn)),
                            delete(() -> caller(this::turnOff)))),
                    path("codes", () -> post(() -> caller(this::renew))))));
  }

  private Route caller(Function<Access, Route> inner) {
    return edge.authenticated().caller(inner);
  }

  private Route logIn(SecondFactors.SecondFactorLogIn asked) {
    return onSuccess(
        tokens.findKey(asked.ticket()),
        _ ->
            tokens
                .verifyTicket(asked.ticket(), clock.instant())
                .map(ticket -> logIn(ticket, new Secret(asked.code())))
                .orElseGet(() -> Problems.route(Code.TICKET_EXPIRED)));
  }

  private Route logIn(Tokens.Ticket ticket, Secret code) {
    var device = new NewDevice(ticket.deviceName(), ticket.cookies());
    return edge.throttling()
        .logIn(
            ticket.known(),
            client ->
                edge.admissions()
                    .begun(
                        "logged in with a second factor",
                        AuditAct.LOG_IN,
                        ticket.user(),
                        device,
                        ticket.known(),
                        edge.accounts()
                            .<Account.Admission>ask(
                                ticket.user(),
                                replyTo ->
                                    new AccountSecondFactor.LogIn(
                                        ticket.password(), code, device, client, replyTo),
                                Refused.UNAVAILABLE)));
  }

  private Route look(Access caller) {
    return answered(caller, AccountSecondFactor.Look::new, Optional.empty(), "");
  }

  private Route begin(Access caller) {
    return edge.bodies()
        .read(
            SecondFactors.SecondFactorBegin.class,
            asked ->
                limited(
                    caller,
                    replyTo ->
                        new AccountSecondFactor.Begin(
                            new Secret(asked.password()), client(caller), replyTo),
                    Optional.empty(),
                    "began to set up a second factor"));
  }

  private Route turnOn(Access caller) {
    return edge.bodies()
        .read(
            SecondFactors.SecondFactorTurnOn.class,
            asked ->
                limited(
                    caller,
                    replyTo ->
                        new AccountSecondFactor.TurnOn(
                            new Secret(asked.code()), client(caller), replyTo),
                    Optional.of(AuditAct.SECOND_FACTOR_ON),
                    "turned a second factor on"));
  }

  private Route turnOff(Access caller) {
    return edge.bodies()
        .read(
            SecondFactors.SecondFactorProof.class,
            asked ->
                limited(
                    caller,
                    replyTo ->
                        new AccountSecondFactor.TurnOff(
                            new Secret(asked.password()),
                            new Secret(asked.code()),
                            client(caller),
                            replyTo),
                    Optional.of(AuditAct.SECOND_FACTOR_OFF),
                    "turned the second factor off"));
  }

  private Route renew(Access caller) {
    return edge.bodies()
        .read(
            SecondFactors.SecondFactorProof.class,
            asked ->
                limited(
                    caller,
                    replyTo ->
                        new AccountSecondFactor.Renew(
                            new Secret(asked.password()),
                            new Secret(asked.code()),
                            client(caller),
                            replyTo),
                    Optional.of(AuditAct.SECOND_FACTOR_CODES),
                    "made new recovery codes"));
  }

  private static Client client(Access caller) {
    return Client.device(caller.device());
  }

  private Route limited(
      Access caller,
      Function<ActorRef<Reply>, Command> command,
      Optional<AuditAct> act,
      String what) {
    return edge.throttling().password(() -> answered(caller, command, act, what));
  }

  private Route answered(
      Access caller,
      Function<ActorRef<Reply>, Command> command,
      Optional<AuditAct> act,
      String what) {
    return extractRequest(request ->
        onSuccess(
            edge.accounts().<Reply>ask(caller.user(), command::apply, new No(Refused.UNAVAILABLE)),
            reply -> {
              if (!(reply instanceof No) && !what.isEmpty()) {
                LOG.info("{} {}, device {}", caller.user(), what, caller.device());
                act.ifPresent(
                    it -> audit.record(audit.entry(it, caller.user()).about(caller.user())));
              }
              var server = request.getUri().host().address();
              return complete(response(caller.user(), server, reply));
            }));
  }

  private static HttpResponse response(String user, String server, Reply reply) {
    return switch (reply) {
      case Standing(var on, var since, var codes, var required) ->
          Bodies.json(200, new SecondFactors.SecondFactorStanding(on, since, codes, required));
      case Begun(var secret) ->
          secret(
              Bodies.json(
                  201,
                  new SecondFactors.SecondFactorBegun(secret, Totp.uri(user, server, secret))));
      case Codes(var codes) -> secret(Bodies.json(200, new SecondFactors.RecoveryCodes(codes)));
      case Done() -> HttpResponse.create().withStatus(204);
      case No(var refused) -> Problems.response(refused.code(), refused.retryAfterMillis());
    };
  }

  private static HttpResponse secret(HttpResponse response) {
    return response.addHeader(CacheControl.create(CacheDirectives.NO_STORE));
  }
}
