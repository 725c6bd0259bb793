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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kith.node.auth.BotTokens;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.BotAccount;
import kith.node.core.account.BotAct;
import kith.node.core.account.UserName;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.Lengths;
import kith.protocol.Names;
import kith.protocol.rest.Bots;
import kith.protocol.rest.RoomRequests;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The bots of the caller or of the server, their tokens and their rooms.
final class BotRoutes {
  private final BotTable table;
  private final Accounts accounts;
  private final BotOwnership ownership;
  private final Bodies bodies;
  private final Predicate<String> isReserved;

  BotRoutes(
      BotTable table,
      Accounts accounts,
      BotOwnership ownership,
      Bodies bodies,
      Predicate<String> isReserved) {
    this.table = table;
    this.accounts = accounts;
    this.ownership = ownership;
    this.bodies = bodies;
    this.isReserved = isReserved;
  }

  Route route() {
    return ownership.under(() ->
        concat(
            pathEnd(() -> concat(get(() -> ownership.reader(this::list)), post(this::create))),
            pathPrefix(segment(), this::one)));
  }

  private Route one(String bot) {
    return concat(
        pathEnd(() -> delete(() -> ofBot(bot, "deleted", this::erase))),
        pathPrefix(
            "tokens",
            () ->
                concat(
                    pathEnd(() ->
                        concat(
                            get(() ->
                                ownership.reader(owner ->
                                    AccountReplies.named(bot, name -> listTokens(owner, name)))),
                            post(() -> ofBot(bot, "token made", this::createToken)))),
                    path(
                        segment(),
                        token ->
                            delete(() ->
                                ofBot(
                                    bot,
                                    "token ended: " + token,
                                    (owner, name) -> endToken(owner, name, token)))))),
        path(
            segment("rooms").slash(segment()),
            room ->
                concat(
                    put(() -> enter(bot, room)),
                    delete(() ->
                        ofBot(bot, "leaves " + room, (owner, name) -> leave(owner, name, room))))));
  }

  /// @param what the act, for the audit log
  /// @param inner gets the owner and the bot
  private Route ofBot(String bot, String what, BiFunction<String, String, Route> inner) {
    return ownership.signedIn(() ->
        AccountReplies.named(
            bot, name -> ownership.changer(name, what, owner -> inner.apply(owner, name))));
  }

  private Route list(String owner) {
    return QueryFields.read(
        Set.of("limit"),
        query -> {
          // the number of bots is bounded by settings
          var limit =
              (int)
                  Math.min(query.number("limit").orElse(Long.MAX_VALUE), Portions.BOTS_OF_AN_OWNER);
          return onSuccess(
              table.of(
                  owner, query.text("query").orElse(""), query.text("after").orElse(""), limit + 1),
              found -> complete(Bodies.json(200, page(found, limit))));
        });
  }

  private static Bots.BotList page(List<String> found, int limit) {
    return new Bots.BotList(
        found.stream().limit(limit).map(Bots.Bot::new).toList(),
        found.size() <= limit ? Optional.empty() : Optional.of(found.get(limit - 1)));
  }

  private Route create() {
    return ownership.signedIn(() ->
        bodies.read(
            Bots.CreateBot.class,
            asked ->
                UserName.of(asked.name())
                    .map(name ->
                        ownership.changer(name.text(), "made", owner -> create(owner, name.text())))
                    .orElseGet(() -> Problems.route(Code.BAD_USER_NAME))));
  }

  private Route create(String owner, String bot) {
    if (isReserved.test(bot)) return Problems.route(Code.USER_NAME_TAKEN);
    return onSuccess(
        table.reserve(bot, owner),
        isWithin ->
            isWithin
                ? after(make(owner, bot), () -> complete(Bodies.json(201, new Bots.Bot(bot))))
                : Problems.route(Code.TOO_MANY_BOTS));
  }

  /// A name of another account is not a bot of the caller.
  private CompletionStage<Account.BotAnswer> make(String owner, String bot) {
    return accounts
        .ofBot(bot, owner, new BotAct.Make())
        .thenCompose(answer ->
            answer instanceof Account.Refused refused && refused.code() == Code.USER_NAME_TAKEN
                ? table.remove(bot, owner).thenApply(_ -> answer)
                : CompletableFuture.completedFuture(answer));
  }

  private Route erase(String owner, String bot) {
    return after(
        accounts.ofBot(bot, owner, new BotAct.Erase()),
        () -> onSuccess(table.remove(bot, owner), _ -> done()));
  }

  private Route listTokens(String owner, String bot) {
    return viewed(
        owner,
        bot,
        view -> {
          var tokens =
              view.tokens().stream()
                  .map(it -> shown(it.id(), it.token(), Optional.empty()))
                  .toList();
          return complete(Bodies.json(200, new Bots.BotTokenList(tokens)));
        });
  }

  private Route viewed(String owner, String bot, Function<Account.BotView, Route> inner) {
    return onSuccess(
        accounts.ofBot(bot, owner, new BotAct.Look()),
        answer ->
            switch (answer) {
              case Account.BotView view -> inner.apply(view);
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
              case Account.Done() -> Problems.route(Code.INTERNAL);
            });
  }

  private Route createToken(String owner, String bot) {
    return bodies.read(
        Bots.CreateBotToken.class,
        asked ->
            wrong(asked).map(WrongFields::route).orElseGet(() -> createToken(owner, bot, asked)));
  }

  private static Optional<String> wrong(Bots.CreateBotToken asked) {
    if (!Lengths.isWithin(asked.name(), Lengths.VERSION_1.displayName())
        || !Names.isReadable(asked.name())) return Optional.of("name");
    var rooms = asked.rooms().orElse(List.of());
    return rooms.size() > Portions.TOKEN_ROOMS || !rooms.stream().allMatch(Rooms::isId)
        ? Optional.of("rooms")
        : Optional.empty();
  }

  private Route createToken(String owner, String bot, Bots.CreateBotToken asked) {
    var token = BotTokens.create(bot);
    var grant = new BotAccount.Grant(asked.write(), asked.rooms());
    return after(
        accounts.ofBot(bot, owner, new BotAct.AddToken(token.device(), asked.name(), grant)),
        () ->
            viewed(
                owner,
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

  private Route endToken(String owner, String bot, String token) {
    return after(accounts.ofBot(bot, owner, new BotAct.EndToken(token)), BotRoutes::done);
  }

  private Route enter(String bot, String room) {
    return ownership.joining(
        bodies,
        asked -> ofBot(bot, "joins " + room, (owner, name) -> enter(owner, name, room, asked)));
  }

  private Route enter(String owner, String bot, String room, RoomRequests.JoinRoom asked) {
    return viewed(
        owner,
        bot,
        _ -> AccountReplies.done(accounts.join(bot, room, asked.passcode(), asked.invitation())));
  }

  private Route leave(String owner, String bot, String room) {
    return viewed(owner, bot, _ -> AccountReplies.done(accounts.leave(bot, room)));
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
