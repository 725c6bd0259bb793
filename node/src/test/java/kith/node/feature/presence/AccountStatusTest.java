package kith.node.feature.presence;

import static kith.node.core.account.AccountFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Attached;
import kith.node.core.account.Account.ReadReply;
import kith.node.core.account.AccountFixture;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AccountStatusTest {
  private static final ActorTestKit KIT = AccountFixture.kit();

  private final Map<String, PrivacyPolicy> told = new ConcurrentHashMap<>();
  private final AccountFixture ann = new AccountFixture(KIT, AccountStatus.part(told::put));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aSessionReceivesTheChosenStatusWhenItAttaches() {
    var device = ann.signsUp().device();
    assertDone(chooses(Status.INVISIBLE));

    ann.restarts();

    assertThat(ann.attaches(device, KIT.createTestProbe()))
        .isInstanceOfSatisfying(
            Attached.class,
            it ->
                assertThat(it.words()).containsExactly(new AccountStatus.Chosen(Status.INVISIBLE)));
  }

  @Test
  void onlineEndsAnyOtherStatus() {
    ann.signsUp();
    chooses(Status.DND);

    assertDone(chooses(Status.ONLINE));

    assertThat(ChosenStatus.of(ann.state()).status()).isEqualTo(Status.ONLINE);
  }

  @Test
  void blockingAUserIsReportedToPresence() {
    ann.signsUp();

    ann.blocks("eve", true);

    assertThat(told.get(ann.user)).satisfies(it -> assertThat(it.blocked()).containsExactly("eve"));
  }

  @Test
  void changedSettingsAreReportedAgainAfterARestart() {
    ann.signsUp();
    shows(ShownTo.NOBODY);
    shows(ShownTo.EVERYONE);
    told.clear();

    ann.restarts();

    assertThat(told)
        .hasEntrySatisfying(
            ann.user, it -> assertThat(it.settings().lastSeen()).isEqualTo(ShownTo.EVERYONE));
  }

  private Answer chooses(Status status) {
    return ann.asks(it -> new AccountStatus.Choose(status, it));
  }

  private void shows(ShownTo these) {
    ann.<ReadReply>asks(it ->
        new Account.ChangePrivacy(
            Optional.of(these), Optional.empty(), Optional.empty(), Optional.empty(), it));
  }
}
