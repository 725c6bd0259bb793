package kith.node.feature.bots;

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

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kith.node.auth.BotTokens;
import kith.node.auth.ServerAct;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.BotAccount;
import kith.node.core.account.BotAct;
import kith.node.core.account.UserName;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.Lengths;
import kith.protocol.Names;
import kith.protocol.rest.Bots;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The bots of the caller, their tokens and their rooms.
final class BotRoutes {
  private final BotTable table;
  private final Accounts accounts;
  private final Permitted permitted;
  private final Bodies bodies;
  private final Predicate<String> isReserved;

  BotRoutes(
      BotTable table,
      Accounts accounts,
      Permitted permitted,
      Bodies bodies,
      Predicate<String> isReserved) {
    this.table = table;
    this.accounts = accounts;
    this.permitted = permitted;
    this.bodies = bodies;
    this.isReserved = isReserved;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "bots",
                () ->
                    concat(
                        pathEnd(() ->
                            concat(get(() -> owner(this::list)), post(() -> owner(this::create)))),
                        pathPrefix(segment(), this::one))));
  }

  private Route one(String bot) {
    return concat(
        pathEnd(() -> delete(() -> ofBot(bot, this::erase))),
        pathPrefix(
            "tokens",
            () ->
                concat(
                    pathEnd(() ->
                        concat(
                            get(() -> ofBot(bot, this::listTokens)),
                            post(() -> ofBot(bot, this::createToken)))),
                    path(
                        segment(),
                        token ->
                            delete(() ->
                                ofBot(bot, (caller, name) -> endToken(caller, name, token)))))),
        path(
            segment("rooms").slash(segment()),
            room ->
                concat(
                    put(() -> ofBot(bot, (caller, name) -> enter(caller, name, room))),
                    delete(() -> ofBot(bot, (caller, name) -> leave(caller, name, room))))));
  }

  private Route owner(Function<Access, Route> inner) {
    return permitted.user(ServerAct.OWN_BOTS, inner);
  }

  private Route ofBot(String bot, BiFunction<Access, String, Route> inner) {
    return owner(caller ->
        UserName.of(bot)
            .map(name -> inner.apply(caller, name.text()))
            .orElseGet(() -> Problems.route(Code.UNKNOWN_USER)));
  }

  private Route list(Access caller) {
    return onSuccess(
        table.of(caller.user()),
        bots ->
            complete(
                Bodies.json(200, new Bots.BotList(bots.stream().map(Bots.Bot::new).toList()))));
  }

  private Route create(Access caller) {
    return bodies.read(
        Bots.CreateBot.class,
        asked ->
            UserName.of(asked.name())
                .map(name -> create(caller, name.text()))
                .orElseGet(() -> Problems.route(Code.BAD_USER_NAME)));
  }

  private Route create(Access caller, String bot) {
    if (isReserved.test(bot)) return Problems.route(Code.USER_NAME_TAKEN);
    return onSuccess(
        table.reserve(bot, caller.user()),
        isWithin ->
            isWithin
                ? after(
                    make(caller.user(), bot), () -> complete(Bodies.json(201, new Bots.Bot(bot))))
                : Problems.route(Code.TOO_MANY_BOTS));
  }

  /// A name that somebody has is no bot of the caller.
  private CompletionStage<Account.BotAnswer> make(String owner, String bot) {
    return accounts
        .ofBot(bot, owner, new BotAct.Make())
        .thenCompose(answer ->
            answer instanceof Account.Refused refused && refused.code() == Code.USER_NAME_TAKEN
                ? table.remove(bot, owner).thenApply(_ -> answer)
                : CompletableFuture.completedFuture(answer));
  }

  private Route erase(Access caller, String bot) {
    return after(
        accounts.ofBot(bot, caller.user(), new BotAct.Erase()),
        () -> onSuccess(table.remove(bot, caller.user()), _ -> done()));
  }

  private Route listTokens(Access caller, String bot) {
    return viewed(
        caller,
        bot,
        view -> {
          var tokens =
              view.tokens().stream()
                  .map(it -> shown(it.id(), it.token(), Optional.empty()))
                  .toList();
          return complete(Bodies.json(200, new Bots.BotTokenList(tokens)));
        });
  }

  private Route viewed(Access caller, String bot, Function<Account.BotView, Route> inner) {
    return onSuccess(
        accounts.ofBot(bot, caller.user(), new BotAct.Look()),
        answer ->
            switch (answer) {
              case Account.BotView view -> inner.apply(view);
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
              case Account.Done() -> Problems.route(Code.INTERNAL);
            });
  }

  private Route createToken(Access caller, String bot) {
    return bodies.read(
        Bots.CreateBotToken.class,
        asked ->
            wrong(asked).map(WrongFields::route).orElseGet(() -> createToken(caller, bot, asked)));
  }

  private static Optional<String> wrong(Bots.CreateBotToken asked) {
    if (!Lengths.isWithin(asked.name(), Lengths.VERSION_1.displayName())
        || !Names.isReadable(asked.name())) return Optional.of("name");
    var rooms = asked.rooms().orElse(List.of());
    return rooms.size() > Portions.TOKEN_ROOMS || !rooms.stream().allMatch(Rooms::isId)
        ? Optional.of("rooms")
        : Optional.empty();
  }

  private Route createToken(Access caller, String bot, Bots.CreateBotToken asked) {
    var token = BotTokens.create(bot);
    var grant = new BotAccount.Grant(asked.write(), asked.rooms());
    return after(
        accounts.ofBot(
            bot, caller.user(), new BotAct.AddToken(token.device(), asked.name(), grant)),
        () ->
            viewed(
                caller,
                bot,
                view ->
                    view.token(token.device())
                        .<Route>map(made ->
                            complete(
                                Bodies.json(
                                    201, shown(token.device(), made, Optional.of(token.text())))))
                        .orElseGet(() -> Problems.route(Code.UNKNOWN_DEVICE))));
  }

  private static Bots.BotToken shown(String id, BotAccount.Token token, Optional<String> secret) {
    return new Bots.BotToken(
        id,
        token.name(),
        token.grant().write(),
        token.grant().rooms(),
        token.created(),
        token.lastUsed(),
        secret);
  }

  private Route endToken(Access caller, String bot, String token) {
    return after(accounts.ofBot(bot, caller.user(), new BotAct.EndToken(token)), BotRoutes::done);
  }

  private Route enter(Access caller, String bot, String room) {
    return viewed(
        caller,
        bot,
        _ -> AccountReplies.done(accounts.join(bot, room, Optional.empty(), Optional.empty())));
  }

  private Route leave(Access caller, String bot, String room) {
    return viewed(caller, bot, _ -> AccountReplies.done(accounts.leave(bot, room)));
  }

  private static Route after(CompletionStage<Account.BotAnswer> answer, Supplier<Route> inner) {
    return onSuccess(
        answer,
        said ->
            switch (said) {
              case Account.Done() -> inner.get();
              case Account.BotView _ -> Problems.route(Code.INTERNAL);
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  private static Route done() {
    return complete(HttpResponse.create().withStatus(204));
  }
}
