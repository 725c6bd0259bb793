package kith.node.feature.files;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import kith.node.gateway.http.OnlyOperators;
import kith.node.platform.config.Intervals;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// `POST /files/sync`: for operators on the node's own machine. The answer is text, a line each
/// second and one at the end; a caller that closes the connection stops the moves.
final class FileSyncRoutes {
  private final FileSync sync;

  FileSyncRoutes(FileSync sync) {
    this.sync = sync;
  }

  Route route() {
    return path(
        segment("files").slash("sync"),
        () -> post(() -> OnlyOperators.run("Files can be moved", () -> complete(answer()))));
  }

  private HttpResponse answer() {
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(ContentTypes.TEXT_PLAIN_UTF8, lines()));
  }

  private Source<ByteString, ?> lines() {
    return sync.run()
        .conflate((_, latest) -> latest)
        .throttle(1, Intervals.PROGRESS_REPORT)
        .map(FileSync::line)
        .map(ByteString::fromString)
        .concat(Source.single(ByteString.fromString("done\n")));
  }
}
