package kith.node.core.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.core.account.AccountState.Profile;
import kith.node.core.account.AccountState.Standing;
import kith.node.core.account.Devices.Device;
import kith.node.core.account.JoinedRooms.Intent;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import kith.node.feature.contacts.ContactExamples;
import kith.node.feature.conversations.ConversationExamples;
import kith.node.feature.identity.IdentityExamples;
import kith.node.feature.lobby.LobbyExamples;
import kith.node.feature.presence.StatusExamples;
import kith.node.feature.secondfactor.SecondFactorExamples;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ConversationsFrom;
import kith.protocol.ServerRole;
import kith.protocol.ShownTo;

/// One of each type in the journal of an account, with every field filled. The bytes that a release
/// has written do not change.
final class AccountExamples {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");
  private static final PrivacySettings CHOSEN =
      new PrivacySettings(
          ShownTo.CONTACTS, ShownTo.NOBODY, true, Optional.of(ConversationsFrom.CONTACTS));
  private static final Place PLACE = new Place(18, new Counts(7));

  private AccountExamples() {}

  static List<Object> kept() {
    var kept = new ArrayList<Object>(events());
    kept.add(account(Optional.empty(), PrivacyChoices.NONE, Map.of()));
    kept.add(
        account(
            Optional.of(Map.of("r1", PLACE)),
            new PrivacyChoices(
                Set.of("eve"), new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, true), 3),
            Map.of(
                "contacts",
                ContactExamples.state(),
                "conversations",
                ConversationExamples.state(),
                "status",
                StatusExamples.state())));
    kept.add(
        account(
            Optional.empty(),
            new PrivacyChoices(Set.of("eve"), CHOSEN, 3),
            Map.of(
                "conversations",
                ConversationExamples.laterState(),
                "requests",
                ConversationExamples.requests())));
    kept.add(
        account(
            Optional.empty(),
            PrivacyChoices.NONE,
            Map.of(),
            Optional.of(
                new ServerStanding(
                    ServerRole.ADMINISTRATOR,
                    true,
                    Optional.of(new ServerStanding.ResetCode("hash", NOON))))));
    kept.add(bot());
    kept.add(
        account(
            Optional.empty(),
            PrivacyChoices.NONE,
            Map.of("second-factor", SecondFactorExamples.state())));
    kept.add(
        account(
            Optional.empty(), PrivacyChoices.NONE, Map.of("identities", IdentityExamples.state())));
    kept.add(
        account(
            Optional.empty(),
            PrivacyChoices.NONE,
            Map.of("group-rooms", IdentityExamples.groupRooms())));
    kept.add(
        account(Optional.empty(), PrivacyChoices.NONE, Map.of("lobby", LobbyExamples.state())));
    return kept;
  }

  private static AccountState bot() {
    return AccountState.UNCLAIMED
        .with(new AccountEvent.BotMade("ann", NOON))
        .with(
            new AccountEvent.BotTokenMade(
                "bot-1", "laptop", new BotAccount.Grant(true, Optional.of(List.of("r1"))), NOON));
  }

  static List<AccountEvent> events() {
    return Stream.of(
            core(),
            ConversationExamples.events(),
            ContactExamples.events(),
            StatusExamples.events(),
            ConversationExamples.laterEvents(),
            List.<AccountEvent>of(new AccountEvent.PrivacyChanged(CHOSEN)),
            administration(),
            SecondFactorExamples.events(),
            IdentityExamples.events(),
            LobbyExamples.events())
        .flatMap(List::stream)
        .toList();
  }

  private static List<AccountEvent> administration() {
    return List.of(
        new AccountEvent.RoleChanged(ServerRole.ADMINISTRATOR),
        new AccountEvent.Disabled(),
        new AccountEvent.Enabled(),
        new AccountEvent.ResetAllowed("hash", NOON));
  }

  private static List<AccountEvent> core() {
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
        new AccountEvent.Blocked("eve"),
        new AccountEvent.Unblocked("eve"),
        new AccountEvent.PrivacyChanged(
            new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, true)),
        new AccountEvent.MembershipSettled("r1", true, Optional.of(PLACE)),
        new AccountEvent.Erased(account(Optional.empty(), PrivacyChoices.NONE, Map.of())),
        new AccountEvent.MessagesGivenUp(),
        new AccountEvent.BotMade("ann", NOON),
        new AccountEvent.BotTokenMade(
            "bot-1", "laptop", new BotAccount.Grant(true, Optional.of(List.of("r1"))), NOON),
        new AccountEvent.BotTokenUsed("bot-1", NOON),
        new AccountEvent.BotTokenEnded("bot-1"));
  }

  private static AccountState account(
      Optional<Map<String, Place>> places, PrivacyChoices privacy, Map<String, PartState> parts) {
    return account(places, privacy, parts, Optional.empty());
  }

  private static AccountState account(
      Optional<Map<String, Place>> places,
      PrivacyChoices privacy,
      Map<String, PartState> parts,
      Optional<ServerStanding> server) {
    return new AccountState(
        Standing.ACTIVE,
        "hash",
        NOON,
        new Profile(
            Optional.of("Ann"),
            Optional.of("https://example.org/ann.png"),
            Optional.of("ann@example.org")),
        new Devices(Map.of("d-1", new Device("phone", true, NOON, NOON.plusSeconds(60), 7))),
        new JoinedRooms(Set.of("r1", "r2"), Map.of("r2", Intent.LEAVE, "r3", Intent.JOIN), places),
        privacy,
        parts,
        server,
        Optional.empty());
  }
}
