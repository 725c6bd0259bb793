package kith.node.feature.bookmarks;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.longSegment;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import kith.node.auth.Tokens.Access;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.MemberReads;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.Lengths;
import kith.protocol.rest.KeptMessages.PutBookmark;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The bookmarks of an account, for the account itself.
final class BookmarkRoutes {
  private final BookmarkTable table;
  private final BookmarkedMessages messages;
  private final MemberReads reads;
  private final Edge edge;

  BookmarkRoutes(BookmarkTable table, Edge edge) {
    this.table = table;
    this.messages = new BookmarkedMessages(edge.rooms());
    this.reads = new MemberReads(edge.rooms(), edge.accounts());
    this.edge = edge;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                segment("account").slash("bookmarks"),
                () ->
                    concat(
                        pathEnd(() -> get(() -> edge.authenticated().caller(this::list))),
                        path(segment().slash(longSegment()), this::ofMessage))));
  }

  private Route ofMessage(String room, long seq) {
    return concat(
        put(() -> edge.authenticated().caller(caller -> bookmark(caller, room, seq))),
        delete(() -> edge.authenticated().caller(caller -> remove(caller, room, seq))));
  }

  private Route list(Access caller) {
    return QueryFields.read(
        Set.of("before", "limit"),
        query -> {
          var limit = query.limit(edge.rooms().settings().pageEntries());
          var before = query.number("before").orElse(Long.MAX_VALUE);
          return reads.withBlocked(caller, blocked -> list(caller.user(), before, limit, blocked));
        });
  }

  private Route list(String user, long before, int limit, Set<String> blocked) {
    return onSuccess(
        table
            .list(user, before, limit)
            .thenCompose(found -> messages.page(user, found, limit, blocked)),
        page ->
            page.isEmpty()
                ? Problems.route(Code.UNAVAILABLE)
                : complete(Bodies.json(200, page.get())));
  }

  private Route bookmark(Access caller, String room, long seq) {
    return edge.bodies()
        .read(
            PutBookmark.class,
            asked ->
                asked.note().filter(note -> !isNote(note)).isPresent()
                    ? WrongFields.route("note")
                    : reads.ifReadable(
                        caller, room, seq, () -> bookmark(caller, room, seq, asked.note())));
  }

  private static boolean isNote(String note) {
    return !note.isBlank()
        && Lengths.isWithin(note, Lengths.VERSION_1.note())
        && StandardCharsets.UTF_8.newEncoder().canEncode(note)
        && note.indexOf('\0') < 0;
  }

  private Route bookmark(Access caller, String room, long seq, Optional<String> note) {
    return onSuccess(
        table.put(caller.user(), room, seq, note),
        isWithin ->
            isWithin
                ? complete(HttpResponse.create().withStatus(204))
                : Problems.route(Code.TOO_MANY_BOOKMARKS));
  }

  private Route remove(Access caller, String room, long seq) {
    return onSuccess(
        table.remove(caller.user(), room, seq),
        _ -> complete(HttpResponse.create().withStatus(204)));
  }
}
