package kith.node.feature.files;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.extractMaterializer;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequestEntity;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.Directives.withRequestTimeout;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import kith.node.auth.Tokens.Access;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.FileNames;
import kith.protocol.rest.SharedFiles.CreateFile;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;

/// Uploads in parts, which can be continued on every node. Only the uploader has access to a file
/// that no message names.
final class UploadRoutes {
  private static final String OFFSET = "Upload-Offset";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final FileTable table;
  private final Uploads uploads;
  private final Transfers transfers;
  private final FileSettings settings;
  private final Authenticated authenticated;
  private final Bodies bodies;

  UploadRoutes(
      FileTable table,
      Uploads uploads,
      Transfers transfers,
      FileSettings settings,
      Authenticated authenticated,
      Bodies bodies) {
    this.table = table;
    this.uploads = uploads;
    this.transfers = transfers;
    this.settings = settings;
    this.authenticated = authenticated;
    this.bodies = bodies;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "files",
                () ->
                    concat(
                        pathEnd(() -> post(() -> authenticated.caller(this::create))),
                        path(
                            segment().slash("content"),
                            file ->
                                put(() -> authenticated.caller(caller -> append(caller, file)))),
                        path(
                            segment().slash("complete"),
                            file ->
                                post(() -> authenticated.caller(caller -> finish(caller, file)))),
                        path(
                            segment(),
                            file ->
                                concat(
                                    get(() ->
                                        authenticated.caller(
                                            caller -> found(caller, file, this::described))),
                                    delete(() ->
                                        authenticated.caller(caller -> remove(caller, file))))))));
  }

  private Route create(Access caller) {
    return bodies.read(
        CreateFile.class,
        asked -> {
          if (!FileNames.isValid(asked.name()))
            return wrong(
                "name",
                "must be a visible text of at most %d bytes without slashes and control characters"
                    .formatted(FileNames.LONGEST));
          if (!SHA256.matcher(asked.sha256()).matches())
            return wrong("sha256", "must be 64 hexadecimal digits in lower case");
          if (asked.size() < 0) return wrong("size", "must not be negative");
          if (asked.size() > settings.bytes()) return Problems.route(Code.FILE_TOO_LARGE);
          return onSuccess(
              table.create(caller.user(), asked.name(), asked.sha256(), asked.size()),
              creation ->
                  switch (creation) {
                    case FileTable.Creation.Created(var file) -> complete(shown(201, file));
                    case FileTable.Creation.Refused(var code, var sentence) ->
                        complete(Problems.response(code, sentence, OptionalLong.empty()));
                  });
        });
  }

  private static Route wrong(String field, String rule) {
    return complete(
        Problems.response(
            Code.BAD_FIELD, "The field '" + field + "' " + rule + ".", OptionalLong.empty()));
  }

  private HttpResponse shown(int status, StoredFile file) {
    return Bodies.json(status, file.shown(settings.uploadLifetime()))
        .addHeader(RawHeader.create(OFFSET, Long.toString(file.received())));
  }

  private Route found(Access caller, String id, Function<StoredFile, Route> inner) {
    return onSuccess(
        table.upload(caller.user(), id),
        file -> file.map(inner).orElseGet(() -> missing(caller, id)));
  }

  private Route missing(Access caller, String id) {
    return onSuccess(
        table.isInfected(caller.user(), id),
        isInfected -> Problems.route(isInfected ? Code.FILE_INFECTED : Code.UNKNOWN_FILE));
  }

  private Route described(StoredFile file) {
    return complete(shown(200, file));
  }

  private Route remove(Access caller, String id) {
    return onSuccess(
        table.delete(caller.user(), id),
        isDeleted ->
            isDeleted
                ? complete(HttpResponse.create().withStatus(204))
                : Problems.route(Code.UNKNOWN_FILE));
  }

  private Route append(Access caller, String id) {
    return QueryFields.read(
        Set.of("offset"),
        query ->
            query.number("offset").isEmpty()
                ? wrong("offset", "must be a parameter of the request")
                : found(
                    caller, id, file -> append(caller, file, query.number("offset").getAsLong())));
  }

  private Route append(Access caller, StoredFile file, long offset) {
    if (file.isComplete() || offset != file.received()) return refused(moved(file.received()));
    var most = Math.min(settings.partBytes(), file.size() - offset);
    return extractRequestEntity(entity -> {
      if (entity.getContentLengthOption().orElse(0) > most)
        return refused(Problems.response(Code.BODY_TOO_LARGE));
      var transfer = transfers.begin(caller.user());
      if (transfer.isEmpty())
        return refused(
            Problems.response(Code.RATE_LIMITED, OptionalLong.of(Intervals.QUEUE_FULL.toMillis())));
      return extractMaterializer(materializer ->
          onComplete(
              received(entity, file, offset, most, materializer)
                  .whenComplete((_, _) -> transfer.get().end()),
              end ->
                  end.isSuccess()
                      ? found(caller, file.id(), this::described)
                      : failed(caller, file, end.failed().get())));
    });
  }

  private CompletionStage<Long> received(
      RequestEntity entity, StoredFile file, long offset, long most, Materializer materializer) {
    var bytes =
        entity.withSizeLimit(most).getDataBytes().completionTimeout(FileIntervals.FILE_TRANSFER);
    return uploads.append(file, offset, bytes, materializer);
  }

  private Route failed(Access caller, StoredFile file, Throwable fault) {
    return switch (fault instanceof CompletionException wrapped ? wrapped.getCause() : fault) {
      case Uploads.Moved _ -> found(caller, file.id(), now -> complete(moved(now.received())));
      case EntityStreamSizeException _ -> Problems.route(Code.BODY_TOO_LARGE);
      case TimeoutException _ -> Problems.route(Code.REQUEST_TIMEOUT);
      // the connection broke: nobody reads the answer
      case EntityStreamException _ -> Problems.route(Code.MALFORMED_REQUEST);
      case null, default -> Directives.failWith(fault);
    };
  }

  private static HttpResponse moved(long offset) {
    return Problems.response(Code.WRONG_OFFSET)
        .addHeader(RawHeader.create(OFFSET, Long.toString(offset)));
  }

  /// Reads the rest of the request: a client that still writes would not see the answer. A body
  /// above the limit of the server is not read to its end.
  static Route refused(HttpResponse refusal) {
    return extractRequestEntity(entity ->
        extractMaterializer(materializer -> {
          entity.discardBytes(materializer);
          return complete(refusal);
        }));
  }

  private Route finish(Access caller, String id) {
    return withRequestTimeout(
        FileIntervals.FILE_CHECK,
        () ->
            found(
                caller,
                id,
                file ->
                    onSuccess(
                        uploads.complete(file, caller.user()),
                        refusal ->
                            refusal
                                .map(UploadRoutes::incomplete)
                                .orElseGet(() -> found(caller, id, this::described)))));
  }

  private static Route incomplete(Code refusal) {
    return refusal == Code.FILE_BEING_CHECKED
        ? complete(Problems.response(refusal, OptionalLong.of(FileIntervals.SCAN_RETRY.toMillis())))
        : Problems.route(refusal);
  }
}
