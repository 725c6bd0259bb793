package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.OptionalLong;
import kith.node.core.room.ProjectionRebuild;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// `POST /projections/{name}/rebuild`: for operators on the node's own machine. The answer is text,
/// a line each second and one at the end; a caller that closes the connection stops the rebuild.
public final class ProjectionRoutes {
  private final ProjectionRebuild rebuild;

  public ProjectionRoutes(ProjectionRebuild rebuild) {
    this.rebuild = rebuild;
  }

  public Route route() {
    return path(
        segment("projections").slash(segment()).slash("rebuild"),
        name ->
            post(() ->
                OnlyOperators.run("Projections can be rebuilt", () -> complete(answer(name)))));
  }

  private HttpResponse answer(String name) {
    if (!rebuild.names().contains(name))
      return Problems.response(
          Code.NOT_FOUND,
          "There is no such projection; choose one of: " + String.join(", ", rebuild.names()) + ".",
          OptionalLong.empty());
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(ContentTypes.TEXT_PLAIN_UTF8, lines(name)));
  }

  private Source<ByteString, ?> lines(String name) {
    return rebuild
        .rebuild(name)
        .conflate((_, latest) -> latest)
        .throttle(1, Intervals.PROGRESS_REPORT)
        .map(ProjectionRoutes::line)
        .map(ByteString::fromString)
        .concat(Source.single(ByteString.fromString("done\n")));
  }

  static String line(ProjectionRebuild.Progress progress) {
    var rooms = progress.rooms() == 1 ? "1 room" : progress.rooms() + " rooms";
    return progress.failed() == 0 ? rooms + "\n" : rooms + ", " + progress.failed() + " failed\n";
  }
}
