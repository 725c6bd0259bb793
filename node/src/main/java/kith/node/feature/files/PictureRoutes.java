package kith.node.feature.files;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractMaterializer;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequestEntity;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.rest.Accounts.ChangeProfile;
import kith.protocol.rest.Accounts.UploadedPicture;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;

/// Pictures of profiles, for users who may read the profile.
final class PictureRoutes {
  private final ProfilePictureTable pictures;
  private final Thumbnails thumbnails;
  private final FileSettings settings;
  private final FileMetrics metrics;
  private final Accounts accounts;
  private final Authenticated authenticated;
  private final Semaphore inMemory = new Semaphore(Portions.PROFILE_PICTURES);

  PictureRoutes(
      ProfilePictureTable pictures,
      Thumbnails thumbnails,
      FileSettings settings,
      FileMetrics metrics,
      Accounts accounts,
      Authenticated authenticated) {
    this.pictures = pictures;
    this.thumbnails = thumbnails;
    this.settings = settings;
    this.metrics = metrics;
    this.accounts = accounts;
    this.authenticated = authenticated;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path(
                    segment("account").slash("picture"),
                    () -> put(() -> authenticated.caller(this::upload))),
                path(
                    segment("users").slash(segment()).slash("picture"),
                    user -> get(() -> authenticated.caller(_ -> read(user))))));
  }

  private Route upload(Access caller) {
    return extractRequestEntity(entity -> {
      if (entity.getContentLengthOption().orElse(0) > settings.pictureBytes())
        return UploadRoutes.refused(Problems.response(Code.BODY_TOO_LARGE));
      if (!inMemory.tryAcquire()) return UploadRoutes.refused(tooMany());
      return extractMaterializer(materializer ->
          onComplete(
              uploaded(caller.user(), entity, materializer)
                  .whenComplete((_, _) -> inMemory.release()),
              end -> end.isSuccess() ? complete(end.get()) : failed(end.failed().get())));
    });
  }

  private CompletionStage<HttpResponse> uploaded(
      String user, RequestEntity entity, Materializer materializer) {
    return entity
        .withSizeLimit(settings.pictureBytes())
        .toStrict(FileIntervals.PROFILE_PICTURE.toMillis(), materializer)
        .thenCompose(body -> thumbnails.drawn(body.getData().toArray()))
        .thenCompose(drawn ->
            drawn.isEmpty()
                ? CompletableFuture.completedFuture(Problems.response(Code.BAD_PICTURE))
                : kept(user, ProfilePicture.of(drawn.get())));
  }

  /// The row comes first: an address in a profile has a picture.
  private CompletionStage<HttpResponse> kept(String user, ProfilePicture picture) {
    var address = picture.address(user);
    return pictures
        .keep(user, picture)
        .thenCompose(_ -> show(user, address))
        .thenApply(reply ->
            switch (reply) {
              case Account.View _ -> {
                metrics.profilePicture();
                yield Bodies.json(200, new UploadedPicture(address));
              }
              case Account.Refused(var code, var wait) -> Problems.response(code, wait);
            });
  }

  private CompletionStage<Account.ReadReply> show(String user, String address) {
    var none = Optional.<String>empty();
    return accounts.changeProfile(
        user, new ChangeProfile(none, Optional.of(address), none, Optional.empty()));
  }

  private static Route failed(Throwable fault) {
    return switch (fault instanceof CompletionException wrapped ? wrapped.getCause() : fault) {
      case EntityStreamSizeException _ -> Problems.route(Code.BODY_TOO_LARGE);
      case TimeoutException _ -> Problems.route(Code.REQUEST_TIMEOUT);
      case EntityStreamException _ -> Problems.route(Code.MALFORMED_REQUEST);
      case RejectedExecutionException _ -> complete(tooMany());
      case null, default -> Directives.failWith(fault);
    };
  }

  private static HttpResponse tooMany() {
    return Problems.response(Code.RATE_LIMITED, OptionalLong.of(Intervals.QUEUE_FULL.toMillis()));
  }

  private static Optional<String> shown(String user, Account.ReadReply reply) {
    return reply instanceof Account.View view
        ? ProfilePicture.version(user, view.picture())
        : Optional.empty();
  }

  private Route read(String user) {
    return UserName.of(user)
        .<Route>map(name ->
            onSuccess(
                accounts.read(name.text()),
                reply ->
                    switch (reply) {
                      case Account.View _ when shown(name.text(), reply).isPresent() ->
                          sent(name.text());
                      case Account.View _ -> Problems.route(Code.NO_PICTURE);
                      case Account.Refused(var code, var wait) ->
                          complete(Problems.response(code, wait));
                    }))
        .orElseGet(() -> Problems.route(Code.UNKNOWN_USER));
  }

  private Route sent(String user) {
    return onSuccess(
        pictures.find(user),
        picture ->
            picture
                .<Route>map(it ->
                    extractRequest(request ->
                        complete(
                            Downloads.picture(
                                request, '"' + it.version() + '"', "image/png", it.bytes()))))
                .orElseGet(() -> Problems.route(Code.NO_PICTURE)));
  }
}
