package kith.node.feature.secondfactor;

import static kith.node.core.account.AccountFixture.PASSWORD;
import static kith.node.core.account.AccountFixture.PHONE;
import static kith.node.core.account.AccountFixture.assertDone;
import static kith.node.core.account.AccountFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.ProofRequired;
import kith.node.core.account.AccountAct;
import kith.node.core.account.AccountFixture;
import kith.node.core.account.TestSettings;
import kith.node.feature.secondfactor.AccountSecondFactor.Begun;
import kith.node.feature.secondfactor.AccountSecondFactor.Codes;
import kith.node.feature.secondfactor.AccountSecondFactor.No;
import kith.node.feature.secondfactor.AccountSecondFactor.Reply;
import kith.node.feature.secondfactor.AccountSecondFactor.Standing;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.SignInIntervals;
import kith.node.platform.config.Throttle;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Ann, her phone and the app on it.
class AccountSecondFactorTest {
  private static final ActorTestKit KIT = AccountFixture.kit();
  private static final Client DEVICE = Client.device("d-1");

  private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();

  private final FactorSecrets table =
      new FactorSecrets() {
        @Override
        public CompletionStage<?> add(String user, String id, byte[] secret) {
          secrets.put(id, secret);
          return CompletableFuture.completedFuture(1);
        }

        @Override
        public CompletionStage<Optional<byte[]>> find(String user, String id) {
          return CompletableFuture.completedFuture(Optional.ofNullable(secrets.get(id)));
        }

        @Override
        public CompletionStage<?> keepOnly(String user, Optional<String> id) {
          secrets.keySet().removeIf(it -> !id.equals(Optional.of(it)));
          return CompletableFuture.completedFuture(1);
        }
      };

  private AccountFixture ann =
      new AccountFixture(
          KIT, AccountSecondFactor.part(table, AccountSettings.SecondFactor.OPTIONAL));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private Reply begins() {
    return ann.asks(
        replyTo -> new AccountSecondFactor.Begin(new Secret(PASSWORD), DEVICE, replyTo));
  }

  private Reply confirms(String code) {
    return ann.asks(replyTo -> new AccountSecondFactor.TurnOn(new Secret(code), DEVICE, replyTo));
  }

  /// The code that the app shows now, or that many steps later.
  private String code(int later) {
    return Totp.code(secrets.values().iterator().next(), Totp.stepAt(ann.clock.instant()) + later);
  }

  private List<String> turnsOn() {
    ann.signsUp();
    assertThat(begins()).isInstanceOf(Begun.class);
    return ((Codes) confirms(code(0))).codes();
  }

  private Admission logsIn(String password, String code) {
    return ann.asks(replyTo ->
        new AccountSecondFactor.LogIn(password, new Secret(code), PHONE, DEVICE, replyTo));
  }

  private String proof() {
    return ((ProofRequired) ann.logsIn(PASSWORD)).password();
  }

  private static void assertNo(Code code, Reply reply) {
    assertThat(reply)
        .isInstanceOfSatisfying(No.class, no -> assertThat(no.refused().code()).isEqualTo(code));
  }

  @Test
  void logsInWithPasswordAndCode() {
    turnsOn();

    var proof = proof();

    assertThat(ann.state().deviceCount()).isEqualTo(1);
    assertThat(logsIn(proof, code(1))).isInstanceOf(Admitted.class);
    assertThat(ann.state().deviceCount()).isEqualTo(2);
  }

  @Test
  void aWrongPasswordIsRefusedAsWithoutASecondFactor() {
    turnsOn();

    assertRefused(Code.WRONG_CREDENTIALS, ann.logsIn("battery staple"));
  }

  @Test
  void aCodeIsAcceptedOnce() {
    turnsOn();
    var proof = proof();
    // the code that turned it on was used, too
    assertRefused(Code.WRONG_CODE, logsIn(proof, code(0)));
    assertThat(logsIn(proof, code(1))).isInstanceOf(Admitted.class);

    assertRefused(Code.WRONG_CODE, logsIn(proof, code(1)));
    ann.restarts();
    assertRefused(Code.WRONG_CODE, logsIn(proof, code(1)));
  }

  @Test
  void aRecoveryCodeIsAcceptedOnceHoweverItIsWritten() {
    var codes = turnsOn();
    var written = " " + codes.getFirst().replace("-", " ").toUpperCase(Locale.ROOT);

    assertThat(codes).hasSize(10).doesNotHaveDuplicates().allMatch(it -> it.length() == 19);
    assertThat(logsIn(proof(), written)).isInstanceOf(Admitted.class);
    assertRefused(Code.WRONG_CODE, logsIn(proof(), codes.getFirst()));
    assertThat(look().recoveryCodes()).isEqualTo(9);
  }

  @Test
  void wrongCodesCountLikeWrongPasswords() {
    ann =
        new AccountFixture(
            KIT,
            TestSettings.withThrottle(new Throttle(2, Duration.ofHours(1))),
            AccountSecondFactor.part(table, AccountSettings.SecondFactor.OPTIONAL));
    turnsOn();
    var proof = proof();

    for (int i = 0; i < 2; i++) assertRefused(Code.WRONG_CODE, logsIn(proof, "000000"));
    assertRefused(Code.TOO_MANY_ATTEMPTS, logsIn(proof, code(1)));
  }

  @Test
  void aTicketEndsWithTheNextPassword() {
    turnsOn();
    var proof = proof();
    assertDone(
        ann.<Answer>asks(replyTo ->
            new Account.ChangePassword(
                device(), new Secret(PASSWORD), new Secret("battery staple"), replyTo)));

    assertRefused(Code.TICKET_EXPIRED, logsIn(proof, code(1)));
  }

  private String device() {
    return ((Account.DeviceList) ann.<Account.DevicesReply>asks(Account.ListDevices::new))
        .devices()
        .getFirst()
        .device();
  }

  private Standing look() {
    return (Standing) ann.<Reply>asks(AccountSecondFactor.Look::new);
  }

  @Test
  void nothingChangesBeforeTheFirstCode() {
    ann.signsUp();
    begins();
    assertNo(Code.WRONG_CODE, confirms("000000"));

    assertThat(look().on()).isFalse();
    assertThat(ann.logsIn(PASSWORD)).isInstanceOf(Admitted.class);
  }

  @Test
  void theFirstCodeMustComeInTime() {
    ann.signsUp();
    begins();
    ann.clock.advance(SignInIntervals.FACTOR_SETUP.plus(Duration.ofSeconds(1)));

    assertNo(Code.SECOND_FACTOR_OFF, confirms(code(0)));
  }

  @Test
  void aSecretThatIsOnIsNotReplaced() {
    turnsOn();

    assertNo(Code.SECOND_FACTOR_ON, begins());
    assertThat(secrets).hasSize(1);
  }

  @Test
  void onlyPasswordAndCodeTurnTheSecondFactorOff() {
    turnsOn();

    assertNo(Code.WRONG_CREDENTIALS, turnsOff("battery staple", code(1)));
    assertNo(Code.WRONG_CODE, turnsOff(PASSWORD, "000000"));
    assertThat(turnsOff(PASSWORD, code(1))).isEqualTo(new AccountSecondFactor.Done());

    assertThat(look().on()).isFalse();
    assertThat(secrets).isEmpty();
    assertThat(ann.logsIn(PASSWORD)).isInstanceOf(Admitted.class);
  }

  private Reply turnsOff(String password, String code) {
    return ann.asks(replyTo ->
        new AccountSecondFactor.TurnOff(new Secret(password), new Secret(code), DEVICE, replyTo));
  }

  @Test
  void administratorsRemoveTheSecondFactorOfMembersOnly() {
    turnsOn();

    assertRefused(Code.NOT_ALLOWED, resets(ServerRole.MEMBER));
    assertDone(resets(ServerRole.ADMINISTRATOR));

    assertThat(ann.logsIn(PASSWORD)).isInstanceOf(Admitted.class);
    ann.<Answer>asks(replyTo ->
        new Account.Administer(
            ServerRole.OWNER, new AccountAct.ChangeRole(ServerRole.ADMINISTRATOR), replyTo));
    assertRefused(Code.NOT_ALLOWED, resets(ServerRole.ADMINISTRATOR));
    assertDone(resets(ServerRole.OWNER));
  }

  private Answer resets(ServerRole by) {
    return ann.asks(replyTo -> new AccountSecondFactor.Reset(by, replyTo));
  }

  @Test
  void aLostSecretLeavesTheRecoveryCodes() {
    var codes = turnsOn();
    var code = code(1);
    secrets.clear();

    assertRefused(Code.WRONG_CODE, logsIn(proof(), code));
    assertThat(logsIn(proof(), codes.getLast())).isInstanceOf(Admitted.class);
  }

  @Test
  void aServerThatRequiresASecondFactorAcceptsNoDeviceWithoutOne() {
    ann =
        new AccountFixture(
            KIT, AccountSecondFactor.part(table, AccountSettings.SecondFactor.REQUIRED));
    var device = ann.signsUp().device();
    assertRefused(Code.SECOND_FACTOR_SETUP_REQUIRED, checks(device));
    assertThat(ann.attaches(device, KIT.createTestProbe()))
        .isEqualTo(new Account.AttachRefused(Code.SECOND_FACTOR_SETUP_REQUIRED));

    begins();
    assertThat(confirms(code(0))).isInstanceOf(Codes.class);

    assertDone(checks(device));
  }

  @Test
  void aSecondFactorForAdministratorsIsNotRequiredOfMembers() {
    ann =
        new AccountFixture(
            KIT, AccountSecondFactor.part(table, AccountSettings.SecondFactor.ADMINISTRATORS));
    var device = ann.signsUp().device();
    assertDone(checks(device));

    ann.<Answer>asks(replyTo ->
        new Account.Administer(
            ServerRole.OWNER, new AccountAct.ChangeRole(ServerRole.ADMINISTRATOR), replyTo));

    assertRefused(Code.SECOND_FACTOR_SETUP_REQUIRED, checks(device));
  }

  private Account.DeviceAnswer checks(String device) {
    return ann.asks(replyTo -> new Account.CheckDevice(device, Optional.empty(), replyTo));
  }
}
