package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.account.Account;
import kith.node.core.account.AccountAct;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.core.room.Invitations;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import kith.protocol.rest.Accounts.Device;
import kith.protocol.rest.Administration.AccountDetails;
import kith.protocol.rest.Administration.ChangeServerRole;
import kith.protocol.rest.Administration.EraseAccount;
import kith.protocol.rest.Administration.PasswordReset;
import kith.protocol.rest.Administration.RebuildAccounts;
import kith.protocol.rest.Administration.RebuiltAccounts;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/admin/…`: acts of administrators and of the operator of the node's machine.
final class AdministrationRoutes {
  private static final String OWN_ACCOUNT = "You cannot do this to your own account.";

  private final AccountList list;
  private final Accounts accounts;
  private final AdministratorGate gate;
  private final Bodies bodies;
  private final int mostOnAPage;
  private final Clock clock;

  AdministrationRoutes(AccountList list, Edge edge, AdministratorGate gate, Clock clock) {
    this.list = list;
    this.accounts = edge.accounts();
    this.gate = gate;
    this.bodies = edge.bodies();
    this.mostOnAPage = edge.rooms().settings().pageEntries();
    this.clock = clock;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("admin").slash("accounts"),
        () ->
            concat(
                pathEnd(() ->
                    concat(
                        get(() -> gate.run(ServerAct.READ_ACCOUNTS, this::list)),
                        post(() ->
                            gate.run(
                                ServerAct.READ_ACCOUNTS,
                                caller ->
                                    gate.recorded(
                                        caller,
                                        AuditAct.ADMIN_REBUILD,
                                        Optional.empty(),
                                        Optional.empty(),
                                        this::rebuild))))),
                pathPrefix(segment(), this::account)));
  }

  private Route account(String user) {
    return concat(
        pathEnd(() ->
            concat(
                get(() ->
                    gate.onAccount(
                        ServerAct.READ_ACCOUNTS,
                        user,
                        (caller, name) ->
                            gate.recorded(
                                caller,
                                AuditAct.ADMIN_READ,
                                Optional.of(name),
                                Optional.empty(),
                                () -> details(name)))),
                delete(() ->
                    gate.run(
                        ServerAct.DELETE_ACCOUNTS,
                        caller ->
                            bodies.readOptional(
                                EraseAccount.class,
                                asked ->
                                    other(
                                        caller, user, new AccountAct.Erase(asked.messages()))))))),
        path(
            "role",
            () ->
                put(() ->
                    gate.run(
                        ServerAct.CHANGE_ROLES,
                        caller ->
                            bodies.read(
                                ChangeServerRole.class,
                                asked ->
                                    other(
                                        caller, user, new AccountAct.ChangeRole(asked.role())))))),
        path(
            "disabled",
            () ->
                concat(
                    put(() ->
                        gate.run(
                            ServerAct.DISABLE_ACCOUNTS,
                            caller -> other(caller, user, new AccountAct.Disable()))),
                    delete(() ->
                        gate.run(
                            ServerAct.DISABLE_ACCOUNTS,
                            caller -> other(caller, user, new AccountAct.Enable()))))),
        path(
            "devices",
            () ->
                delete(() ->
                    gate.onAccount(
                        ServerAct.END_DEVICES,
                        user,
                        (caller, name) -> done(caller, name, new AccountAct.EndDevices())))),
        path(
            "reset",
            () -> post(() -> gate.onAccount(ServerAct.RESET_PASSWORDS, user, this::reset))));
  }

  /// Carries out an act on another account. On the caller's own account it could lock the caller
  /// out.
  private Route other(Caller caller, String user, AccountAct act) {
    return AccountReplies.named(
        user,
        name ->
            name.equals(caller.name())
                ? complete(Problems.response(Code.BAD_FIELD, OWN_ACCOUNT, OptionalLong.empty()))
                : done(caller, name, act));
  }

  private Route done(Caller caller, String user, AccountAct act) {
    return act(caller, user, act, () -> complete(HttpResponse.create().withStatus(204)));
  }

  /// Carries out the act once it is recorded, then runs `inner`. A refusal is also recorded.
  private Route act(Caller caller, String user, AccountAct act, Supplier<Route> inner) {
    return gate.recorded(
        caller,
        recorded(act),
        Optional.of(user),
        detail(act),
        () ->
            AccountReplies.after(
                accounts
                    .administer(user, caller.role(), act)
                    .thenApply(answer -> {
                      if (answer instanceof Account.Refused(var code, _))
                        gate.refused(caller, recorded(act), user, code);
                      return answer;
                    }),
                inner));
  }

  private static AuditAct recorded(AccountAct act) {
    return switch (act) {
      case AccountAct.ChangeRole _ -> AuditAct.ADMIN_ROLE;
      case AccountAct.Disable _ -> AuditAct.ADMIN_DISABLE;
      case AccountAct.Enable _ -> AuditAct.ADMIN_ENABLE;
      case AccountAct.EndDevices _ -> AuditAct.ADMIN_END_DEVICES;
      case AccountAct.AllowReset _ -> AuditAct.ADMIN_RESET_CODE;
      case AccountAct.Erase _ -> AuditAct.ADMIN_DELETE;
    };
  }

  private static Optional<String> detail(AccountAct act) {
    return switch (act) {
      case AccountAct.ChangeRole(var role) -> Optional.of(AccountList.word(role));
      case AccountAct.Erase(var messages) when messages.orElse(false) ->
          Optional.of("with messages");
      case AccountAct ignored -> Optional.empty();
    };
  }

  private Route reset(Caller caller, String user) {
    // 100 random bits, in letters that are not confused
    var code = Rooms.newId();
    var expires = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Intervals.RESET_CODE);
    return act(
        caller,
        user,
        new AccountAct.AllowReset(Invitations.hash(code), expires),
        () -> complete(Bodies.json(201, new PasswordReset(user, code, expires))));
  }

  private Route list(Caller caller) {
    return QueryFields.read(
        Set.of("limit"),
        query -> {
          var word = query.text("role");
          var role = word.flatMap(AdministrationRoutes::role);
          if (word.isPresent() && role.isEmpty()) return WrongFields.route("role");
          var state = query.text("state");
          if (state.isPresent() && !Set.of("active", "disabled").contains(state.get()))
            return WrongFields.route("state");
          var filter =
              new AccountList.Filter(query.text("query"), role, state.map("disabled"::equals));
          return gate.recorded(
              caller,
              AuditAct.ADMIN_READ,
              Optional.empty(),
              Optional.of("accounts"),
              () ->
                  onSuccess(
                      list.list(filter, query.text("after"), query.limit(mostOnAPage)),
                      page -> complete(Bodies.json(200, page))));
        });
  }

  private static Optional<ServerRole> role(String word) {
    return Stream.of(ServerRole.values())
        .filter(role -> AccountList.word(role).equals(word))
        .findFirst();
  }

  private Route details(String user) {
    return onSuccess(
        accounts.read(user),
        reply ->
            switch (reply) {
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
              case Account.View view -> details(user, view);
            });
  }

  private Route details(String user, Account.View view) {
    return onSuccess(
        accounts.serverRole(user),
        role ->
            role.<Route>map(known ->
                    onSuccess(
                        accounts.devices(user),
                        devices ->
                            switch (devices) {
                              case Account.DeviceList found ->
                                  complete(Bodies.json(200, details(user, view, known, found)));
                              case Account.Refused(var code, var wait) ->
                                  complete(Problems.response(code, wait));
                            }))
                .orElseGet(() -> Problems.route(Code.UNAVAILABLE)));
  }

  private static AccountDetails details(
      String user, Account.View view, Account.ServerRoleAnswer role, Account.DeviceList devices) {
    return new AccountDetails(
        user,
        view.displayName(),
        view.email(),
        role.role(),
        role.disabled(),
        view.created(),
        view.rooms().size(),
        role.resetExpires(),
        devices.devices().stream()
            .map(it -> new Device(it.device(), it.name(), it.created(), it.lastUsed(), false))
            .toList());
  }

  /// One page of accounts: the caller asks for the next.
  private Route rebuild() {
    return bodies.read(
        RebuildAccounts.class,
        asked ->
            asked.after().filter(name -> UserName.of(name).isEmpty()).isPresent()
                ? WrongFields.route("after")
                : onSuccess(
                    list.journals(asked.after())
                        .thenCompose(names -> {
                          var next =
                              names.isEmpty()
                                  ? Optional.<String>empty()
                                  : Optional.of(names.getLast());
                          var written =
                              names.stream()
                                  .map(this::listAgain)
                                  .map(CompletionStage::toCompletableFuture)
                                  .toArray(CompletableFuture[]::new);
                          return CompletableFuture.allOf(written)
                              .thenCompose(_ -> list.flush())
                              .thenApply(_ -> new RebuiltAccounts(names.size(), next));
                        }),
                    rebuilt -> complete(Bodies.json(200, rebuilt))));
  }

  /// Fails if the account does not answer, and so does the page.
  private CompletionStage<Account.Answer> listAgain(String user) {
    return accounts
        .<Account.Answer>askAgain(user, AccountListing.ListAgain::new)
        .thenApply(Optional::orElseThrow);
  }
}
