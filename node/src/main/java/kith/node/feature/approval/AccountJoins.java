package kith.node.feature.approval;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import kith.node.core.account.Account;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.room.Room;
import kith.node.platform.config.Intervals;
import kith.protocol.JoinState;
import kith.protocol.frame.ServerFrame.JoinedRoom;
import kith.protocol.rest.Joining.OwnJoinRequest;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Sends the sessions of an account its requests to join rooms. The rooms store them; the account
/// reads them when a session begins and when a room reports that they have changed.
public final class AccountJoins implements AccountPart<AccountJoins.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// A room has changed the request of this account.
  ///
  /// @param joined the name of the room, if the account has joined it by the request
  public record Changed(String room, Optional<String> joined) implements Command {}

  record Found(List<OwnJoinRequest> requests, Set<JoinedRoom> joined) implements Command {
    Found {
      requests = List.copyOf(requests);
      joined = Set.copyOf(joined);
    }
  }

  record NotFound(Set<JoinedRoom> joined) implements Command {}

  record ReadAgain(Set<JoinedRoom> joined) implements Command {}

  /// All requests that are in force.
  ///
  /// @param joined a room that the user has just joined
  public record OwnRequests(List<OwnJoinRequest> requests, Optional<JoinedRoom> joined)
      implements Account.PartWord {
    public OwnRequests {
      requests = List.copyOf(requests);
    }
  }

  private static final String READ_AGAIN = "read-join-requests";

  private final AccountHost account;
  private final RequestStore store;
  private final BiConsumer<String, Room.Command> rooms;

  private AccountJoins(
      AccountHost account, RequestStore store, BiConsumer<String, Room.Command> rooms) {
    this.account = account;
    this.store = store;
    this.rooms = rooms;
  }

  static AccountPart.Factory<Command> part(
      RequestStore store, BiConsumer<String, Room.Command> rooms) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountJoins(account, store, rooms));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    switch (command) {
      case Changed(var room, var joined) ->
          read(joined.map(name -> Set.of(new JoinedRoom(room, name))).orElse(Set.of()));
      case Found(var requests, var joined) -> found(state, requests, joined);
      case NotFound(var joined) ->
          account
              .timers()
              .startSingleTimer(READ_AGAIN, new ReadAgain(joined), Intervals.ROOM_RETRY);
      case ReadAgain(var joined) -> read(joined);
    }
    return account.noReply();
  }

  private void read(Set<JoinedRoom> joined) {
    account
        .actor()
        .pipeToSelf(
            store.ofAccount(account.user(), account.now()),
            (requests, fault) ->
                fault == null ? new Found(requests, joined) : new NotFound(joined));
  }

  private void found(AccountState state, List<OwnJoinRequest> requests, Set<JoinedRoom> joined) {
    account.tellLive(new OwnRequests(requests, joined.stream().findFirst()));
    if (!state.isActive()) withdraw(requests);
    else joinAccepted(state, requests);
  }

  /// A room that accepted a request may have stopped before it notified the account.
  private void joinAccepted(AccountState state, List<OwnJoinRequest> requests) {
    var nobody = account.actor().getSystem().<Account.Answer>ignoreRef();
    var known = new HashSet<>(state.joined());
    for (var request : requests)
      if (request.state() == JoinState.ACCEPTED && !known.contains(request.room()))
        account
            .actor()
            .getSelf()
            .tell(new Account.Join(request.room(), Optional.empty(), Optional.empty(), nobody));
  }

  private void withdraw(List<OwnJoinRequest> requests) {
    var nobody = account.actor().getSystem().<Room.Outcome>ignoreRef();
    for (var request : requests)
      rooms.accept(request.room(), new RoomApproval.Withdraw(account.user(), nobody));
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    if (before.isActive() && !after.isActive()) read(Set.of());
  }

  @Override
  public void attached(AccountState state, ActorRef<Account.AttachReply> session) {
    read(Set.of());
  }
}
