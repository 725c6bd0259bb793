package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.LocalActors;
import kith.node.StoredBytesContract;
import kith.node.feature.contacts.ContactExamples;
import kith.node.feature.conversations.ConversationExamples;
import kith.node.feature.presence.ChosenStatus;
import kith.node.platform.serialization.TypeNames;
import kith.node.privacy.PrivacySettings;
import kith.node.privacy.Relations;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import org.junit.jupiter.api.Test;

/// The bytes that each release wrote into the journals of accounts. Every later release reads them.
class AccountStoredBytesTest extends StoredBytesContract {
  AccountStoredBytesTest() {
    super(
        LocalActors.create(),
        "journal",
        name ->
            !name.startsWith("room.")
                && !name.startsWith("reactions.")
                && !name.startsWith("pins.")
                && !name.startsWith("audit."),
        AccountExamples.kept());
  }

  @Test
  void everyKindOfEventHasAnExample() {
    var events = TypeNames.load().types().stream().filter(AccountEvent.class::isAssignableFrom);

    assertThat(AccountExamples.events())
        .<Class<?>>extracting(Object::getClass)
        .hasSameElementsAs(events.toList());
  }

  /// The journal was written while the state of features was part of the core.
  @Test
  void aJournalOfThisReleaseIsReplayed() {
    var replayed =
        Stream.of(
                "account.signed-up",
                "account.device-began",
                "account.status-chosen",
                "privacy.blocked",
                "privacy.changed",
                "account.join-began",
                "account.membership-settled-2",
                "conversations.began",
                "conversations.hidden",
                "contacts.stance-taken",
                "contacts.stance-told",
                "contacts.stance-heard",
                "contacts.noted")
            .map(name -> (AccountEvent) stored.read("0.1/" + name + ".cbor"))
            .reduce(AccountState.UNCLAIMED, AccountState::with, (_, last) -> last);

    assertThat(replayed.isActive()).isTrue();
    assertThat(replayed.joined()).containsExactly("r1");
    assertThat(replayed.relations())
        .isEqualTo(
            new Relations(
                Set.of("bob"),
                Set.of("eve"),
                new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, true),
                2));
    assertThat(replayed.parts())
        .isEqualTo(
            Map.of(
                "contacts",
                ContactExamples.state(),
                "conversations",
                ConversationExamples.state(),
                "status",
                new ChosenStatus(Status.INVISIBLE)));
  }
}
