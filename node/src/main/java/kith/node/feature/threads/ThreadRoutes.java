package kith.node.feature.threads;

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

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.RoomView;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.MemberReads;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Threads.FollowedThreads;
import kith.protocol.rest.Threads.ReadThread;
import kith.protocol.rest.Threads.RoomThreads;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The threads of a room, for its members, and the threads that an account follows.
final class ThreadRoutes {
  private final ThreadTable threads;
  private final FollowTable follows;
  private final ThreadMessages messages;
  private final BiConsumer<String, ThreadKey> changed;
  private final MemberReads reads;
  private final Edge edge;

  /// @param changed receives an account and the thread that it has read, followed or unfollowed
  ThreadRoutes(
      ThreadTable threads, FollowTable follows, BiConsumer<String, ThreadKey> changed, Edge edge) {
    this.threads = threads;
    this.follows = follows;
    this.messages = new ThreadMessages(edge.rooms(), threads, follows);
    this.changed = changed;
    this.reads = new MemberReads(edge.rooms(), edge.accounts());
    this.edge = edge;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                pathPrefix(segment("account").slash("threads"), this::ofAccount),
                pathPrefix(
                    segment("rooms").slash(segment()).slash("threads"),
                    room ->
                        concat(
                            pathEnd(() -> get(() -> caller(caller -> counts(caller, room)))),
                            path(
                                longSegment(),
                                seq -> get(() -> caller(caller -> page(caller, room, seq))))))));
  }

  private Route ofAccount() {
    return concat(
        pathEnd(() -> get(() -> caller(this::list))),
        path(
            segment().slash(longSegment()),
            (room, seq) ->
                concat(
                    put(() -> caller(caller -> follow(caller, room, seq))),
                    delete(() -> caller(caller -> unfollow(caller, room, seq))))),
        path(
            segment().slash(longSegment()).slash("read"),
            (room, seq) -> put(() -> caller(caller -> read(caller, room, seq)))));
  }

  private Route caller(Function<Access, Route> inner) {
    return edge.authenticated().caller(inner);
  }

  private Route counts(Access caller, String room) {
    return QueryFields.read(
        Set.of("from", "to"),
        query -> {
          var from = query.number("from");
          var to = query.number("to");
          if (from.isEmpty()) return WrongFields.route("from");
          if (to.isEmpty() || to.getAsLong() - from.getAsLong() >= Portions.THREAD_RANGE)
            return WrongFields.route("to");
          return reads.ifMember(
              caller,
              room,
              _ ->
                  onSuccess(
                      threads.counts(room, from.getAsLong(), to.getAsLong()),
                      found -> complete(Bodies.json(200, new RoomThreads(room, found)))));
        });
  }

  private Route page(Access caller, String room, long seq) {
    return QueryFields.read(
        Set.of("before", "limit"),
        query ->
            reads.ifMember(
                caller,
                room,
                blocked ->
                    ofMessage(
                        room,
                        seq,
                        root ->
                            onSuccess(
                                messages.page(
                                    caller.user(),
                                    new ThreadKey(room, root),
                                    query.number("before").orElse(Long.MAX_VALUE),
                                    query.limit(edge.rooms().settings().pageEntries()),
                                    blocked),
                                page -> complete(Bodies.json(200, page))))));
  }

  /// Runs `inner` with the first message of the thread of a message. A thread keeps the name of its
  /// first message even if that message was removed.
  private Route ofMessage(String room, long seq, Function<Long, Route> inner) {
    return onSuccess(
        edge.rooms().log().messages(room, Set.of(seq)),
        found -> {
          if (!found.isEmpty() && found.getFirst() instanceof Entry.Message message)
            return inner.apply(message.thread().orElse(seq));
          return onSuccess(
              threads.counts(room, seq, seq),
              known -> known.isEmpty() ? Problems.route(Code.UNKNOWN_MESSAGE) : inner.apply(seq));
        });
  }

  private Route list(Access caller) {
    return QueryFields.read(
        Set.of("limit"),
        query ->
            reads.withBlocked(
                caller, blocked -> list(caller.user(), query.limit(Portions.LIST_ROWS), blocked)));
  }

  private Route list(String user, int limit, Set<String> blocked) {
    return onSuccess(
        follows.list(user, limit).thenCompose(found -> messages.followed(user, found, blocked)),
        listed ->
            listed.isEmpty()
                ? Problems.route(Code.UNAVAILABLE)
                : complete(Bodies.json(200, new FollowedThreads(listed.get()))));
  }

  private Route follow(Access caller, String room, long seq) {
    return reads.ifMember(
        caller,
        room,
        _ ->
            ofMessage(
                room,
                seq,
                root -> {
                  var thread = new ThreadKey(room, root);
                  return onSuccess(
                      edge.rooms()
                          .look(room, new RoomView.Membership(caller.user()))
                          .thenCompose(answer ->
                              follows.follow(caller.user(), thread, lastSeq(answer, root))),
                      isWithin -> {
                        if (!isWithin) return Problems.route(Code.TOO_MANY_THREADS);
                        changed.accept(caller.user(), thread);
                        return done();
                      });
                }));
  }

  private static long lastSeq(RoomView.Answer answer, long otherwise) {
    return answer instanceof RoomView.IsMember(var seq) ? seq : otherwise;
  }

  private Route unfollow(Access caller, String room, long root) {
    var thread = new ThreadKey(room, root);
    return onSuccess(
        follows.unfollow(caller.user(), thread),
        hasChanged -> {
          if (hasChanged) changed.accept(caller.user(), thread);
          return done();
        });
  }

  private Route read(Access caller, String room, long root) {
    return edge.bodies()
        .read(
            ReadThread.class,
            asked -> {
              if (asked.seq() < 1) return WrongFields.route("seq");
              var thread = new ThreadKey(room, root);
              return onSuccess(
                  follows.read(caller.user(), thread, asked.seq()),
                  hasChanged -> {
                    if (hasChanged) changed.accept(caller.user(), thread);
                    return done();
                  });
            });
  }

  private static Route done() {
    return complete(HttpResponse.create().withStatus(204));
  }
}
