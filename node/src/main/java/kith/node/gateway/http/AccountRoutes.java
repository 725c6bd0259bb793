package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.patch;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.Secret;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import kith.protocol.rest.Accounts.ChangePassword;
import kith.protocol.rest.Accounts.ChangeProfile;
import kith.protocol.rest.Accounts.DeleteAccount;
import kith.protocol.rest.Accounts.Device;
import kith.protocol.rest.Accounts.Devices;
import kith.protocol.rest.Accounts.Privacy;
import kith.protocol.rest.Accounts.Profile;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// REST routes of an account that has a device: profile, password, devices. Sign-up and login are
/// in `TokenRoutes`.
public final class AccountRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(AccountRoutes.class);

  private final Accounts accounts;
  private final Authenticated authenticated;
  private final Throttling throttling;
  private final Bodies bodies;
  private final Cookies cookies;
  private final ConversationsFrom usualConversations;
  private final Audit audit;

  /// @param usualConversations who may begin a conversation with an account that has not chosen
  public AccountRoutes(
      Accounts accounts,
      Authenticated authenticated,
      Throttling throttling,
      Bodies bodies,
      boolean secureCookies,
      ConversationsFrom usualConversations,
      Audit audit) {
    this.accounts = accounts;
    this.authenticated = authenticated;
    this.throttling = throttling;
    this.bodies = bodies;
    this.cookies = new Cookies(secureCookies);
    this.usualConversations = usualConversations;
    this.audit = audit;
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                pathPrefix("account", this::account),
                pathPrefix("devices", this::devices),
                path(segment("users").slash(segment()), user -> get(() -> profile(user)))));
  }

  private Route account() {
    return concat(
        pathEnd(() ->
            concat(
                get(() -> authenticated.caller(this::read)),
                patch(() -> authenticated.caller(this::change)),
                delete(() -> authenticated.caller(this::deleteAccount)))),
        path("password", () -> put(() -> authenticated.caller(this::changePassword))));
  }

  private Route devices() {
    return concat(
        pathEnd(() ->
            concat(
                get(() -> authenticated.caller(this::list)),
                delete(() -> authenticated.caller(this::endAll)))),
        path(
            segment(),
            device -> delete(() -> authenticated.caller(caller -> end(caller, device)))));
  }

  private Route read(Access caller) {
    return onSuccess(accounts.read(caller.user()), reply -> complete(own(caller, reply)));
  }

  private Route change(Access caller) {
    return bodies.read(
        ChangeProfile.class,
        change ->
            ProfileFields.firstWrong(change)
                .map(WrongFields::route)
                .orElseGet(() ->
                    onSuccess(
                        change(caller.user(), change), reply -> complete(own(caller, reply)))));
  }

  private CompletionStage<Account.ReadReply> change(String user, ChangeProfile change) {
    var profile = accounts.changeProfile(user, change);
    return change
        .privacy()
        .map(privacy -> whereDone(profile, () -> accounts.changePrivacy(user, privacy)))
        .orElse(profile);
  }

  /// Runs the second of two changes, or returns the refusal of the first.
  static CompletionStage<Account.ReadReply> whereDone(
      CompletionStage<Account.ReadReply> first,
      Supplier<CompletionStage<Account.ReadReply>> second) {
    return first.thenCompose(reply ->
        switch (reply) {
          case Account.View _ -> second.get();
          case Account.Refused _ -> first;
        });
  }

  private Privacy privacy(Relations relations) {
    var privacy = relations.privacy();
    return new Privacy(
        Optional.of(privacy.lastSeen()),
        Optional.of(privacy.receipts()),
        Optional.of(privacy.typing()),
        privacy.conversations().or(() -> Optional.of(usualConversations)));
  }

  private HttpResponse own(Access caller, Account.ReadReply reply) {
    return switch (reply) {
      case Account.View view ->
          Bodies.json(
              200,
              new kith.protocol.rest.Accounts.Account(
                  caller.user(),
                  view.displayName(),
                  view.picture(),
                  view.email(),
                  view.created(),
                  view.rooms(),
                  view.relations().map(this::privacy)));
      case Account.Refused(var code, var wait) -> Problems.response(code, wait);
    };
  }

  private Route changePassword(Access caller) {
    return bodies.read(
        ChangePassword.class,
        change ->
            throttling.password(() ->
                done(
                    "changed the password",
                    AuditAct.PASSWORD_CHANGED,
                    caller,
                    accounts.changePassword(
                        caller.user(),
                        caller.device(),
                        new Secret(change.current()),
                        new Secret(change.replacement())))));
  }

  private Route deleteAccount(Access caller) {
    return bodies.read(
        DeleteAccount.class,
        request ->
            throttling.password(() ->
                ended(
                    "deleted the account",
                    AuditAct.ACCOUNT_DELETED,
                    caller,
                    accounts.delete(
                        caller.user(), new Secret(request.password()), request.messages()))));
  }

  private Route list(Access caller) {
    return onSuccess(
        accounts.devices(caller.user()),
        reply ->
            switch (reply) {
              case Account.DeviceList(var devices) ->
                  complete(
                      Bodies.json(
                          200,
                          new Devices(devices.stream().map(it -> device(it, caller)).toList())));
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  private static Device device(Account.DeviceView seen, Access caller) {
    return new Device(
        seen.device(),
        seen.name(),
        seen.created(),
        seen.lastUsed(),
        seen.device().equals(caller.device()));
  }

  private Route end(Access caller, String device) {
    if (device.equals("current") || device.equals(caller.device()))
      return ended(
          "logged out",
          AuditAct.DEVICES_ENDED,
          caller,
          accounts.endDevice(caller.user(), caller.device()));
    return done(
        "logged out another device",
        AuditAct.DEVICES_ENDED,
        caller,
        accounts.endDevice(caller.user(), device));
  }

  private Route endAll(Access caller) {
    return ended(
        "logged out everywhere",
        AuditAct.DEVICES_ENDED,
        caller,
        accounts.endAllDevices(caller.user()));
  }

  private Route profile(String user) {
    return authenticated.caller(_ ->
        UserName.of(user)
            .<Route>map(name ->
                onSuccess(accounts.read(name.text()), reply -> complete(profile(name, reply))))
            .orElseGet(() -> Problems.route(Code.UNKNOWN_USER)));
  }

  private static HttpResponse profile(UserName user, Account.ReadReply reply) {
    return switch (reply) {
      case Account.View view ->
          Bodies.json(
              200, new Profile(user.text(), view.displayName(), view.picture(), view.owner()));
      case Account.Refused(var code, var wait) -> Problems.response(code, wait);
    };
  }

  /// The device of the request has ended, so its cookies are removed, if it had any.
  private Route ended(
      String what, AuditAct act, Access caller, CompletionStage<Account.Answer> answer) {
    return extractRequest(request ->
        onSuccess(
            answer,
            said -> {
              var response = response(what, act, caller, said);
              boolean forget = response.status().isSuccess() && cookies.access(request).isPresent();
              return complete(forget ? response.addHeaders(cookies.none()) : response);
            }));
  }

  private Route done(
      String what, AuditAct act, Access caller, CompletionStage<Account.Answer> answer) {
    return onSuccess(answer, said -> complete(response(what, act, caller, said)));
  }

  private HttpResponse response(String what, AuditAct act, Access caller, Account.Answer answer) {
    return switch (answer) {
      case Account.Done() -> {
        LOG.info("{} {}, device {}", caller.user(), what, caller.device());
        audit.record(audit.entry(act, caller.user()).about(caller.user()).with(what));
        yield HttpResponse.create().withStatus(204);
      }
      case Account.Refused(var code, var wait) -> Problems.response(code, wait);
    };
  }
}
