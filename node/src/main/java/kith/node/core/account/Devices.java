package kith.node.core.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.auth.Tokens;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.DeviceView;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent.DeviceBegan;
import kith.node.core.account.AccountEvent.DevicesEnded;
import kith.node.core.account.AccountEvent.Refreshed;
import kith.node.core.account.AccountState.Decision;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.SignInIntervals;
import kith.protocol.Code;

/// The devices that are logged in to an account. Each counts its refresh tokens.
public record Devices(Map<String, Device> byId) {

  /// @param generation of its newest refresh token, which was made at `lastUsed`
  record Device(String name, boolean cookies, Instant created, Instant lastUsed, long generation) {
    boolean isExpired(AccountSettings settings, Instant now) {
      return !now.isBefore(lastUsed.plus(Tokens.lifetime(cookies, settings)))
          || !now.isBefore(created.plus(settings.deviceLifetime()));
    }

    boolean isUnusedSince(Instant at, NewDevice described) {
      return equals(new Device(described.name(), described.cookies(), at, at, 1));
    }
  }

  static final Devices NONE = new Devices(Map.of());

  public Devices {
    byId = Map.copyOf(byId);
  }

  /// Called after the password was verified.
  Decision<Admission> decideLogIn(
      String device, NewDevice described, AccountSettings settings, Instant now) {
    var expired = expired(settings, now);
    if (byId.size() - expired.size() >= settings.devicesPerAccount())
      return Decision.only(Refused.because(Code.TOO_MANY_DEVICES));
    var events = new ArrayList<AccountEvent>();
    if (!expired.isEmpty()) events.add(new DevicesEnded(expired));
    events.add(new DeviceBegan(device, described.name(), described.cookies(), now));
    return new Decision<>(events, new Admitted(device, described.cookies(), 1, now));
  }

  /// The device of this description that began at `at` and still has its first refresh token.
  Optional<Admitted> unusedSince(Instant at, NewDevice described) {
    return byId.entrySet().stream()
        .filter(it -> it.getValue().isUnusedSince(at, described))
        .findFirst()
        .map(it -> new Admitted(it.getKey(), described.cookies(), 1, at));
  }

  Decision<Admission> decideRefresh(
      String device, long generation, UsedTokens used, AccountSettings settings, Instant now) {
    if (!isAlive(device, settings, now)) return Decision.only(Refused.because(Code.DEVICE_ENDED));
    var known = known(device);
    long newest = known.generation();
    if (generation == newest)
      return new Decision<>(
          List.of(new Refreshed(device, newest + 1, now)),
          new Admitted(device, known.cookies(), newest + 1, now));
    // this generation was never issued: a backup of the database was restored
    if (generation > newest) return Decision.only(Refused.because(Code.UNAUTHENTICATED));
    if (generation == newest - 1
        && !now.isAfter(known.lastUsed().plus(SignInIntervals.REFRESH_REPEATABLE)))
      // a repeated request that was delayed must not end the device, and a thief gets nothing
      return Decision.only(
          used.contain(device, newest)
              ? Refused.because(Code.UNAUTHENTICATED)
              : new Admitted(device, known.cookies(), newest, known.lastUsed()));
    // the token was copied
    return new Decision<>(
        List.of(new DevicesEnded(Set.of(device))), Refused.because(Code.DEVICE_ENDED));
  }

  Decision<Answer> decideEnd(String device, AccountSettings settings, Instant now) {
    if (!isAlive(device, settings, now)) return Decision.only(Refused.because(Code.UNKNOWN_DEVICE));
    return new Decision<>(List.of(new DevicesEnded(Set.of(device))), new Done());
  }

  Decision<Answer> decideEndAll() {
    return byId.isEmpty()
        ? Decision.only(new Done())
        : new Decision<>(List.of(new DevicesEnded(byId.keySet())), new Done());
  }

  /// True if it is logged in, was used within the validity of its refresh token, and is not older
  /// than any device may be.
  boolean isAlive(String device, AccountSettings settings, Instant now) {
    return Optional.ofNullable(byId.get(device))
        .filter(known -> !known.isExpired(settings, now))
        .isPresent();
  }

  Set<String> expired(AccountSettings settings, Instant now) {
    return byId.entrySet().stream()
        .filter(it -> it.getValue().isExpired(settings, now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  Set<String> allBut(String device) {
    return byId.keySet().stream().filter(Predicate.not(device::equals)).collect(Collectors.toSet());
  }

  /// The live devices, the oldest first; those in `inUse` are used now.
  List<DeviceView> list(Set<String> inUse, AccountSettings settings, Instant now) {
    return byId.entrySet().stream()
        .filter(it -> !it.getValue().isExpired(settings, now))
        .map(it -> {
          var device = it.getValue();
          var lastUsed = inUse.contains(it.getKey()) ? now : device.lastUsed();
          return new DeviceView(it.getKey(), device.name(), device.created(), lastUsed);
        })
        .sorted(Comparator.comparing(DeviceView::created).thenComparing(DeviceView::device))
        .toList();
  }

  Devices with(DeviceBegan began) {
    return with(
        began.device(), new Device(began.name(), began.cookies(), began.at(), began.at(), 1));
  }

  Devices with(Refreshed refreshed) {
    var known = known(refreshed.device());
    return with(
        refreshed.device(),
        new Device(
            known.name(),
            known.cookies(),
            known.created(),
            refreshed.at(),
            refreshed.generation()));
  }

  Devices without(Set<String> ended) {
    var left = new HashMap<>(byId);
    left.keySet().removeAll(ended);
    return new Devices(left);
  }

  /// The time at which one of them last got tokens.
  Optional<Instant> lastUsed() {
    return byId.values().stream().map(Device::lastUsed).max(Comparator.naturalOrder());
  }

  private Devices with(String id, Device device) {
    var changed = new HashMap<>(byId);
    changed.put(id, device);
    return new Devices(changed);
  }

  private Device known(String device) {
    return Objects.requireNonNull(byId.get(device), device);
  }
}
