package kith.node.feature.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import kith.node.gateway.http.Problems;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Responses with the content of a file. A browser saves the content instead of showing it, because
/// a file may be a page or a script.
final class Downloads {
  private static final List<HttpHeader> SAFE =
      List.of(
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Content-Security-Policy", "default-src 'none'; sandbox"),
          RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"),
          RawHeader.create("Referrer-Policy", "no-referrer"),
          // a cached copy may be used only after the right to read it was checked again
          RawHeader.create("Cache-Control", "private, no-cache"),
          RawHeader.create("Accept-Ranges", "bytes"));

  private final Uploads uploads;
  private final Transfers transfers;
  private final ActorSystem<?> system;

  Downloads(Uploads uploads, Transfers transfers, ActorSystem<?> system) {
    this.uploads = uploads;
    this.transfers = transfers;
    this.system = system;
  }

  CompletionStage<HttpResponse> response(HttpRequest request, String user, StoredFile file) {
    var tag = '"' + file.sha256() + '"';
    if (header(request, "If-None-Match").filter(it -> names(it, tag)).isPresent())
      return CompletableFuture.completedFuture(
          HttpResponse.create().withStatus(304).addHeaders(headers(tag, file)));
    // a range of another version of the file would not fit
    var range =
        header(request, "If-Range").filter(it -> !it.equals(tag)).isPresent()
            ? Optional.<String>empty()
            : header(request, "Range");
    return switch (ByteRange.asked(range, file.size())) {
      case ByteRange.Asked.All() when file.size() == 0 ->
          CompletableFuture.completedFuture(
              HttpResponse.create()
                  .withEntity(HttpEntities.create(type(file), new byte[0]))
                  .addHeaders(headers(tag, file)));
      case ByteRange.Asked.All() ->
          sent(user, file, new ByteRange(0, file.size() - 1), 200, headers(tag, file));
      case ByteRange.Asked.Some(var bytes) ->
          sent(user, file, bytes, 206, headers(tag, file))
              .thenApply(response ->
                  response.addHeader(
                      RawHeader.create(
                          "Content-Range",
                          "bytes %d-%d/%d".formatted(bytes.first(), bytes.last(), file.size()))));
      case ByteRange.Asked.NotSatisfiable() ->
          CompletableFuture.completedFuture(
              Problems.response(Code.RANGE_NOT_SATISFIABLE)
                  .addHeader(RawHeader.create("Content-Range", "bytes */" + file.size())));
    };
  }

  /// A thumbnail, for users who may read its file.
  static HttpResponse response(
      HttpRequest request, StoredFile file, Thumbnails.Size size, Thumbnail thumbnail) {
    return picture(
        request,
        '"' + file.sha256() + '-' + size.largest() + '"',
        thumbnail.type(),
        thumbnail.bytes());
  }

  /// A picture that a node has drawn.
  static HttpResponse picture(HttpRequest request, String tag, String type, byte[] bytes) {
    var headers =
        Stream.concat(SAFE.stream(), Stream.of(RawHeader.create("ETag", tag)))
            .filter(header -> !header.is("accept-ranges"))
            .toList();
    if (header(request, "If-None-Match").filter(it -> names(it, tag)).isPresent())
      return HttpResponse.create().withStatus(304).addHeaders(headers);
    return HttpResponse.create().withEntity(ContentTypes.parse(type), bytes).addHeaders(headers);
  }

  private CompletionStage<HttpResponse> sent(
      String user, StoredFile file, ByteRange range, int status, List<HttpHeader> headers) {
    var begun = transfers.begin(user);
    if (begun.isEmpty())
      return CompletableFuture.completedFuture(
          Problems.response(Code.RATE_LIMITED, OptionalLong.of(Intervals.QUEUE_FULL.toMillis())));
    var transfer = begun.get();
    return uploads
        .beginning(file, range)
        .thenApply(beginning ->
            HttpResponse.create()
                .withStatus(status)
                .withEntity(
                    HttpEntities.create(
                        type(file), range.length(), content(file, range, beginning, transfer)))
                .addHeaders(headers))
        .whenComplete((_, fault) -> {
          if (fault != null) transfer.end();
        });
  }

  private static ContentType type(StoredFile file) {
    return ContentTypes.parse(FileTypes.served(file.namedType()));
  }

  /// A connection that breaks before the response is written never reads the content.
  private Source<ByteString, Object> content(
      StoredFile file, ByteRange range, byte[] beginning, Transfers.Transfer transfer) {
    var unused =
        system
            .scheduler()
            .scheduleOnce(
                FileIntervals.FILE_TRANSFER_BEGINS, transfer::end, system.executionContext());
    return Source.lazySource(
            () -> {
              unused.cancel();
              return uploads.read(file, range, beginning);
            })
        .completionTimeout(FileIntervals.FILE_TRANSFER)
        .watchTermination((used, ended) -> {
          var _ = ended.whenComplete((_, _) -> transfer.end());
          return used;
        })
        .mapMaterializedValue(it -> (Object) it);
  }

  private static List<HttpHeader> headers(String tag, StoredFile file) {
    return Stream.concat(
            SAFE.stream(),
            Stream.of(
                RawHeader.create("ETag", tag),
                RawHeader.create("Content-Disposition", disposition(file.name()))))
        .toList();
  }

  /// The name in two spellings, so that no character of it can end the header (RFC 6266).
  static String disposition(String name) {
    var plain = new StringBuilder();
    name.codePoints().forEach(c -> plain.append(c < 0x7F && isPlain((char) c) ? (char) c : '_'));
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent(name);
  }

  private static boolean isPlain(char c) {
    return isUnreserved(c) || " ()[],+@=!#$&'{}".indexOf(c) >= 0;
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._~-".indexOf(c) >= 0;
  }

  private static String percent(String name) {
    var encoded = new StringBuilder();
    for (var b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && isUnreserved((char) b)) encoded.append((char) b);
      else encoded.append("%%%02X".formatted(b & 0xFF));
    }
    return encoded.toString();
  }

  private static boolean names(String header, String tag) {
    return header.equals("*")
        || Arrays.stream(header.split(",", -1))
            .map(it -> it.strip().replaceFirst("^W/", ""))
            .anyMatch(tag::equals);
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
