package kith.node.feature.files;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.failWith;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.longSegment;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomLog;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.MemberReads;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.protocol.rest.SharedFiles.RoomFile;
import kith.protocol.rest.SharedFiles.RoomFiles;
import org.apache.pekko.http.javadsl.server.Route;

/// Files of messages, for users who may read the message now. The room and its log are asked at
/// every request; nothing else grants access.
final class DownloadRoutes {
  private final FileTable table;
  private final Downloads downloads;
  private final Thumbnails thumbnails;
  private final RoomLog log;
  private final int pageEntries;
  private final MemberReads reads;
  private final Authenticated authenticated;

  DownloadRoutes(
      FileTable table,
      Downloads downloads,
      Thumbnails thumbnails,
      Rooms rooms,
      MemberReads reads,
      Authenticated authenticated) {
    this.table = table;
    this.downloads = downloads;
    this.thumbnails = thumbnails;
    this.log = rooms.log();
    this.pageEntries = rooms.settings().pageEntries();
    this.reads = reads;
    this.authenticated = authenticated;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "rooms",
                () ->
                    concat(
                        path(
                            segment().slash("files"),
                            room -> get(() -> authenticated.caller(caller -> list(caller, room)))),
                        pathPrefix(
                            segment().slash("entries").slash(longSegment()),
                            (room, seq) ->
                                concat(
                                    path(
                                        segment("files").slash(segment()),
                                        file ->
                                            get(() ->
                                                authenticated.caller(
                                                    caller -> download(caller, room, seq, file)))),
                                    path(
                                        segment("files").slash(segment()).slash("thumbnail"),
                                        file ->
                                            get(() ->
                                                authenticated.caller(caller ->
                                                    thumbnail(caller, room, seq, file)))))))));
  }

  private Route download(Access caller, String room, long seq, String file) {
    return ofMessage(
        caller,
        room,
        seq,
        file,
        stored ->
            extractRequest(request ->
                onSuccess(
                    downloads.response(request, caller.user(), stored),
                    response -> complete(response))));
  }

  private Route thumbnail(Access caller, String room, long seq, String file) {
    return QueryFields.read(
        Set.of(),
        query -> {
          var size = Thumbnails.Size.named(query.text("size").orElse("small"));
          return size.isEmpty()
              ? complete(
                  Problems.response(
                      Code.BAD_FIELD,
                      "The field 'size' must be 'small', 'terminal' or 'large'.",
                      OptionalLong.empty()))
              : ofMessage(caller, room, seq, file, stored -> thumbnail(stored, size.get()));
        });
  }

  private Route thumbnail(StoredFile stored, Thumbnails.Size size) {
    return onComplete(
        thumbnails.of(stored, size),
        end -> {
          if (end.isSuccess())
            return end.get()
                .<Route>map(it ->
                    extractRequest(
                        request -> complete(Downloads.response(request, stored, size, it))))
                .orElseGet(() -> Problems.route(Code.NO_THUMBNAIL));
          var fault = end.failed().get();
          var cause = fault instanceof CompletionException ? fault.getCause() : fault;
          return cause instanceof RejectedExecutionException
              ? complete(
                  Problems.response(
                      Code.RATE_LIMITED, OptionalLong.of(Intervals.QUEUE_FULL.toMillis())))
              : failWith(fault);
        });
  }

  /// A file that this caller may read now.
  private Route ofMessage(
      Access caller, String room, long seq, String file, Function<StoredFile, Route> inner) {
    return reads.ifMember(
        caller,
        room,
        blocked ->
            onSuccess(
                message(room, seq),
                page -> {
                  var entries = Entries.hiding(blocked, page.entries());
                  if (entries.isEmpty()
                      || entries.getFirst().seq() != seq
                      || !(entries.getFirst() instanceof Entry.Message message))
                    return Problems.route(Code.UNKNOWN_MESSAGE);
                  if (message.redaction().isPresent()) return Problems.route(Code.MESSAGE_REDACTED);
                  return message.files().orElse(List.of()).stream()
                      .filter(it -> it.id().equals(file))
                      .findFirst()
                      .map(it -> stored(room, it, inner))
                      .orElseGet(() -> Problems.route(Code.UNKNOWN_FILE));
                }));
  }

  private CompletionStage<RoomLog.Page> message(String room, long seq) {
    return log.after(room, seq - 1, 1);
  }

  private Route stored(String room, Entry.File file, Function<StoredFile, Route> inner) {
    return onSuccess(
        table.ofRoom(room, file.id()),
        stored -> stored.map(inner).orElseGet(() -> Problems.route(Code.UNKNOWN_FILE)));
  }

  private Route list(Access caller, String room) {
    return QueryFields.read(
        Set.of("before", "limit"),
        query ->
            reads.ifMember(
                caller,
                room,
                blocked -> {
                  var limit = query.limit(pageEntries);
                  return onSuccess(
                      table
                          .list(room, query.number("before").orElse(Long.MAX_VALUE), limit)
                          .thenCompose(found -> page(room, found, limit, blocked)),
                      page -> complete(Bodies.json(200, page)));
                }));
  }

  /// The table has only the place of the message; the content comes from the log.
  private CompletionStage<RoomFiles> page(
      String room, List<FileTable.Listed> found, int limit, Set<String> blocked) {
    var seqs = found.stream().map(FileTable.Listed::seq).distinct().toList();
    var next = found.size() < limit ? OptionalLong.empty() : OptionalLong.of(found.getLast().seq());
    return log.messages(room, Set.copyOf(seqs))
        .thenApply(messages -> {
          var files =
              Entries.hiding(blocked, messages).reversed().stream()
                  .filter(Entry.Message.class::isInstance)
                  .map(Entry.Message.class::cast)
                  .flatMap(message ->
                      message.files().orElse(List.of()).stream()
                          .map(file ->
                              new RoomFile(message.seq(), message.at(), message.by(), file)))
                  .toList();
          return new RoomFiles(room, files, next);
        });
  }
}
