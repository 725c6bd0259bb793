package kith.node.feature.push;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.BearerSecret;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Couriers;
import kith.node.feature.courier.Target;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.rest.Notifications;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/account/email`: the address of an account, and `/v1/email`: the link in each digest, which
/// ends them.
final class EmailRoutes {
  private static final List<HttpHeader> SAFE =
      List.of(
          RawHeader.create(
              "Content-Security-Policy",
              "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
          RawHeader.create("Referrer-Policy", "no-referrer"),
          RawHeader.create("Cache-Control", "no-store"));

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Kith: e-mail</title>
      <h1>E-mail of unread messages</h1>
      %s
      </html>
      """;

  private static final String ASK =
      """
      <p>This address gets the unread messages of an account by e-mail.</p>
      <form method="post"><button>End this e-mail</button></form>\
      """;
  private static final String ENDED = "<p>This link sends no further e-mail.</p>";

  private final Optional<Emails> emails;
  private final EmailTable table;
  private final Couriers couriers;
  private final PushTable push;
  private final PushWorker worker;
  private final Edge edge;
  private final PushSettings settings;
  private final Clock clock;

  EmailRoutes(
      Optional<Emails> emails,
      EmailTable table,
      Couriers couriers,
      PushTable push,
      PushWorker worker,
      Edge edge,
      PushSettings settings,
      Clock clock) {
    this.emails = emails;
    this.table = table;
    this.couriers = couriers;
    this.push = push;
    this.worker = worker;
    this.edge = edge;
    this.settings = settings;
    this.clock = clock;
  }

  Route route() {
    return concat(
        path(
            segment("v1").slash("account").slash("email"),
            () ->
                concat(
                    post(() -> edge.authenticated().caller(this::begin)),
                    put(() -> edge.authenticated().caller(this::confirm)))),
        path(
            segment("v1").slash("email").slash(segment()),
            token -> concat(get(() -> page(ASK)), post(() -> end(token)))));
  }

  private Route begin(Access caller) {
    return edge.bodies()
        .read(
            Notifications.AddEmail.class,
            asked -> {
              if (emails.isEmpty()) return Problems.route(Code.EMAIL_OFF);
              return MailAddress.of(asked.email())
                  .map(address -> begin(caller, emails.get(), address))
                  .orElseGet(() -> WrongFields.route("email"));
            });
  }

  private Route begin(Access caller, Emails sender, MailAddress address) {
    var code = EmailTable.newCode();
    return onSuccess(
        table.begin(caller.user(), address, code, clock.instant()),
        isStored ->
            isStored
                ? onSuccess(
                    sender.sendCode(address, caller.user(), code),
                    refusal ->
                        refusal
                            .map(EmailRoutes::notSent)
                            .orElseGet(() -> complete(HttpResponse.create().withStatus(204))))
                : Problems.route(Code.TOO_MANY_ATTEMPTS));
  }

  private static Route notSent(String reason) {
    return complete(Problems.response(Code.EMAIL_NOT_SENT, reason, OptionalLong.empty()));
  }

  private Route confirm(Access caller) {
    return edge.bodies()
        .read(
            Notifications.ConfirmEmail.class,
            asked -> {
              if (emails.isEmpty()) return Problems.route(Code.EMAIL_OFF);
              return onSuccess(
                  table.confirm(caller.user(), asked.code().strip(), clock.instant()),
                  address ->
                      address
                          .map(it -> add(caller, it))
                          .orElseGet(() -> Problems.route(Code.WRONG_CODE)));
            });
  }

  private Route add(Access caller, String address) {
    return onSuccess(
        added(caller.user(), new MailAddress(address)),
        added ->
            added
                .<Route>map(it -> complete(Bodies.json(201, PushRoutes.push(it))))
                .orElseGet(() -> Problems.route(Code.TOO_MANY_RECEIVERS)));
  }

  private CompletionStage<Optional<Target>> added(String account, MailAddress address) {
    var id = Rooms.newId();
    var secret =
        couriers.secrets().wrap(id, BearerSecret.create().getBytes(StandardCharsets.UTF_8));
    return push.last()
        .thenCompose(last -> {
          // an address belongs to the account, not to one of its devices
          var target =
              Target.ofDevice(
                  id,
                  Emails.KIND,
                  account,
                  "",
                  address.url(),
                  secret,
                  clock.instant().truncatedTo(ChronoUnit.MILLIS),
                  last);
          return couriers
              .table()
              .addOnly(target, settings.perAccount(), settings.receivers())
              .thenCompose(refusal ->
                  refusal.isPresent()
                      ? CompletableFuture.completedFuture(Optional.<Target>empty())
                      : worker.read().thenApply(_ -> Optional.of(target)));
        });
  }

  /// The answer is the same for every token. A program that only follows links, such as a mail
  /// scanner, ends nothing: RFC 8058 has the recipient's mail program send a POST, and the page a
  /// form.
  private Route end(String token) {
    return edge.bodies().text(_ -> onSuccess(ended(token), _ -> page(ENDED)));
  }

  private CompletionStage<Boolean> ended(String token) {
    var dot = token.indexOf('.');
    if (dot < 0) return CompletableFuture.completedFuture(false);
    var id = token.substring(0, dot);
    var given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    return couriers
        .table()
        .find(id)
        .thenCompose(found -> {
          var isRight =
              found
                  .filter(it -> it.kind().equals(Emails.KIND))
                  .flatMap(it -> couriers.secrets().unwrap(it.id(), it.secret()))
                  .filter(secret -> MessageDigest.isEqual(secret, given))
                  .isPresent();
          if (!isRight) return CompletableFuture.completedFuture(false);
          return couriers
              .table()
              .remove(id)
              .whenComplete((_, fault) -> {
                if (fault == null) couriers.changed(id);
              });
        });
  }

  private static Route page(String content) {
    return complete(
        HttpResponse.create()
            .withEntity(HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, PAGE.formatted(content)))
            .addHeaders(SAFE));
  }
}
