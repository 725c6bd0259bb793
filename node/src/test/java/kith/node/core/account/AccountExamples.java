package kith.node.core.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.account.AccountState.Profile;
import kith.node.core.account.AccountState.Standing;
import kith.node.core.account.Devices.Device;
import kith.node.core.account.JoinedRooms.Intent;
import kith.node.core.room.Counts;
import kith.node.feature.contacts.ContactIntent;
import kith.node.feature.conversations.Conversation;
import kith.node.core.room.Place;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import kith.protocol.Status;

/// One of each kind of what is kept in the journal of an account, with every field filled. What a
/// release has written is not changed here any more.
final class AccountExamples {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  private AccountExamples() {}

  static List<Object> kept() {
    var kept = new ArrayList<Object>(events());
    kept.add(account(Optional.empty(), Optional.empty()));
    kept.add(account(Optional.of(people()), Optional.empty()));
    kept.add(account(Optional.empty(), Optional.of(Status.DND)));
    kept.add(account(Optional.of(withContacts()), Optional.empty()));
    var place = new Place(18, new Counts(7));
    kept.add(account(Optional.empty(), Optional.empty(), Optional.of(Map.of("r1", place))));
    kept.add(new AccountEvent.MembershipSettled("r1", true, Optional.of(place)));
    return kept;
  }

  static List<AccountEvent> events() {
    return List.of(
        new AccountEvent.SignedUp("hash", Optional.of("Ann"), Optional.of("ann@example.org"), NOON),
        new AccountEvent.DeviceBegan("d-1", "phone", true, NOON),
        new AccountEvent.Refreshed("d-1", 2, NOON),
        new AccountEvent.DevicesEnded(Set.of("d-1", "d-2")),
        new AccountEvent.PasswordSet("hash"),
        new AccountEvent.ProfileChanged(
            Optional.of("Ann"),
            Optional.of("https://example.org/ann.png"),
            Optional.of("ann@example.org")),
        new AccountEvent.Deleted(),
        new AccountEvent.JoinBegan("r1"),
        new AccountEvent.LeaveBegan("r1"),
        new AccountEvent.MembershipSettled("r1", true, Optional.empty()),
        new AccountEvent.ConversationBegan("dm-1", "bob"),
        new AccountEvent.ConversationHidden("dm-1", 7),
        new AccountEvent.Blocked("eve"),
        new AccountEvent.Unblocked("eve"),
        new AccountEvent.PrivacyChanged(
            new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, true)),
        new AccountEvent.StatusChosen(Status.INVISIBLE),
        new AccountEvent.StanceTaken(
            "bob", new ContactIntent(ContactIntent.Kind.WANTS, 3, 2), NOON),
        new AccountEvent.StanceHeard(
            "bob", new ContactIntent(ContactIntent.Kind.ACCEPTS, 4, 3), NOON),
        new AccountEvent.StanceTold("bob", 3),
        new AccountEvent.ContactNoted("bob", Optional.of("from school")));
  }

  private static AccountState account(Optional<People> people, Optional<Status> status) {
    return account(people, status, Optional.empty());
  }

  private static AccountState account(
      Optional<People> people, Optional<Status> status, Optional<Map<String, Place>> places) {
    return new AccountState(
        Standing.ACTIVE,
        "hash",
        NOON,
        new Profile(
            Optional.of("Ann"),
            Optional.of("https://example.org/ann.png"),
            Optional.of("ann@example.org"),
            status),
        new Devices(Map.of("d-1", new Device("phone", true, NOON, NOON.plusSeconds(60), 7))),
        new JoinedRooms(Set.of("r1", "r2"), Map.of("r2", Intent.LEAVE, "r3", Intent.JOIN), places),
        people);
  }

  private static People people() {
    return new People(
        Map.of("dm-1", new Conversation("dm-1", "bob", 7)),
        Set.of("eve"),
        new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, true),
        Optional.empty(),
        3);
  }

  private static People withContacts() {
    var bond =
        new Relationship(
            new ContactIntent(ContactIntent.Kind.WANTS, 3, 2),
            new ContactIntent(ContactIntent.Kind.ACCEPTS, 4, 3),
            3,
            NOON,
            Optional.of("from school"));
    return new People(
        Map.of(), Set.of(), PrivacySettings.OPEN, Optional.of(Map.of("bob", bond)), 0);
  }
}
