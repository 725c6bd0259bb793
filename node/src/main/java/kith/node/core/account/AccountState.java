package kith.node.core.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.ReadReply;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.SignUp;
import kith.node.core.account.Account.View;
import kith.node.core.account.AccountEvent.Blocked;
import kith.node.core.account.AccountEvent.ContactNoted;
import kith.node.core.account.AccountEvent.ConversationBegan;
import kith.node.core.account.AccountEvent.ConversationHidden;
import kith.node.core.account.AccountEvent.Deleted;
import kith.node.core.account.AccountEvent.DeviceBegan;
import kith.node.core.account.AccountEvent.DevicesEnded;
import kith.node.core.account.AccountEvent.JoinBegan;
import kith.node.core.account.AccountEvent.LeaveBegan;
import kith.node.core.account.AccountEvent.MembershipSettled;
import kith.node.core.account.AccountEvent.PasswordSet;
import kith.node.core.account.AccountEvent.PrivacyChanged;
import kith.node.core.account.AccountEvent.ProfileChanged;
import kith.node.core.account.AccountEvent.Refreshed;
import kith.node.core.account.AccountEvent.SignedUp;
import kith.node.core.account.AccountEvent.StanceHeard;
import kith.node.core.account.AccountEvent.StanceTaken;
import kith.node.core.account.AccountEvent.StanceTold;
import kith.node.core.account.AccountEvent.Unblocked;
import kith.node.core.account.JoinedRooms.Intent;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import kith.protocol.Status;

/// What is so about one account, and what follows from it.
///
/// @param known about other people; absent in what was written before there were any
record AccountState(
    Standing standing,
    String passwordHash,
    Instant created,
    Profile profile,
    Devices devices,
    JoinedRooms rooms,
    Optional<People> known)
    implements CborSerializable {

  enum Standing {
    UNCLAIMED,
    ACTIVE,
    DELETED
  }

  /// @param status what all devices have chosen, if anything in particular
  record Profile(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      Optional<Status> status) {
    static final Profile EMPTY =
        new Profile(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
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

  static final AccountState UNCLAIMED =
      new AccountState(
          Standing.UNCLAIMED,
          "",
          Instant.EPOCH,
          Profile.EMPTY,
          Devices.NONE,
          JoinedRooms.NONE,
          Optional.empty());

  People people() {
    return known.orElse(People.NONE);
  }

  boolean isInvisible() {
    return profile.status().equals(Optional.of(Status.INVISIBLE));
  }

  boolean isActive() {
    return standing == Standing.ACTIVE;
  }

  Decision<Admission> decideSignUp(String passwordHash, SignUp asked, String device, Instant now) {
    if (standing != Standing.UNCLAIMED) return Decision.only(Refused.because(Code.USER_NAME_TAKEN));
    var began = new DeviceBegan(device, asked.device().name(), asked.device().cookies(), now);
    return new Decision<>(
        List.of(new SignedUp(passwordHash, asked.displayName(), asked.email(), now), began),
        new Admitted(device, began.cookies(), 1, now));
  }

  /// The current password was right.
  Decision<Answer> decidePassword(
      String device, String passwordHash, NodeSettings.Accounts settings, Instant now) {
    if (!devices.isAlive(device, settings, now))
      return Decision.only(Refused.because(Code.DEVICE_ENDED));
    return new Decision<>(
        List.of(new PasswordSet(passwordHash), new DevicesEnded(devices.allBut(device))),
        new Done());
  }

  /// Absent means unchanged, an empty text removes.
  ProfileChanged decideProfile(
      Optional<String> displayName, Optional<String> picture, Optional<String> email) {
    var kept = Predicate.not(String::isEmpty);
    return new ProfileChanged(
        displayName.or(profile::displayName).filter(kept),
        picture.or(profile::picture).filter(kept),
        email.or(profile::email).filter(kept));
  }

  List<AccountEvent> decideStatus(Status status) {
    var isSo = profile.status().orElse(Status.ONLINE) == status;
    return isSo ? List.of() : List.of(new AccountEvent.StatusChosen(status));
  }

  Optional<Code> whyNotJoin(String room, int most) {
    var conversations = people().conversations().size();
    return isActive()
        ? rooms.whyNotJoin(room, most + conversations)
        : Optional.of(Code.DEVICE_ENDED);
  }

  Optional<Code> whyNotConverse(String room) {
    return isActive() ? people().whyNotConverse(room) : Optional.of(Code.DEVICE_ENDED);
  }

  ReadReply view() {
    if (!isActive()) return Refused.because(Code.UNKNOWN_USER);
    return new View(
        profile.displayName(),
        profile.picture(),
        profile.email(),
        created,
        shownRooms(),
        Optional.of(people().circle()));
  }

  /// Without what a blocked one has begun, and whatever of theirs was put out of sight.
  List<String> shownRooms() {
    return rooms.sorted().stream().filter(Predicate.not(people()::isHidden)).toList();
  }

  AccountState with(AccountEvent event) {
    return switch (event) {
      case SignedUp(var hash, var name, var email, var at) ->
          new AccountState(
              Standing.ACTIVE,
              hash,
              at,
              new Profile(name, Optional.empty(), email, Optional.empty()),
              Devices.NONE,
              JoinedRooms.NONE,
              known);
      case DeviceBegan began -> with(devices.with(began));
      case Refreshed refreshed -> with(devices.with(refreshed));
      case DevicesEnded(var ended) -> with(devices.without(ended));
      case PasswordSet(var hash) ->
          new AccountState(standing, hash, created, profile, devices, rooms, known);
      case ProfileChanged(var name, var picture, var email) ->
          with(new Profile(name, picture, email, profile.status()));
      case AccountEvent.StatusChosen(var status) ->
          with(
              new Profile(
                  profile.displayName(),
                  profile.picture(),
                  profile.email(),
                  Optional.of(status).filter(it -> it != Status.ONLINE)));
      case Deleted() ->
          new AccountState(
              Standing.DELETED,
              "",
              created,
              Profile.EMPTY,
              Devices.NONE,
              rooms.leavingAll(),
              known.map(People::endingAll));
      case JoinBegan(var room) -> with(rooms.intending(room, Intent.JOIN));
      case LeaveBegan(var room) -> with(rooms.intending(room, Intent.LEAVE));
      case MembershipSettled(var room, var member, var joinedAt) ->
          with(rooms.settled(room, member, joinedAt))
              .with(member ? people() : people().without(room));
      case ConversationBegan(var room, var other) -> with(people().conversing(room, other));
      case ConversationHidden(var room, var upTo) -> with(people().hiding(room, upTo));
      case Blocked(var user) -> with(people().blocking(user));
      case Unblocked(var user) -> with(people().unblocking(user));
      case StanceTaken(var user, var stance, var at) ->
          with(people().bonding(user, bond -> bond.taking(stance, at)));
      case StanceHeard(var user, var stance, var at) ->
          with(people().bonding(user, bond -> bond.hearing(stance, at)));
      case StanceTold(var user, var version) ->
          with(people().bonding(user, bond -> bond.told(version)));
      case ContactNoted(var user, var note) ->
          with(people().bonding(user, bond -> bond.noting(note)));
      case PrivacyChanged(var privacy) -> with(people().with(privacy));
    };
  }

  private AccountState with(Profile profile) {
    return new AccountState(standing, passwordHash, created, profile, devices, rooms, known);
  }

  private AccountState with(Devices devices) {
    return new AccountState(standing, passwordHash, created, profile, devices, rooms, known);
  }

  private AccountState with(People people) {
    var some = Optional.of(people).filter(Predicate.not(People.NONE::equals));
    return new AccountState(standing, passwordHash, created, profile, devices, rooms, some);
  }

  private AccountState with(JoinedRooms rooms) {
    return new AccountState(standing, passwordHash, created, profile, devices, rooms, known);
  }
}
