package kith.node.feature.courier;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kith.node.auth.WrappedSecrets.Wrapped;

/// A receiver outside the cluster, as its row describes it.
///
/// @param kind names the [Carrier]
/// @param account the creator, whose rights limit the entries that are sent
/// @param kinds of entries that it receives
/// @param reason why it receives nothing at present, for people
/// @param failures in a row
/// @param since the time at which it began to fail, was given up or ended
/// @param nextTry the earliest time of the next attempt
/// @param delivered the time at which the receiver last accepted an entry
/// @param room empty for a target of a device or of an account, which receive from many rooms
/// @param position the last entry of the room that it has received, or does not want; for a target
///   of a device, the last notification; for one of an account 0, because each room has its own
/// @param device that it belongs to, if any
public record Target(
    String id,
    String kind,
    String account,
    String room,
    URI url,
    List<String> kinds,
    Wrapped secret,
    Instant created,
    State state,
    Optional<String> reason,
    int failures,
    Optional<Instant> since,
    Optional<Instant> nextTry,
    Optional<Instant> delivered,
    long position,
    Optional<String> device) {

  public enum State {
    /// Entries are sent to it.
    ACTIVE,
    /// It failed for too long; an administrator can restart it.
    DEAD,
    /// Its creator may not have it any more; nothing is ever sent to it.
    ENDED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  public Target {
    kinds = List.copyOf(kinds);
  }

  /// True if it receives the entries of all rooms that its account owns.
  boolean isOfAccount() {
    return room.isEmpty() && device.isEmpty();
  }

  /// A new target that receives the entries after `position`.
  public static Target create(
      String id,
      String kind,
      String account,
      String room,
      URI url,
      List<String> kinds,
      Wrapped secret,
      Instant now,
      long position) {
    return created(id, kind, account, room, url, kinds, secret, now, position, Optional.empty());
  }

  /// A new target for a device of an account, which receives the notifications from the account's
  /// rooms.
  public static Target ofDevice(
      String id,
      String kind,
      String account,
      String device,
      URI url,
      Wrapped secret,
      Instant now,
      long position) {
    return created(
        id, kind, account, "", url, List.of(), secret, now, position, Optional.of(device));
  }

  private static Target created(
      String id,
      String kind,
      String account,
      String room,
      URI url,
      List<String> kinds,
      Wrapped secret,
      Instant now,
      long position,
      Optional<String> device) {
    return new Target(
        id,
        kind,
        account,
        room,
        url,
        kinds,
        secret,
        now,
        State.ACTIVE,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        position,
        device);
  }

  Target at(long seq) {
    return new Target(
        id, kind, account, room, url, kinds, secret, created, state, reason, failures, since,
        nextTry, delivered, seq, device);
  }

  Target deliveredAt(long seq, Instant now) {
    return new Target(
        id,
        kind,
        account,
        room,
        url,
        kinds,
        secret,
        created,
        State.ACTIVE,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.of(now),
        seq,
        device);
  }

  Target with(Failure failure) {
    return new Target(
        id,
        kind,
        account,
        room,
        url,
        kinds,
        secret,
        created,
        failure.state(),
        Optional.of(failure.reason()),
        failure.failures(),
        Optional.of(failure.since()),
        failure.nextTry(),
        delivered,
        position,
        device);
  }

  @Override
  public String toString() {
    return "target " + id;
  }
}
