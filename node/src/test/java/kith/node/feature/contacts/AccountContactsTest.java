package kith.node.feature.contacts;

import static kith.node.core.account.AccountFixture.assertDone;
import static kith.node.core.account.AccountFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountEvent.SignedUp;
import kith.node.core.account.AccountFixture;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.feature.contacts.ContactEvent.StanceHeard;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ann has as many unanswered requests of strangers as an account keeps.
class AccountContactsTest {
  private static final ActorTestKit KIT = AccountFixture.kit();
  private static final ContactSettings BOUNDS = new ContactSettings(2, 3, 6);
  private static final ContactIntent ASKS = new ContactIntent(ContactIntent.Kind.WANTS, 1, 0);
  private static final ContactIntent TAKES_BACK = new ContactIntent(ContactIntent.Kind.NONE, 2, 0);

  private final AccountFixture ann = new AccountFixture(KIT, AccountContacts.part(BOUNDS));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void threeStrangersHaveAsked() {
    ann.account.initialize(
        new SignedUp("hash", Optional.empty(), Optional.empty(), Instant.EPOCH),
        new StanceHeard("stranger0", ASKS, Instant.EPOCH),
        new StanceHeard("stranger1", ASKS, Instant.EPOCH.plusSeconds(1)),
        new StanceHeard("stranger2", ASKS, Instant.EPOCH.plusSeconds(2)));
  }

  @Test
  void theNotesOfADeletedAccountAreRemoved() {
    assertDone(
        ann.<Answer>asks(it -> new AccountContacts.Want("bob", Optional.of("from school"), it)));
    assertThat(book().with("bob").note()).contains("from school");

    assertThat(book().accountDeleted().byUser().values())
        .allMatch(relationship -> relationship.note().isEmpty());
  }

  @Test
  void aRequestThatIsNotStoredIsNotConfirmed() {
    tells("bob", ASKS);

    assertThat(kind("bob")).isEqualTo(Kind.NONE);
    assertThat(ann.told).doesNotContainKey("bob");
  }

  @Test
  void aUserWhomAnnHasAskedIsStoredAboveTheBound() {
    assertDone(wants("bob"));

    tells("bob", ASKS);

    assertThat(kind("bob")).isEqualTo(Kind.CONTACT);
    assertThat(ann.told.get("bob")).isInstanceOf(AccountContacts.Told.class);
  }

  @Test
  void anAnsweredRequestMakesRoomForTheNext() {
    assertDone(ends("stranger1"));

    tells("bob", ASKS);
    tells("cem", ASKS);

    assertThat(kind("bob")).isEqualTo(Kind.INCOMING);
    assertThat(kind("cem")).isEqualTo(Kind.NONE);
  }

  @Test
  void aWithdrawnRequestMakesRoomForTheNext() {
    tells("stranger1", TAKES_BACK);

    tells("bob", ASKS);

    assertThat(kind("bob")).isEqualTo(Kind.INCOMING);
    assertThat(book().byUser()).containsOnlyKeys("stranger0", "stranger2", "bob");
  }

  @Test
  void aBlockedUserDoesNotCountTowardsTheBound() {
    assertDone(ann.blocks("stranger1", true));

    tells("bob", ASKS);

    assertThat(kind("bob")).isEqualTo(Kind.INCOMING);
  }

  @Test
  void aBlockedUserIsNotAContact() {
    assertDone(wants("stranger1"));
    assertThat(ann.state().relations().contacts()).containsExactly("stranger1");

    assertDone(ann.blocks("stranger1", true));

    assertThat(ann.state().relations().contacts()).isEmpty();
  }

  @Test
  void noMoreContactsAndRequestsThanTheBound() {
    assertDone(wants("bob"));
    assertDone(wants("cem"));

    assertRefused(Code.TOO_MANY_CONTACTS, wants("dan"));
  }

  private void tells(String user, ContactIntent intent) {
    ann.tells(new AccountContacts.Tell(user, intent));
  }

  private Answer wants(String user) {
    return ann.asks(it -> new AccountContacts.Want(user, Optional.empty(), it));
  }

  private Answer ends(String user) {
    return ann.asks(it -> new AccountContacts.End(user, it));
  }

  private ContactBook book() {
    return ContactBook.of(ann.state());
  }

  private Kind kind(String user) {
    return book().with(user).kind();
  }
}
