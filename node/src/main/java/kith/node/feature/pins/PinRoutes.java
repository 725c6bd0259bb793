package kith.node.feature.pins;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Entries;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.MemberReads;
import kith.node.gateway.http.QueryFields;
import kith.protocol.frame.Entry;
import kith.protocol.rest.KeptMessages.RoomPins;
import org.apache.pekko.http.javadsl.server.Route;

/// Lists the pinned messages of a room to its members.
final class PinRoutes {
  private final PinTable table;
  private final Rooms rooms;
  private final MemberReads reads;
  private final Authenticated authenticated;

  PinRoutes(PinTable table, Rooms rooms, MemberReads reads, Authenticated authenticated) {
    this.table = table;
    this.rooms = rooms;
    this.reads = reads;
    this.authenticated = authenticated;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            path(
                segment("rooms").slash(segment()).slash("pins"),
                room -> get(() -> authenticated.caller(caller -> list(caller, room)))));
  }

  private Route list(Access caller, String room) {
    return QueryFields.read(
        Set.of("before", "limit"),
        query ->
            reads.ifMember(
                caller,
                room,
                blocked -> {
                  var limit = query.limit(rooms.settings().pageEntries());
                  return onSuccess(
                      table
                          .list(room, query.number("before").orElse(Long.MAX_VALUE), limit)
                          .thenCompose(found -> page(room, found, limit, blocked)),
                      page -> complete(Bodies.json(200, page)));
                }));
  }

  /// The table has only the place of the message; the content comes from the log.
  private CompletionStage<RoomPins> page(
      String room, List<PinTable.Listed> found, int limit, Set<String> blocked) {
    var seqs = found.stream().map(PinTable.Listed::message).collect(Collectors.toSet());
    return rooms
        .log()
        .messages(room, seqs)
        .thenApply(read -> {
          var messages = new HashMap<Long, Entry.Message>();
          for (var entry : Entries.hiding(blocked, read))
            if (entry instanceof Entry.Message it && it.pin().isPresent())
              messages.put(it.seq(), it);
          var shown = new ArrayList<Entry.Message>();
          var bytes = 0L;
          var next =
              found.size() < limit ? OptionalLong.empty() : OptionalLong.of(found.getLast().pin());
          for (var pin : found) {
            var message = messages.get(pin.message());
            if (message == null) continue;
            bytes += Entries.bytes(message);
            if (!shown.isEmpty() && bytes > rooms.settings().pageBytes())
              return new RoomPins(room, shown, OptionalLong.of(pin.pin() + 1));
            shown.add(message);
          }
          return new RoomPins(room, shown, next);
        });
  }
}
