package kith.node.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/// JSON bodies of requests and responses. A request body is read completely, up to a limit, before
/// it is handled.
public final class Bodies {

  private final int mostBytes;

  public Bodies(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /// Runs `inner` with the body, or answers with the fault in it.
  public <T extends Record> Route read(Class<T> type, Function<T, Route> inner) {
    return read(type, false, inner);
  }

  /// Like `read`, but a missing body counts as `{}`.
  public <T extends Record> Route readOptional(Class<T> type, Function<T, Route> inner) {
    return read(type, true, inner);
  }

  /// Runs `inner` with a body that is any text in UTF-8, or answers with the fault in it.
  public Route text(Function<String, Route> inner) {
    return Directives.extractRequest(request ->
        Directives.extractMaterializer(materializer ->
            Directives.onComplete(
                whole(request.entity().withSizeLimit(mostBytes), materializer),
                read ->
                    read.isSuccess()
                        ? decode(read.get().getData(), inner)
                        : unreadable(read.failed().get()))));
  }

  private static Route decode(ByteString body, Function<String, Route> inner) {
    try {
      return inner.apply(utf8(body));
    } catch (CharacterCodingException _) {
      return Problems.route(Code.MALFORMED_JSON);
    }
  }

  public static HttpResponse json(int status, Record body) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.restText(body)));
  }

  private <T extends Record> Route read(Class<T> type, boolean optional, Function<T, Route> inner) {
    return Directives.extractRequest(request -> {
      var entity = request.entity();
      boolean absent = optional && entity.isKnownEmpty();
      if (!absent && !isJson(entity.getContentType()))
        return Problems.route(Code.UNSUPPORTED_MEDIA_TYPE);
      return Directives.extractMaterializer(materializer ->
          Directives.onComplete(
              whole(entity.withSizeLimit(mostBytes), materializer),
              read ->
                  read.isSuccess()
                      ? parse(read.get().getData(), type, inner)
                      : unreadable(read.failed().get())));
    });
  }

  /// pekko-http resets the connection when it stops reading a body, and the answer could be lost.
  /// So the answer must be sent while it still reads.
  private static CompletionStage<HttpEntity.Strict> whole(
      HttpEntity entity, Materializer materializer) {
    return entity
        .toStrict(Intervals.REQUEST_BODY.multipliedBy(2).toMillis(), materializer)
        .toCompletableFuture()
        .copy()
        .orTimeout(Intervals.REQUEST_BODY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T extends Record> Route parse(
      ByteString body, Class<T> type, Function<T, Route> inner) {
    try {
      return inner.apply(Json.rest(body.isEmpty() ? "{}" : utf8(body), type));
    } catch (CharacterCodingException _) {
      return Problems.route(Code.MALFORMED_JSON);
    } catch (Malformed malformed) {
      return Directives.complete(
          Problems.response(malformed.code(), malformed.sentence(), OptionalLong.empty()));
    }
  }

  private static String utf8(ByteString body) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.toArray())).toString();
  }

  private static Route unreadable(Throwable fault) {
    return switch (fault instanceof CompletionException wrapped ? wrapped.getCause() : fault) {
      case EntityStreamSizeException _ -> Problems.route(Code.BODY_TOO_LARGE);
      case TimeoutException _ ->
          Directives.complete(
              Problems.response(Code.REQUEST_TIMEOUT).addHeader(Connection.create("close")));
      // the body was cut off
      case EntityStreamException _ -> Problems.route(Code.MALFORMED_JSON);
      case null, default -> Directives.failWith(fault);
    };
  }

  private static boolean isJson(ContentType type) {
    return type.mediaType().isApplication() && type.mediaType().subType().equals("json");
  }
}
