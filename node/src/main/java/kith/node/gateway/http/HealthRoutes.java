package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import java.util.Optional;
import kith.protocol.json.Json;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `/ready`: whether clients may be sent here; `/alive`: whether the process runs.
public final class HealthRoutes {
  private final Readiness readiness;

  record Ready(boolean ready, Optional<String> reason) {}

  record Alive(boolean alive) {}

  public HealthRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  public Route route() {
    // the path directives must be outside: a matching `get` cancels the method rejections of all
    // other routes
    return concat(
        path("ready", () -> get(this::ready)), path("alive", () -> get(HealthRoutes::alive)));
  }

  private Route ready() {
    return onSuccess(
        readiness.whyNot(),
        whyNot ->
            answer(
                whyNot.isEmpty() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE,
                new Ready(whyNot.isEmpty(), whyNot)));
  }

  private static Route alive() {
    return answer(StatusCodes.OK, new Alive(true));
  }

  private static Route answer(StatusCode status, Record body) {
    return complete(
        status, HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.restText(body)));
  }
}
