package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.longSegment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Accounts;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomLog;
import kith.node.core.room.Rooms;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomAnswers.EntryPage;
import kith.protocol.rest.RoomAnswers.Version;
import kith.protocol.rest.RoomAnswers.Versions;
import org.apache.pekko.http.javadsl.server.Route;

/// A room's log, page by page, for its current members.
final class HistoryRoutes {

  private final Rooms rooms;
  private final MemberReads reads;
  private final Authenticated authenticated;

  HistoryRoutes(Rooms rooms, Accounts accounts, Authenticated authenticated) {
    this.rooms = rooms;
    this.reads = new MemberReads(rooms, accounts);
    this.authenticated = authenticated;
  }

  Route of(String room) {
    return pathPrefix(
        "entries",
        () ->
            concat(
                pathEnd(() -> get(() -> authenticated.caller(caller -> page(caller, room)))),
                path(
                    longSegment().slash("versions"),
                    seq ->
                        get(() -> authenticated.caller(caller -> versions(caller, room, seq))))));
  }

  private Route page(Access caller, String room) {
    return QueryFields.read(
        Set.of("before", "after", "limit"),
        query ->
            query.number("before").isPresent() && query.number("after").isPresent()
                ? WrongFields.route("before")
                : reads.ifMember(
                    caller,
                    room,
                    blocked ->
                        onSuccess(
                            page(room, query),
                            page -> complete(Bodies.json(200, visible(room, page, blocked))))));
  }

  private static EntryPage visible(String room, RoomLog.Page page, Set<String> blocked) {
    return new EntryPage(room, Entries.hiding(blocked, page.entries()), page.more());
  }

  private CompletionStage<RoomLog.Page> page(String room, QueryFields query) {
    int limit = query.limit(rooms.settings().pageEntries());
    var after = query.number("after");
    return after.isPresent()
        ? rooms
            .log()
            .after(room, after.getAsLong(), limit)
            .thenApply(page -> page.oldestWithin(rooms.settings().pageBytes()))
        : rooms
            .log()
            .before(room, query.number("before").orElse(Long.MAX_VALUE), limit)
            .thenApply(page -> page.newestWithin(rooms.settings().pageBytes()));
  }

  private Route versions(Access caller, String room, long seq) {
    return reads.ifMember(
        caller,
        room,
        blocked ->
            onSuccess(
                rooms.log().versions(room, seq),
                found -> versions(room, seq, Entries.hiding(blocked, found))));
  }

  private static Route versions(String room, long seq, List<Entry> found) {
    if (found.isEmpty() || !(found.getFirst() instanceof Entry.Message message))
      return Problems.route(Code.UNKNOWN_MESSAGE);
    if (message.redaction().isPresent()) return Problems.route(Code.MESSAGE_REDACTED);
    var versions = found.stream().flatMap(HistoryRoutes::version).toList();
    return complete(Bodies.json(200, new Versions(room, seq, versions)));
  }

  private static Stream<Version> version(Entry entry) {
    var body =
        switch (entry) {
          case Entry.Message message -> message.body();
          case Entry.Edited edited -> edited.body();
          case Entry other -> Optional.<String>empty();
        };
    return body.stream().map(text -> new Version(entry.seq(), entry.at(), text));
  }
}
