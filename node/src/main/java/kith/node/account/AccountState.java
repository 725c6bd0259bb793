package kith.node.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.CborSerializable;
import kith.node.account.Account.Admission;
import kith.node.account.Account.Admitted;
import kith.node.account.Account.Answer;
import kith.node.account.Account.Done;
import kith.node.account.Account.NewDevice;
import kith.node.account.Account.Refused;
import kith.node.account.Account.SignUp;
import kith.node.account.AccountEvent.Deleted;
import kith.node.account.AccountEvent.DeviceBegan;
import kith.node.account.AccountEvent.DevicesEnded;
import kith.node.account.AccountEvent.JoinBegan;
import kith.node.account.AccountEvent.LeaveBegan;
import kith.node.account.AccountEvent.MembershipSettled;
import kith.node.account.AccountEvent.PasswordSet;
import kith.node.account.AccountEvent.ProfileChanged;
import kith.node.account.AccountEvent.Refreshed;
import kith.node.account.AccountEvent.SignedUp;
import kith.node.config.NodeSettings;
import kith.protocol.Code;

/// What is so about one account, and what follows from it.
///
/// @param rooms the rooms it is a member of, as far as it was told
/// @param intents joins and leaves whose outcome is not known yet
record AccountState(
    Standing standing,
    String passwordHash,
    Instant created,
    Profile profile,
    Map<String, Device> devices,
    Set<String> rooms,
    Map<String, Intent> intents)
    implements CborSerializable {

  enum Standing {
    UNCLAIMED,
    ACTIVE,
    DELETED
  }

  enum Intent {
    JOIN,
    LEAVE
  }

  record Profile(Optional<String> displayName, Optional<String> picture, Optional<String> email) {
    static final Profile EMPTY = new Profile(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// @param generation of its newest refresh token, which was made at `lastUsed`
  record Device(String name, boolean cookies, Instant created, Instant lastUsed, long generation) {
    Device refreshed(long generation, Instant at) {
      return new Device(name, cookies, created, at, generation);
    }
  }

  /// What to write down, and what to say then.
  record Decision<R>(List<AccountEvent> events, R reply) {
    Decision {
      events = List.copyOf(events);
    }

    static <R> Decision<R> only(R reply) {
      return new Decision<>(List.of(), reply);
    }
  }

  /// An answer can be lost: so long the refresh token before it gives it again.
  private static final Duration REPEATABLE = Duration.ofSeconds(60);

  static final AccountState UNCLAIMED =
      new AccountState(
          Standing.UNCLAIMED, "", Instant.EPOCH, Profile.EMPTY, Map.of(), Set.of(), Map.of());

  AccountState {
    devices = Map.copyOf(devices);
    rooms = Set.copyOf(rooms);
    intents = Map.copyOf(intents);
  }

  boolean isActive() {
    return standing == Standing.ACTIVE;
  }

  static Duration lifetime(boolean cookies, NodeSettings.Accounts settings) {
    return cookies ? settings.cookieLifetime() : settings.refreshLifetime();
  }

  Decision<Admission> decideSignUp(String passwordHash, SignUp asked, String device, Instant now) {
    if (standing != Standing.UNCLAIMED) return Decision.only(Refused.because(Code.USER_NAME_TAKEN));
    var began = new DeviceBegan(device, asked.device().name(), asked.device().cookies(), now);
    return new Decision<>(
        List.of(new SignedUp(passwordHash, asked.displayName(), asked.email(), now), began),
        new Admitted(device, began.cookies(), 1, now));
  }

  /// The password was right.
  Decision<Admission> decideLogIn(
      String device, NewDevice described, NodeSettings.Accounts settings, Instant now) {
    var expired = expired(settings, now);
    if (devices.size() - expired.size() >= settings.devicesPerAccount())
      return Decision.only(Refused.because(Code.TOO_MANY_DEVICES));
    var events = new ArrayList<AccountEvent>();
    if (!expired.isEmpty()) events.add(new DevicesEnded(expired));
    events.add(new DeviceBegan(device, described.name(), described.cookies(), now));
    return new Decision<>(events, new Admitted(device, described.cookies(), 1, now));
  }

  Decision<Admission> decideRefresh(
      String device, long generation, NodeSettings.Accounts settings, Instant now) {
    if (!isAlive(device, settings, now)) return Decision.only(Refused.because(Code.DEVICE_ENDED));
    var known = known(device);
    long newest = known.generation();
    if (generation == newest)
      return new Decision<>(
          List.of(new Refreshed(device, newest + 1, now)),
          new Admitted(device, known.cookies(), newest + 1, now));
    // never given out: a backup of the database was restored
    if (generation > newest) return Decision.only(Refused.because(Code.UNAUTHENTICATED));
    if (generation == newest - 1 && !now.isAfter(known.lastUsed().plus(REPEATABLE)))
      return Decision.only(new Admitted(device, known.cookies(), newest, known.lastUsed()));
    return new Decision<>(
        List.of(new DevicesEnded(Set.of(device))), Refused.because(Code.DEVICE_ENDED));
  }

  Decision<Answer> decideEnd(String device, NodeSettings.Accounts settings, Instant now) {
    if (!isAlive(device, settings, now)) return Decision.only(Refused.because(Code.UNKNOWN_DEVICE));
    return new Decision<>(List.of(new DevicesEnded(Set.of(device))), new Done());
  }

  Decision<Answer> decideEndAll() {
    return devices.isEmpty()
        ? Decision.only(new Done())
        : new Decision<>(List.of(new DevicesEnded(devices.keySet())), new Done());
  }

  /// The current password was right.
  Decision<Answer> decidePassword(
      String device, String passwordHash, NodeSettings.Accounts settings, Instant now) {
    if (!isAlive(device, settings, now)) return Decision.only(Refused.because(Code.DEVICE_ENDED));
    var others = devices.keySet().stream().filter(Predicate.not(device::equals));
    return new Decision<>(
        List.of(
            new PasswordSet(passwordHash), new DevicesEnded(others.collect(Collectors.toSet()))),
        new Done());
  }

  /// Absent means unchanged, an empty text removes.
  ProfileChanged decideProfile(
      Optional<String> displayName, Optional<String> picture, Optional<String> email) {
    return new ProfileChanged(
        displayName.or(profile::displayName).filter(AccountState::isSaid),
        picture.or(profile::picture).filter(AccountState::isSaid),
        email.or(profile::email).filter(AccountState::isSaid));
  }

  Optional<Code> whyNotJoin(String room, int most) {
    if (!isActive()) return Optional.of(Code.UNAUTHENTICATED);
    long others = rooms().stream().filter(Predicate.not(room::equals)).count();
    long joining =
        intents.keySet().stream().filter(it -> !it.equals(room) && !rooms.contains(it)).count();
    return others + joining >= most ? Optional.of(Code.TOO_MANY_ROOMS) : Optional.empty();
  }

  List<String> sortedRooms() {
    return rooms.stream().sorted().toList();
  }

  boolean concerns(String room) {
    return rooms.contains(room) || intents.containsKey(room);
  }

  /// Logged in, and not left unused for longer than its refresh token is valid.
  boolean isAlive(String device, NodeSettings.Accounts settings, Instant now) {
    var known = Optional.ofNullable(devices.get(device));
    return known.isPresent() && !isExpired(known.get(), settings, now);
  }

  Set<String> expired(NodeSettings.Accounts settings, Instant now) {
    return devices.entrySet().stream()
        .filter(it -> isExpired(it.getValue(), settings, now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isExpired(Device device, NodeSettings.Accounts settings, Instant now) {
    return !now.isBefore(device.lastUsed().plus(lifetime(device.cookies(), settings)));
  }

  private static boolean isSaid(String text) {
    return !text.isEmpty();
  }

  AccountState with(AccountEvent event) {
    return switch (event) {
      case SignedUp said ->
          new AccountState(
              Standing.ACTIVE,
              said.passwordHash(),
              said.at(),
              new Profile(said.displayName(), Optional.empty(), said.email()),
              Map.of(),
              Set.of(),
              Map.of());
      case DeviceBegan(var id, var name, var cookies, var at) ->
          withDevices(put(devices, id, new Device(name, cookies, at, at, 1)));
      case Refreshed(var id, var generation, var at) ->
          withDevices(put(devices, id, known(id).refreshed(generation, at)));
      case DevicesEnded(var ended) -> withDevices(without(devices, ended));
      case PasswordSet(var hash) ->
          new AccountState(standing, hash, created, profile, devices, rooms, intents);
      case ProfileChanged(var name, var picture, var email) ->
          new AccountState(
              standing,
              passwordHash,
              created,
              new Profile(name, picture, email),
              devices,
              rooms,
              intents);
      case Deleted() ->
          new AccountState(
              Standing.DELETED, "", created, Profile.EMPTY, Map.of(), rooms, leaveAll());
      case JoinBegan(var room) -> withRooms(rooms, put(intents, room, Intent.JOIN));
      case LeaveBegan(var room) -> withRooms(rooms, put(intents, room, Intent.LEAVE));
      case MembershipSettled(var room, var member) ->
          withRooms(
              member ? plus(rooms, room) : minus(rooms, room), without(intents, Set.of(room)));
    };
  }

  private Device known(String device) {
    return Objects.requireNonNull(devices.get(device), device);
  }

  private AccountState withDevices(Map<String, Device> devices) {
    return new AccountState(standing, passwordHash, created, profile, devices, rooms, intents);
  }

  private AccountState withRooms(Set<String> rooms, Map<String, Intent> intents) {
    return new AccountState(standing, passwordHash, created, profile, devices, rooms, intents);
  }

  private Map<String, Intent> leaveAll() {
    return Stream.concat(rooms.stream(), intents.keySet().stream())
        .distinct()
        .collect(Collectors.toMap(Function.identity(), _ -> Intent.LEAVE));
  }

  private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
    var changed = new HashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static <V> Map<String, V> without(Map<String, V> map, Set<String> keys) {
    var changed = new HashMap<>(map);
    changed.keySet().removeAll(keys);
    return changed;
  }

  private static Set<String> plus(Set<String> set, String one) {
    var changed = new HashSet<>(set);
    changed.add(one);
    return changed;
  }

  private static Set<String> minus(Set<String> set, String one) {
    var changed = new HashSet<>(set);
    changed.remove(one);
    return changed;
  }
}
