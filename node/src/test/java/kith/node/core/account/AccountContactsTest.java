package kith.node.core.account;

import static kith.node.core.account.AccountFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountEvent.SignedUp;
import kith.node.core.account.AccountEvent.StanceHeard;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.feature.contacts.ContactIntent;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// More strangers want to be Ann's contacts than she will ever answer.
class AccountContactsTest {
  private static final ActorTestKit KIT = AccountFixture.kit();
  private static final ContactIntent ASKS = new ContactIntent(ContactIntent.Kind.WANTS, 1, 0);
  private static final ContactIntent TAKES_BACK = new ContactIntent(ContactIntent.Kind.NONE, 2, 0);

  private final AccountFixture ann = new AccountFixture(KIT);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void aThousandHaveAsked() {
    List<AccountEvent> events = new ArrayList<>();
    events.add(new SignedUp("hash", Optional.empty(), Optional.empty(), Instant.EPOCH));
    for (int i = 0; i < 1_000; i++)
      events.add(new StanceHeard("stranger" + i, ASKS, Instant.EPOCH.plusSeconds(i)));
    ann.account.initialize(events.toArray());
  }

  @Test
  void whoeverIsNotRememberedIsNotToldThatTheyWereHeard() {
    ann.tells(new Account.Tell("bob", ASKS));

    assertThat(kind("bob")).isEqualTo(Kind.NONE);
    assertThat(ann.told).doesNotContainKey("bob");
  }

  @Test
  void whoeverIsAskedIsHeard() {
    assertDone(wants("bob"));

    ann.tells(new Account.Tell("bob", ASKS));

    assertThat(kind("bob")).isEqualTo(Kind.CONTACT);
    assertThat(ann.told.get("bob")).isInstanceOf(Account.Told.class);
  }

  @Test
  void anAnswerMakesPlaceForTheNext() {
    assertDone(ann.<Answer>asks(it -> new Account.End("stranger7", it)));

    ann.tells(new Account.Tell("bob", ASKS));
    ann.tells(new Account.Tell("cem", ASKS));

    assertThat(kind("bob")).isEqualTo(Kind.INCOMING);
    assertThat(kind("cem")).isEqualTo(Kind.NONE);
  }

  @Test
  void whoeverTakesItBackMakesPlaceForTheNext() {
    ann.tells(new Account.Tell("stranger7", TAKES_BACK));

    ann.tells(new Account.Tell("bob", ASKS));

    assertThat(kind("bob")).isEqualTo(Kind.INCOMING);
    assertThat(people().all()).hasSize(1_000).doesNotContainKey("stranger7");
  }

  @Test
  void whoeverIsBlockedTakesNobodysPlace() {
    assertDone(ann.<Answer>asks(it -> new Account.Block("stranger7", true, it)));

    ann.tells(new Account.Tell("bob", ASKS));

    assertThat(kind("bob")).isEqualTo(Kind.INCOMING);
  }

  private Answer wants(String whom) {
    return ann.asks(it -> new Account.Want(whom, Optional.empty(), it));
  }

  private People people() {
    return ann.account.getState().people();
  }

  private Kind kind(String whom) {
    return people().bond(whom).kind();
  }
}
