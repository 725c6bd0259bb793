package kith.node.feature.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The identities of an account. Whether an identity opens the account is decided here.
public final class AccountIdentities implements AccountPart<AccountIdentities.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// A user that a provider has authenticated.
  ///
  /// @param role that the groups give
  /// @param rooms the ids of the rooms to which the groups give access; absent if a node of an
  ///   older release sent this, or if the rooms could not be looked up
  record Who(
      String provider,
      String issuer,
      String subject,
      Optional<ServerRole> role,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Set<String>> rooms) {
    Who {
      rooms = rooms.map(Set::copyOf);
    }
  }

  /// Begins a device. Refused with `unknown-identity` unless the account has this identity.
  record SignIn(Who who, NewDevice device, ActorRef<Admission> replyTo) implements Command {}

  /// Makes the account of this name, with the identity and without a password.
  record Make(
      Who who,
      Optional<String> displayName,
      Optional<String> email,
      NewDevice device,
      ActorRef<Admission> replyTo)
      implements Command {}

  record Link(Who who, ActorRef<Answer> replyTo) implements Command {}

  record Unlink(String provider, Secret password, Client from, ActorRef<Answer> replyTo)
      implements Command {}

  /// Checks the password, if the account has one.
  record Confirm(Secret password, Client from, ActorRef<Answer> replyTo) implements Command {}

  /// The provider was asked again.
  record GiveRole(Who who, ActorRef<Answer> replyTo) implements Command {}

  private final AccountHost account;

  private AccountIdentities(AccountHost account) {
    this.account = account;
  }

  static AccountPart.Factory<Command> part() {
    return new AccountPart.Factory<>(Command.class, AccountIdentities::new);
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case SignIn(var who, var device, var replyTo) ->
          isThis(state, who)
              ? account.admit(state, given(state, who), device, replyTo)
              : account.refuse(replyTo, Code.UNKNOWN_IDENTITY);
      case Make make -> onMake(state, make);
      case Link(var who, var replyTo) -> onLink(state, who, replyTo);
      case Unlink unlink -> onUnlink(state, unlink);
      case Confirm(var password, var from, var replyTo) ->
          state.hasPassword()
              ? account.afterPassword(
                  state,
                  from,
                  password,
                  replyTo::tell,
                  _ -> account.<Answer>reply(replyTo, new Done()))
              : account.<Answer>reply(replyTo, new Done());
      case GiveRole(var who, var replyTo) ->
          isThis(state, who)
              ? account.persist(state, given(state, who)).thenReply(replyTo, _ -> new Done())
              : account.refuse(replyTo, Code.UNKNOWN_IDENTITY);
    };
  }

  private static boolean isThis(AccountState state, Who who) {
    return state.isActive() && Identities.of(state).contains(who.issuer(), who.subject());
  }

  /// The role and rooms that the groups give now. Rooms that have refused the account are asked
  /// again.
  private List<AccountEvent> given(AccountState state, Who who) {
    var events = new ArrayList<AccountEvent>();
    if (!Identities.of(state).role().equals(who.role()))
      events.add(new IdentityEvent.RoleGiven(who.role()));
    who.rooms().flatMap(rooms -> rooms(state, who.provider(), rooms)).ifPresent(events::add);
    if (!GroupRooms.of(state).open().isEmpty())
      account.actor().getSelf().tell(new AccountGroupRooms.Follow());
    return events;
  }

  private static Optional<GroupRooms.GroupRoomsChanged> rooms(
      AccountState state, String provider, Set<String> rooms) {
    return GroupRooms.of(state).given(provider, rooms, state::isMember);
  }

  private IdentityEvent linked(Who who) {
    return new IdentityEvent.Linked(who.provider(), who.issuer(), who.subject(), account.now());
  }

  private ReplyEffect<AccountEvent, AccountState> onMake(AccountState state, Make make) {
    var further = new ArrayList<AccountEvent>();
    further.add(linked(make.who()));
    make.who()
        .role()
        .ifPresent(role -> further.add(new IdentityEvent.RoleGiven(Optional.of(role))));
    make.who()
        .rooms()
        .flatMap(rooms -> rooms(state, make.who().provider(), rooms))
        .ifPresent(further::add);
    return account.make(
        state,
        new Account.SignUp(
            new Secret(""), make.displayName(), make.email(), make.device(), make.replyTo()),
        further);
  }

  private ReplyEffect<AccountEvent, AccountState> onLink(
      AccountState state, Who who, ActorRef<Answer> replyTo) {
    if (!state.isActive() || state.isBot()) return account.refuse(replyTo, Code.UNKNOWN_USER);
    if (isThis(state, who)) return account.<Answer>reply(replyTo, new Done());
    if (Identities.of(state).byProvider().containsKey(who.provider()))
      return account.refuse(replyTo, Code.IDENTITY_LINKED);
    var events = new ArrayList<AccountEvent>(List.of(linked(who)));
    events.addAll(given(state, who));
    return account.persist(state, events).thenReply(replyTo, _ -> new Done());
  }

  private ReplyEffect<AccountEvent, AccountState> onUnlink(AccountState state, Unlink unlink) {
    if (!state.hasPassword()) return unlinked(state, unlink);
    return account.afterPassword(
        state,
        unlink.from(),
        unlink.password(),
        unlink.replyTo()::tell,
        now -> unlinked(now, unlink));
  }

  private ReplyEffect<AccountEvent, AccountState> unlinked(AccountState state, Unlink unlink) {
    var identities = Identities.of(state).byProvider();
    if (!identities.containsKey(unlink.provider()))
      return account.refuse(unlink.replyTo(), Code.UNKNOWN_IDENTITY);
    if (!state.hasPassword() && identities.size() == 1)
      return account.refuse(unlink.replyTo(), Code.LAST_IDENTITY);
    var events = new ArrayList<AccountEvent>();
    events.add(new IdentityEvent.Unlinked(unlink.provider()));
    rooms(state, unlink.provider(), Set.of()).ifPresent(events::add);
    return account.persist(state, events).thenReply(unlink.replyTo(), _ -> new Done());
  }
}
