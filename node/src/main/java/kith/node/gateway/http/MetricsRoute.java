package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import java.util.OptionalLong;
import kith.node.platform.config.HttpSettings.Readers;
import kith.node.platform.metrics.Exposition;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/metrics`: the node's metrics, for readers in the operator's own network.
public final class MetricsRoute {
  private final Exposition exposition;
  private final Readers readers;

  public MetricsRoute(Exposition exposition, Readers readers) {
    this.exposition = exposition;
    this.readers = readers;
  }

  public Route route() {
    return path("metrics", () -> get(() -> extractRequest(request -> complete(answer(request)))));
  }

  private HttpResponse answer(HttpRequest request) {
    if (!PeerAddress.isAmong(readers, request))
      return Problems.response(
          Code.NOT_ALLOWED,
          "Metrics are not available to this address (kith.http.metrics).",
          OptionalLong.empty());
    var text = exposition.text(request.getHeader("Accept").map(HttpHeader::value));
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.parse(text.type()), text.bytes()));
  }
}
