package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.mapResponse;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.audit.AuditEntry;
import kith.node.auth.Tokens;
import kith.node.core.account.Account;
import kith.node.core.account.Account.NewDevice;
import kith.node.platform.config.HttpSettings;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.CacheControl;
import org.apache.pekko.http.javadsl.model.headers.CacheDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the devices that an account has admitted with their tokens, and records admissions and
/// refusals in the audit log.
public final class Admissions {
  private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

  /// Acts whose refusals are recorded, because somebody may be guessing.
  private static final Set<AuditAct> REFUSALS = Set.of(AuditAct.LOG_IN, AuditAct.PASSWORD_RESET);

  private final Tokens tokens;
  private final Cookies cookies;
  private final Duration knownFor;
  private final ClientAddress clients;
  private final Audit audit;
  private final Clock clock;

  /// @param knownFor the time for which an unused browser is recognized when it logs in again
  public Admissions(
      Tokens tokens, HttpSettings settings, Duration knownFor, Audit audit, Clock clock) {
    this.tokens = tokens;
    this.cookies = new Cookies(settings.secureCookies());
    this.knownFor = knownFor;
    this.clients = new ClientAddress(settings.trustedProxies());
    this.audit = audit;
    this.clock = clock;
  }

  /// A device that begins.
  ///
  /// @param what the event, for the log
  /// @param known the device from which the client was logged in before
  public Route begun(
      String what,
      AuditAct act,
      String user,
      NewDevice device,
      Optional<String> known,
      CompletionStage<Account.Admission> admission) {
    return extractRequest(request ->
        onSuccess(
            admission,
            answer ->
                complete(
                    switch (answer) {
                      case Account.Admitted admitted -> {
                        log(what, request, user, admitted.device());
                        audit.record(entry(act, user, request).about(user));
                        yield response(user, admitted, 201);
                      }
                      case Account.ProofRequired(var password) ->
                          Problems.withTicket(
                              Code.SECOND_FACTOR_REQUIRED,
                              tokens.ticket(
                                  new Tokens.Ticket(
                                      user, password, device.name(), device.cookies(), known),
                                  clock.instant()));
                      case Account.Refused refused -> {
                        if (REFUSALS.contains(act))
                          audit.record(
                              entry(AuditAct.LOG_IN_REFUSED, "", request)
                                  .about(user)
                                  .with(refused.code().wire()));
                        yield refused(what, request, user, refused);
                      }
                    })));
  }

  /// A device that begins in a browser, which is sent to a page.
  ///
  /// @param response makes the redirect from the response with the tokens
  public Route redirected(
      String what,
      AuditAct act,
      String user,
      Account.Admission admission,
      UnaryOperator<HttpResponse> response) {
    return mapResponse(
        response,
        () ->
            begun(
                what,
                act,
                user,
                new NewDevice("", true),
                Optional.empty(),
                CompletableFuture.completedFuture(admission)));
  }

  /// A device that gets new tokens.
  public Route refreshed(String user, CompletionStage<Account.Admission> admission) {
    return extractRequest(request ->
        onSuccess(
            admission,
            answer ->
                complete(
                    switch (answer) {
                      case Account.Admitted admitted -> {
                        log("refreshed", request, user, admitted.device());
                        yield response(user, admitted, 200);
                      }
                      case Account.Refused refused -> refused("refreshed", request, user, refused);
                      // a refresh token was the proof
                      case Account.ProofRequired _ -> Problems.response(Code.INTERNAL);
                    })));
  }

  private HttpResponse refused(
      String what, HttpRequest request, String user, Account.Refused refused) {
    LOG.info(
        "{} not {}: {}, address {}",
        user,
        what,
        refused.code().wire(),
        clients.of(request).getHostAddress());
    return Problems.response(refused.code(), refused.retryAfterMillis());
  }

  private AuditEntry entry(AuditAct act, String by, HttpRequest request) {
    return audit.entry(act, by).from(clients.of(request).getHostAddress());
  }

  private HttpResponse response(String user, Account.Admitted admitted, int status) {
    var pair =
        tokens.issue(
            user,
            new Tokens.Grant(
                admitted.device(), admitted.cookies(), admitted.generation(), admitted.at()));
    boolean inCookies = admitted.cookies();
    List<HttpHeader> headers = inCookies ? cookies.of(pair, knownFor, clock.instant()) : List.of();
    var body =
        new kith.protocol.rest.Accounts.Tokens(
            user,
            admitted.device(),
            Optional.of(pair.access()).filter(_ -> !inCookies),
            pair.accessExpires(),
            Optional.of(pair.refresh()).filter(_ -> !inCookies),
            pair.refreshExpires());
    return Bodies.json(status, body)
        .addHeaders(headers)
        .addHeader(CacheControl.create(CacheDirectives.NO_STORE));
  }

  private void log(String what, HttpRequest request, String user, String device) {
    LOG.info(
        "{} {}, device {}, address {}", user, what, device, clients.of(request).getHostAddress());
  }
}
