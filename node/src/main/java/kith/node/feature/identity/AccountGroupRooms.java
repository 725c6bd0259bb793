package kith.node.feature.identity;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.account.Memberships.Outcome;
import kith.node.feature.identity.GroupRooms.Standing;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enters and leaves the rooms that groups give an account. The account's state contains the
/// remaining work, so a stopped account continues when it recovers.
public final class AccountGroupRooms implements AccountPart<AccountGroupRooms.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(AccountGroupRooms.class);

  public sealed interface Command extends Account.PartCommand {}

  /// Asks all rooms that the account has to enter or leave.
  record Follow() implements Command {}

  record Enter(String room, ActorRef<Answer> replyTo) implements Command, Account.PartRoomRequest {}

  /// A room has answered, or not in time.
  ///
  /// @param asked to enter or to leave
  record Answered(String room, Standing asked, Answer answer) implements Command {}

  private final AccountHost account;
  private final BiFunction<String, String, CompletionStage<Outcome>> entrance;

  private AccountGroupRooms(
      AccountHost account, BiFunction<String, String, CompletionStage<Outcome>> entrance) {
    this.account = account;
    this.entrance = entrance;
  }

  /// @param entrance makes a user, the second, a member of a room
  static AccountPart.Factory<Command> part(
      BiFunction<String, String, CompletionStage<Outcome>> entrance) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountGroupRooms(account, entrance));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Follow() -> {
        follow(state);
        yield account.noReply();
      }
      case Enter(var room, var replyTo) -> onEnter(state, room, replyTo);
      case Answered answered -> onAnswered(state, answered);
    };
  }

  private void follow(AccountState state) {
    if (!state.isActive()) return;
    var rooms = GroupRooms.of(state);
    rooms
        .open()
        .forEach((room, standing) ->
            account
                .actor()
                .ask(
                    Answer.class,
                    account.actor().getSelf(),
                    Intervals.ACCOUNT_ANSWER,
                    replyTo ->
                        standing == Standing.LEAVING
                            ? new Account.Leave(room, replyTo)
                            : new Enter(room, replyTo),
                    (answer, fault) ->
                        new Answered(
                            room, standing, fault == null ? answer : Refused.UNAVAILABLE)));
  }

  private ReplyEffect<AccountEvent, AccountState> onEnter(
      AccountState state, String room, ActorRef<Answer> replyTo) {
    boolean isWanted =
        state.isActive()
            && GroupRooms.of(state).standing(room).filter(it -> it == Standing.WANTED).isPresent();
    return isWanted && !state.isMember(room)
        ? account.enter(state, List.of(), room, replyTo, () -> entrance.apply(room, account.user()))
        : account.<Answer>reply(replyTo, new Done());
  }

  private ReplyEffect<AccountEvent, AccountState> onAnswered(
      AccountState state, Answered answered) {
    var room = answered.room();
    var rooms = GroupRooms.of(state);
    var standing = rooms.standing(room);
    if (!state.isActive() || standing.isEmpty()) return account.noReply();
    if (answered.asked() == Standing.LEAVING && standing.get() == Standing.OWN)
      // the group came back while the account was leaving
      return state.isMember(room)
          ? account.noReply()
          : now(state, rooms.with(room, Standing.WANTED));
    if (standing.get() != answered.asked()) return account.noReply();
    if (answered.answer() instanceof Refused(var code, var _)) {
      if (code == Code.UNAVAILABLE) {
        account.timers().startSingleTimer(new Follow(), new Follow(), Intervals.ROOM_RETRY);
        return account.noReply();
      }
      LOG.warn(
          "identity=group-room-refused room={} account={} act={} code={}",
          room,
          account.user(),
          answered.asked() == Standing.WANTED ? "join" : "leave",
          code.wire());
    }
    if (answered.asked() == Standing.LEAVING)
      // refused to the last owner, who stays
      return now(state, rooms.without(room));
    // a room that refuses is asked again at the next sign-in
    return state.isMember(room)
        ? now(state, rooms.with(room, Standing.ENTERED))
        : account.noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> now(
      AccountState state, GroupRooms.GroupRoomsChanged changed) {
    return account.persist(state, List.of(changed)).thenNoReply();
  }

  /// The account may have entered a room before it stored that.
  @Override
  public void recovered(AccountState state) {
    if (!GroupRooms.of(state).open().isEmpty()) account.actor().getSelf().tell(new Follow());
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    var known = GroupRooms.of(before).open().entrySet();
    if (!known.containsAll(GroupRooms.of(after).open().entrySet()))
      account.actor().getSelf().tell(new Follow());
  }

  @Override
  public boolean isBusy() {
    return account.timers().isTimerActive(new Follow());
  }
}
