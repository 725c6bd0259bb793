package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.Set;
import java.util.function.Function;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.privacy.Relations;
import org.apache.pekko.http.javadsl.server.Route;

/// Decides who reads the log of a room: its current members, without the messages of users whom
/// they block.
public final class MemberReads {
  private final Accounts accounts;
  private final RoomReplies replies;

  public MemberReads(Rooms rooms, Accounts accounts) {
    this(new RoomReplies(rooms), accounts);
  }

  MemberReads(RoomReplies replies, Accounts accounts) {
    this.accounts = accounts;
    this.replies = replies;
  }

  /// Runs `inner` with the users that the member blocks; refuses users who are not members.
  public Route ifMember(Access caller, String room, Function<Set<String>, Route> inner) {
    return replies.look(
        room,
        new RoomView.Membership(caller.user()),
        RoomView.IsMember.class,
        _ ->
            onSuccess(
                accounts.read(caller.user()),
                reply ->
                    switch (reply) {
                      case Account.View view ->
                          inner.apply(view.relations().orElse(Relations.EMPTY).blocked());
                      case Account.Refused(var code, var wait) ->
                          complete(Problems.response(code, wait));
                    }));
  }
}
