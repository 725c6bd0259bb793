package kith.node.feature.directory;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.auth.ServerAct;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.rest.RoomAnswers.RoomPage;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /v1/rooms`: public rooms by name or by a part of it.
public final class DirectoryRoutes {
  private final RoomDirectory directory;
  private final Permitted permitted;
  private final int mostOnAPage;

  public DirectoryRoutes(RoomDirectory directory, Permitted permitted, int mostOnAPage) {
    this.directory = directory;
    this.permitted = permitted;
    this.mostOnAPage = mostOnAPage;
  }

  public Route route() {
    return path(
        segment("v1").slash("rooms"),
        () ->
            get(() ->
                permitted.user(
                    ServerAct.FIND_ROOMS, _ -> QueryFields.read(Set.of("limit"), this::list))));
  }

  private Route list(QueryFields query) {
    return onSuccess(
        found(query),
        page ->
            complete(
                Bodies.json(
                    200,
                    new RoomPage(
                        page.rooms().stream()
                            .map(room -> RoomReplies.room(room, Optional.empty(), Optional.empty()))
                            .toList(),
                        page.next()))));
  }

  private CompletionStage<RoomDirectory.Page> found(QueryFields query) {
    var name = query.text("name");
    return name.isPresent()
        ? directory
            .find(name.get())
            .thenApply(room -> new RoomDirectory.Page(room.stream().toList(), Optional.empty()))
        : directory.list(query.text("query"), query.text("after"), query.limit(mostOnAPage));
  }
}
