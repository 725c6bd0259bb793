package kith.node.core.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import kith.node.auth.ServerAct;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.BotAnswer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.ReadReply;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.SignUp;
import kith.node.core.account.Account.View;
import kith.node.core.account.AccountEvent.Blocked;
import kith.node.core.account.AccountEvent.BotMade;
import kith.node.core.account.AccountEvent.BotTokenEnded;
import kith.node.core.account.AccountEvent.BotTokenMade;
import kith.node.core.account.AccountEvent.BotTokenUsed;
import kith.node.core.account.AccountEvent.Deleted;
import kith.node.core.account.AccountEvent.DeviceBegan;
import kith.node.core.account.AccountEvent.DevicesEnded;
import kith.node.core.account.AccountEvent.Disabled;
import kith.node.core.account.AccountEvent.Enabled;
import kith.node.core.account.AccountEvent.Erased;
import kith.node.core.account.AccountEvent.JoinBegan;
import kith.node.core.account.AccountEvent.LeaveBegan;
import kith.node.core.account.AccountEvent.MembershipSettled;
import kith.node.core.account.AccountEvent.MessagesGivenUp;
import kith.node.core.account.AccountEvent.PartEvent;
import kith.node.core.account.AccountEvent.PasswordSet;
import kith.node.core.account.AccountEvent.PrivacyChanged;
import kith.node.core.account.AccountEvent.ProfileChanged;
import kith.node.core.account.AccountEvent.Refreshed;
import kith.node.core.account.AccountEvent.ResetAllowed;
import kith.node.core.account.AccountEvent.RoleChanged;
import kith.node.core.account.AccountEvent.SignedUp;
import kith.node.core.account.AccountEvent.Unblocked;
import kith.node.core.account.JoinedRooms.Intent;
import kith.node.core.account.ServerStanding.ResetCode;
import kith.node.core.room.Place;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ServerRole;

/// The state of one account, and the decisions that follow from it.
///
/// @param parts by the name of their [PartKey]; a part in its initial state is absent
/// @param server absent while administrators have decided nothing about the account
/// @param bot absent for people
public record AccountState(
    Standing standing,
    String passwordHash,
    Instant created,
    Profile profile,
    Devices devices,
    JoinedRooms rooms,
    PrivacyChoices privacy,
    Map<String, PartState> parts,
    Optional<ServerStanding> server,
    Optional<BotAccount> bot)
    implements CborSerializable {

  public AccountState {
    parts = Map.copyOf(parts);
  }

  enum Standing {
    UNCLAIMED,
    ACTIVE,
    DELETED
  }

  record Profile(Optional<String> displayName, Optional<String> picture, Optional<String> email) {
    static final Profile EMPTY = new Profile(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// Events to persist, and the reply to send then.
  record Decision<R>(List<AccountEvent> events, R reply) {
    Decision {
      events = List.copyOf(events);
    }

    static <R> Decision<R> only(R reply) {
      return new Decision<>(List.of(), reply);
    }
  }

  static final AccountState UNCLAIMED =
      new AccountState(
          Standing.UNCLAIMED,
          "",
          Instant.EPOCH,
          Profile.EMPTY,
          Devices.NONE,
          JoinedRooms.NONE,
          PrivacyChoices.NONE,
          Map.of(),
          Optional.empty(),
          Optional.empty());

  public boolean isActive() {
    return standing == Standing.ACTIVE;
  }

  ServerStanding serverStanding() {
    return server.orElse(ServerStanding.USUAL);
  }

  /// True if nobody may use the account, although it exists.
  public boolean isDisabled() {
    return serverStanding().disabled();
  }

  /// True if no person uses the account, and no password opens it.
  public boolean isBot() {
    return bot.isPresent();
  }

  /// False for bots, and for people who sign in elsewhere.
  public boolean hasPassword() {
    return isActive() && !isBot() && !passwordHash.isEmpty();
  }

  public Optional<String> botOwner() {
    return bot.map(BotAccount::owner);
  }

  /// The grant of the bot's token that has this id as a device.
  Optional<BotAccount.Token> botToken(String device) {
    return bot.flatMap(it -> Optional.ofNullable(it.tokens().get(device)));
  }

  /// All devices that may use the account, and the tokens of a bot.
  Set<String> usable() {
    var all = new HashSet<>(devices.byId().keySet());
    bot.ifPresent(it -> all.addAll(it.tokens().keySet()));
    return all;
  }

  /// An act of an owner on a bot. The answer for a taken name does not depend on the account that
  /// has it.
  Decision<BotAnswer> decide(String owner, BotAct act, int most, Instant now) {
    if (act instanceof BotAct.Make && standing == Standing.UNCLAIMED)
      return botDone(List.of(new BotMade(owner, now)));
    if (!isActive() || !botOwner().equals(Optional.of(owner)))
      return Decision.only(
          Refused.because(act instanceof BotAct.Make ? Code.USER_NAME_TAKEN : Code.UNKNOWN_USER));
    var tokens = bot.orElseThrow().tokens();
    return switch (act) {
      case BotAct.Make() -> botDone(List.of());
      case BotAct.AddToken(var id, var name, var grant) ->
          tokens.size() >= most
              ? Decision.only(Refused.because(Code.TOO_MANY_DEVICES))
              : botDone(List.of(new BotTokenMade(id, name, grant, now)));
      case BotAct.EndToken(var id) ->
          tokens.containsKey(id)
              ? botDone(List.of(new BotTokenEnded(id)))
              : Decision.only(Refused.because(Code.UNKNOWN_DEVICE));
      case BotAct.Look() -> Decision.only(Account.BotView.of(tokens));
      case BotAct.Erase() -> botDone(decideDelete(false).events());
    };
  }

  private static Decision<BotAnswer> botDone(List<AccountEvent> events) {
    return new Decision<>(events, new Done());
  }

  /// The higher of two roles: the one that administrators decided, and the one that a part gives. A
  /// role of a part may be lower than the usual one.
  public ServerRole serverRole() {
    var decided = serverStanding().role();
    return parts.values().stream()
        .flatMap(part -> part.serverRole().stream())
        .max(Comparator.naturalOrder())
        .filter(given -> decided == ServerRole.MEMBER || given.compareTo(decided) > 0)
        .orElse(decided);
  }

  /// A bot enters a room only through its owner, and begins no conversations.
  public boolean mayDo(ServerAct act) {
    return !isBot() && ServerAct.mayDo(serverRole(), act);
  }

  public Optional<String> displayName() {
    return profile.displayName();
  }

  public Optional<String> picture() {
    return profile.picture();
  }

  public Optional<String> email() {
    return profile.email();
  }

  /// The number of devices that are logged in.
  public int deviceCount() {
    return devices.byId().size();
  }

  /// The time at which a device last got tokens, if one is logged in.
  public Optional<Instant> lastUsed() {
    return devices.lastUsed();
  }

  /// Its rooms by this journal; the member list of a room may be newer.
  public Set<String> joined() {
    return rooms.joined();
  }

  /// The positions of those rooms when the account joined, of rooms that reported one.
  public Map<String, Place> places() {
    return rooms.allPlaces();
  }

  /// True if the room has confirmed the membership and no join or leave is open.
  public boolean isMember(String room) {
    return rooms.isSettled(room, true);
  }

  public <S extends PartState> S part(PartKey<S> key) {
    var kept = parts.get(key.name());
    return kept == null ? key.none() : key.type().cast(kept);
  }

  /// All contacts, also blocked ones.
  public Set<String> contacts() {
    return parts.values().stream()
        .flatMap(part -> part.contacts().stream())
        .collect(Collectors.toSet());
  }

  /// The relations to other users that sessions need. Blocked users are not contacts.
  public Relations relations() {
    var contacts = new HashSet<>(contacts());
    contacts.removeAll(privacy.blocked());
    return new Relations(contacts, privacy.blocked(), privacy.settings(), privacy.version());
  }

  Decision<Admission> decideSignUp(String passwordHash, SignUp asked, String device, Instant now) {
    if (standing != Standing.UNCLAIMED) return Decision.only(Refused.because(Code.USER_NAME_TAKEN));
    var began = new DeviceBegan(device, asked.device().name(), asked.device().cookies(), now);
    return new Decision<>(
        List.of(new SignedUp(passwordHash, asked.displayName(), asked.email(), now), began),
        new Admitted(device, began.cookies(), 1, now));
  }

  /// The answer to the sign-up that made this account, if `asked` repeats it within `time` and the
  /// account's first device has not used its tokens yet.
  Optional<Admitted> repeated(SignUp asked, Duration time, Instant now) {
    return isActive() && !now.isAfter(created.plus(time))
        ? devices.unusedSince(created, asked.device())
        : Optional.empty();
  }

  /// Called after the current password was verified.
  Decision<Answer> decidePassword(
      String device, String passwordHash, AccountSettings settings, Instant now) {
    if (!devices.isAlive(device, settings, now))
      return Decision.only(Refused.because(Code.DEVICE_ENDED));
    return new Decision<>(
        List.of(new PasswordSet(passwordHash), new DevicesEnded(devices.allBut(device))),
        new Done());
  }

  /// Called after the password was verified.
  Decision<Answer> decideDelete(boolean withMessages) {
    var erased = new Erased(afterDeletion());
    return new Decision<>(
        withMessages ? List.of(new MessagesGivenUp(), erased) : List.of(erased), new Done());
  }

  /// Decides an act of an administrator. Administrators act on members and guests, owners on
  /// everybody.
  ///
  /// @param by the server role of the administrator
  Decision<Answer> decide(ServerRole by, AccountAct act) {
    if (!isActive()) return Decision.only(Refused.because(Code.UNKNOWN_USER));
    if (!mayAct(by, act)) return Decision.only(Refused.because(Code.NOT_ALLOWED));
    return switch (act) {
      case AccountAct.ChangeRole(var role) ->
          done(role == serverStanding().role() ? List.of() : List.of(new RoleChanged(role)));
      case AccountAct.Disable() -> done(isDisabled() ? List.of() : List.of(new Disabled()));
      case AccountAct.Enable() -> done(isDisabled() ? List.of(new Enabled()) : List.of());
      case AccountAct.EndDevices() -> devices.decideEndAll();
      case AccountAct.AllowReset(var hash, var expires) ->
          done(List.of(new ResetAllowed(hash, expires)));
      case AccountAct.Erase(var messages) -> decideDelete(messages.orElse(false));
    };
  }

  private boolean mayAct(ServerRole by, AccountAct act) {
    var appointsAdministrators = act.given().filter(ServerAct::isAdministration).isPresent();
    var isForPeople = act instanceof AccountAct.AllowReset || act instanceof AccountAct.ChangeRole;
    return !(isBot() && isForPeople)
        && isUnder(by, act.needed())
        && (!appointsAdministrators || ServerAct.mayDo(by, ServerAct.ADMINISTER_ADMINISTRATORS));
  }

  /// True if an administrator of this role may do that to this account.
  public boolean isUnder(ServerRole by, ServerAct act) {
    return ServerAct.mayDoTo(serverRole(), by, act);
  }

  private static Decision<Answer> done(List<AccountEvent> events) {
    return new Decision<>(events, new Done());
  }

  /// True if the user may set a new password with this code.
  boolean isResetBy(String codeHash, Instant now) {
    return isActive()
        && serverStanding()
            .reset()
            .filter(it -> it.hash().equals(codeHash) && it.isUsable(now))
            .isPresent();
  }

  /// A new password with a code: logs out all earlier devices, and logs in the one with the code.
  Decision<Admission> decideReset(
      String codeHash,
      String passwordHash,
      String device,
      Account.NewDevice described,
      Instant now) {
    if (!isResetBy(codeHash, now)) return Decision.only(Refused.because(Code.WRONG_CREDENTIALS));
    var began = new DeviceBegan(device, described.name(), described.cookies(), now);
    return new Decision<>(
        List.of(new PasswordSet(passwordHash), new DevicesEnded(devices.byId().keySet()), began),
        new Admitted(device, began.cookies(), 1, now));
  }

  private AccountState afterDeletion() {
    return new AccountState(
            Standing.DELETED,
            "",
            created,
            Profile.EMPTY,
            Devices.NONE,
            rooms.leavingAll(),
            privacy.accountDeleted(),
            parts,
            Optional.empty(),
            Optional.empty())
        .withParts(PartState::accountDeleted);
  }

  /// Absent means unchanged; an empty text removes the field.
  ProfileChanged decideProfile(
      Optional<String> displayName, Optional<String> picture, Optional<String> email) {
    var kept = Predicate.not(String::isEmpty);
    return new ProfileChanged(
        displayName.or(profile::displayName).filter(kept),
        picture.or(profile::picture).filter(kept),
        email.or(profile::email).filter(kept));
  }

  /// Rooms that belong to a part do not count.
  Optional<Code> whyNotJoin(String room, int most) {
    return isActive()
        ? rooms.whyNotJoin(room, most, this::isOfPart)
        : Optional.of(Code.DEVICE_ENDED);
  }

  private boolean isOfPart(String room) {
    return parts.values().stream().anyMatch(part -> part.has(room));
  }

  ReadReply view() {
    if (!isActive()) return Refused.because(Code.UNKNOWN_USER);
    return new View(
        profile.displayName(),
        profile.picture(),
        profile.email(),
        created,
        shownRooms(),
        Optional.of(relations()),
        botOwner());
  }

  /// The joined rooms in order, except rooms that a part hides.
  List<String> shownRooms() {
    return rooms.sorted().stream().filter(Predicate.not(this::isHidden)).toList();
  }

  boolean isHidden(String room) {
    return parts.values().stream().anyMatch(part -> part.hides(room, privacy.blocked()));
  }

  AccountState with(AccountEvent event) {
    return switch (event) {
      case SignedUp(var hash, var name, var email, var at) ->
          new AccountState(
              Standing.ACTIVE,
              hash,
              at,
              new Profile(name, Optional.empty(), email),
              Devices.NONE,
              JoinedRooms.NONE,
              privacy,
              parts,
              server,
              bot);
      case DeviceBegan began -> with(devices.with(began));
      case Refreshed refreshed -> with(devices.with(refreshed));
      case DevicesEnded(var ended) -> with(devices.without(ended));
      case PasswordSet(var hash) ->
          new AccountState(
                  standing, hash, created, profile, devices, rooms, privacy, parts, server, bot)
              .with(serverStanding().with(Optional.empty()));
      case ProfileChanged(var name, var picture, var email) ->
          with(new Profile(name, picture, email));
      case Deleted() -> afterDeletion();
      case Erased(var rest) -> rest;
      case MessagesGivenUp() -> this;
      case JoinBegan(var room) -> with(rooms.intending(room, Intent.JOIN));
      case LeaveBegan(var room) -> with(rooms.intending(room, Intent.LEAVE));
      case MembershipSettled(var room, var member, var joinedAt) -> {
        var settled = with(rooms.settled(room, member, joinedAt));
        yield member ? settled : settled.withParts(part -> part.left(room));
      }
      case Blocked(var user) -> with(privacy.blocking(user));
      case Unblocked(var user) -> with(privacy.unblocking(user));
      case PrivacyChanged(var settings) -> with(privacy.with(settings));
      case RoleChanged(var role) -> with(serverStanding().with(role));
      case Disabled() -> with(serverStanding().disabled(true));
      case Enabled() -> with(serverStanding().disabled(false));
      case ResetAllowed(var hash, var expires) ->
          with(serverStanding().with(Optional.of(new ResetCode(hash, expires))));
      case PartEvent<?> ofPart -> withPart(ofPart);
      case BotMade(var owner, var at) ->
          new AccountState(
              Standing.ACTIVE,
              "",
              at,
              Profile.EMPTY,
              Devices.NONE,
              JoinedRooms.NONE,
              privacy,
              parts,
              server,
              Optional.of(new BotAccount(owner, Map.of())));
      case BotTokenMade(var token, var name, var grant, var at) ->
          withBot(it -> it.with(token, new BotAccount.Token(name, grant, at, Optional.empty())));
      case BotTokenUsed(var token, var at) ->
          withBot(it ->
              Optional.ofNullable(it.tokens().get(token))
                  .map(used -> it.with(token, used.usedAt(at)))
                  .orElse(it));
      case BotTokenEnded(var token) -> withBot(it -> it.without(token));
    };
  }

  private AccountState withBot(UnaryOperator<BotAccount> change) {
    return new AccountState(
        standing,
        passwordHash,
        created,
        profile,
        devices,
        rooms,
        privacy,
        parts,
        server,
        bot.map(change));
  }

  /// The usual standing is not stored.
  private AccountState with(ServerStanding standing) {
    return new AccountState(
        this.standing,
        passwordHash,
        created,
        profile,
        devices,
        rooms,
        privacy,
        parts,
        Optional.of(standing).filter(it -> !it.equals(ServerStanding.USUAL)),
        bot);
  }

  private AccountState with(Profile profile) {
    return new AccountState(
        standing, passwordHash, created, profile, devices, rooms, privacy, parts, server, bot);
  }

  private AccountState with(Devices devices) {
    return new AccountState(
        standing, passwordHash, created, profile, devices, rooms, privacy, parts, server, bot);
  }

  private AccountState with(JoinedRooms rooms) {
    return new AccountState(
        standing, passwordHash, created, profile, devices, rooms, privacy, parts, server, bot);
  }

  private AccountState with(PrivacyChoices privacy) {
    return new AccountState(
        standing, passwordHash, created, profile, devices, rooms, privacy, parts, server, bot);
  }

  private AccountState withParts(UnaryOperator<PartState> change) {
    var changed = new HashMap<>(parts);
    changed.replaceAll((_, part) -> change.apply(part));
    return with(changed);
  }

  private <S extends PartState> AccountState withPart(PartEvent<S> event) {
    var key = event.part();
    var changed = new HashMap<>(parts);
    var now = event.applyTo(part(key));
    if (now.equals(key.none())) changed.remove(key.name());
    else changed.put(key.name(), now);
    return with(changed);
  }

  private AccountState with(Map<String, PartState> parts) {
    return new AccountState(
        standing, passwordHash, created, profile, devices, rooms, privacy, parts, server, bot);
  }
}
