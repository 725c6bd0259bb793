package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import org.apache.pekko.http.javadsl.server.Route;

/// Decides who may read the log of a room: its current members, without the messages of users whom
/// they block.
public final class MemberReads {
  private final Rooms rooms;
  private final Accounts accounts;

  public MemberReads(Rooms rooms, Accounts accounts) {
    this.rooms = rooms;
    this.accounts = accounts;
  }

  /// Runs `inner` with the users that the member blocks; refuses users who are not members.
  public Route ifMember(Access caller, String room, Function<Set<String>, Route> inner) {
    return new RoomReplies(rooms)
        .look(
            room,
            new RoomView.Membership(caller.user()),
            RoomView.IsMember.class,
            _ -> withBlocked(caller, inner));
  }

  /// Runs `inner` with the users that the caller blocks.
  public Route withBlocked(Access caller, Function<Set<String>, Route> inner) {
    return onSuccess(
        accounts.read(caller.user()),
        reply ->
            switch (reply) {
              case Account.View view ->
                  inner.apply(view.relations().orElse(Relations.EMPTY).blocked());
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  /// Runs `inner` if the caller may read the message now, and it is not redacted.
  public Route ifReadable(Access caller, String room, long seq, Supplier<Route> inner) {
    return ifMember(
        caller,
        room,
        blocked ->
            onSuccess(
                rooms.log().messages(room, Set.of(seq)),
                found ->
                    Entries.hiding(blocked, found).stream()
                        .filter(Entry.Message.class::isInstance)
                        .map(Entry.Message.class::cast)
                        .findFirst()
                        .map(message ->
                            message.redaction().isEmpty()
                                ? inner.get()
                                : Problems.route(Code.MESSAGE_REDACTED))
                        .orElseGet(() -> Problems.route(Code.UNKNOWN_MESSAGE))));
  }
}
