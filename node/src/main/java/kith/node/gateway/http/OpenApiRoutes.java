package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.getFromResource;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEndOrSingleSlash;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.respondWithHeaders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;

/// `/openapi.json`, the description of the REST API, and `/docs`, a page that shows it. The page is
/// Swagger UI from its jar; a browser loads nothing from other servers. `/socket.schema.json` is
/// the schema of the socket's frames.
public final class OpenApiRoutes {

  private static final String OURS = "kith/node/gateway/http/";
  private static final String THEIRS = "META-INF/resources/webjars/swagger-ui/" + version() + "/";

  private static final String FRAMES = "kith/protocol/socket.schema.json";

  private static final ContentType SCRIPT =
      MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8);

  /// Swagger UI uses inline styles, and icons in `data:` URLs.
  private static final List<HttpHeader> SAFE =
      List.of(
          RawHeader.create(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                  + " img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                  + " form-action 'none'; frame-ancestors 'none'"),
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Referrer-Policy", "no-referrer"));

  public Route route() {
    return concat(
        path(
            "openapi.json",
            () -> get(() -> getFromResource(OURS + "openapi.json", ContentTypes.APPLICATION_JSON))),
        path(
            "socket.schema.json",
            () -> get(() -> getFromResource(FRAMES, ContentTypes.APPLICATION_JSON))),
        pathPrefix("docs", () -> get(() -> respondWithHeaders(SAFE, this::docs))));
  }

  private Route docs() {
    return concat(
        pathEndOrSingleSlash(
            () -> getFromResource(OURS + "docs.html", ContentTypes.TEXT_HTML_UTF8)),
        file("start.js", OURS + "docs.js", SCRIPT),
        file("swagger-ui-bundle.js", THEIRS + "swagger-ui-bundle.js", SCRIPT),
        file(
            "swagger-ui.css",
            THEIRS + "swagger-ui.css",
            MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8)),
        file(
            "favicon-32x32.png",
            THEIRS + "favicon-32x32.png",
            MediaTypes.IMAGE_PNG.toContentType()));
  }

  private static Route file(String name, String resource, ContentType type) {
    return path(name, () -> getFromResource(resource, type));
  }

  /// The jar's paths contain its version, which is set only in the pom.
  private static String version() {
    var about = new Properties();
    try (var file =
        OpenApiRoutes.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      about.load(Objects.requireNonNull(file, "Swagger UI is not on the class path"));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    return Objects.requireNonNull(about.getProperty("version"));
  }
}
