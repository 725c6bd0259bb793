package kith.node.core.account;

import static kith.node.core.account.AccountFixture.PASSWORD;
import static kith.node.core.account.AccountFixture.assertDone;
import static kith.node.core.account.AccountFixture.assertRefused;
import static kith.node.core.account.AccountFixture.logIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.AttachRefused;
import kith.node.core.account.Account.AttachReply;
import kith.node.core.account.Account.Attached;
import kith.node.core.account.Account.DeviceEnded;
import kith.node.core.account.Account.DeviceList;
import kith.node.core.account.Account.DeviceView;
import kith.node.core.account.Account.DevicesReply;
import kith.node.core.account.Account.ReadReply;
import kith.node.core.account.Account.Refused;
import kith.node.platform.config.Throttle;
import kith.node.platform.metrics.Metrics;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AccountTest {

  private static final ActorTestKit KIT = AccountFixture.kit();

  private final AccountFixture ann = new AccountFixture(KIT);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aUserLogsInWithThePasswordOfTheSignUp() {
    var signedUp = ann.signsUp();
    var loggedIn = ann.logsIn();

    assertThat(loggedIn.device()).isNotEqualTo(signedUp.device());
    assertThat(loggedIn.generation()).isOne();
    assertDone(checks(signedUp.device()));
    assertDone(checks(loggedIn.device()));
  }

  @Test
  void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
    var unknown = ann.logsIn("correct house");
    ann.signsUp();

    assertThat(ann.logsIn("correct house")).isEqualTo(unknown);
    assertRefused(Code.WRONG_CREDENTIALS, unknown);
  }

  @Test
  void aTakenNameIsRefused() {
    ann.signsUp();

    assertRefused(Code.USER_NAME_TAKEN, signsUp(ann, "another horse", AccountFixture.PHONE));
  }

  @Test
  void aSignUpWhoseAnswerWasLostGetsTheSameAccountAgain() {
    var first = ann.signsUp();

    assertThat(ann.signsUp()).isEqualTo(first);
    assertThat(ann.state().devices().byId()).hasSize(1);
    assertRefused(
        Code.USER_NAME_TAKEN, signsUp(ann, PASSWORD, new Account.NewDevice("tablet", false)));
  }

  @Test
  void aSignUpCannotBeRepeatedForever() {
    ann.signsUp();
    ann.clock.advance(Duration.ofMinutes(11));

    assertRefused(Code.USER_NAME_TAKEN, ann.<Admission>asks(ann::signUp));
  }

  @Test
  void aSignUpCannotBeRepeatedAfterItsTokensWereUsed() {
    var device = ann.signsUp().device();
    ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo));

    assertRefused(Code.USER_NAME_TAKEN, ann.<Admission>asks(ann::signUp));
  }

  @Test
  void repeatedSignUpsAreLimitedLikeLogins() {
    var limited =
        new AccountFixture(
            KIT, TestSettings.withThrottle(new Throttle(2, Duration.ofMinutes(1))), Runnable::run);
    limited.signsUp();
    for (int i = 0; i < 2; i++)
      assertRefused(
          Code.USER_NAME_TAKEN, signsUp(limited, "guess number " + i, AccountFixture.PHONE));

    assertRefused(Code.TOO_MANY_ATTEMPTS, signsUp(limited, "another guess", AccountFixture.PHONE));
  }

  private static Admission signsUp(
      AccountFixture account, String password, Account.NewDevice device) {
    return account.asks(replyTo ->
        new Account.SignUp(
            new Secret(password), Optional.empty(), Optional.empty(), device, replyTo));
  }

  @Test
  void onlyOneOfTwoConcurrentSignUpsGetsTheName() throws InterruptedException {
    var tasks = new LinkedBlockingQueue<Runnable>();
    var slow = new AccountFixture(KIT, TestSettings.ACCOUNTS, tasks::add);
    var first = slow.<Admission>begins(slow::signUp);
    var second =
        slow.<Admission>begins(replyTo ->
            new Account.SignUp(
                new Secret("battery staple"),
                Optional.empty(),
                Optional.empty(),
                AccountFixture.PHONE,
                replyTo));

    next(tasks).run();
    next(tasks).run();
    next(tasks).run();

    assertThat(first.receiveMessage()).isInstanceOf(Admitted.class);
    assertRefused(Code.USER_NAME_TAKEN, second.receiveMessage());
  }

  @Test
  void twoConcurrentSignUpsOfOneClientGetTheSameAccount() throws InterruptedException {
    var tasks = new LinkedBlockingQueue<Runnable>();
    var slow = new AccountFixture(KIT, TestSettings.ACCOUNTS, tasks::add);
    var first = slow.<Admission>begins(slow::signUp);
    var second = slow.<Admission>begins(slow::signUp);

    for (int i = 0; i < 3; i++) next(tasks).run();

    var admitted = first.receiveMessage();
    assertThat(admitted).isInstanceOf(Admitted.class);
    assertThat(second.receiveMessage()).isEqualTo(admitted);
  }

  @Test
  void aLoginIsCheckedAgainIfThePasswordChangesMeanwhile() throws InterruptedException {
    var tasks = new LinkedBlockingQueue<Runnable>();
    var slow = new AccountFixture(KIT, TestSettings.ACCOUNTS, tasks::add);
    var signUp = slow.<Admission>begins(slow::signUp);
    next(tasks).run();
    var device = ((Admitted) signUp.receiveMessage()).device();

    var login = slow.<Admission>begins(replyTo -> logIn(PASSWORD, replyTo));
    var change =
        slow.<Answer>begins(replyTo -> change(device, PASSWORD, "battery staple", replyTo));
    var check = next(tasks);
    next(tasks).run();
    assertDone(change.receiveMessage());
    check.run();
    next(tasks).run();

    assertRefused(Code.WRONG_CREDENTIALS, login.receiveMessage());
  }

  @Test
  void aCommonPasswordIsRefused() {
    assertRefused(
        Code.PASSWORD_TOO_COMMON,
        ann.<Admission>asks(replyTo ->
            new Account.SignUp(
                new Secret("iloveyou"),
                Optional.empty(),
                Optional.empty(),
                AccountFixture.PHONE,
                replyTo)));
  }

  @Test
  void aNewPasswordEndsTheOtherDevicesAndTheOldPassword() {
    var here = ann.signsUp().device();
    var there = ann.logsIn().device();

    assertRefused(
        Code.WRONG_CREDENTIALS,
        ann.<Answer>asks(replyTo -> change(here, "wrong horse", "battery staple", replyTo)));
    assertDone(ann.<Answer>asks(replyTo -> change(here, PASSWORD, "battery staple", replyTo)));

    assertDone(checks(here));
    assertRefused(Code.DEVICE_ENDED, checks(there));
    assertRefused(Code.WRONG_CREDENTIALS, ann.logsIn(PASSWORD));
    assertThat(ann.logsIn("battery staple")).isInstanceOf(Admitted.class);
  }

  @Test
  void attemptsAreCountedWhetherOrNotTheAccountExists() {
    var throttle = new Throttle(3, Duration.ofSeconds(10));
    for (boolean exists : new boolean[] {true, false}) {
      var guarded = new AccountFixture(KIT, TestSettings.withThrottle(throttle), Runnable::run);
      if (exists) guarded.signsUp();
      for (int i = 0; i < 3; i++)
        assertRefused(Code.WRONG_CREDENTIALS, guarded.logsIn("wrong horse"));

      assertThat(guarded.logsIn(PASSWORD))
          .isEqualTo(Refused.until(Code.TOO_MANY_ATTEMPTS, Duration.ofSeconds(10)));

      guarded.clock.advance(Duration.ofSeconds(10));
      assertThat(guarded.logsIn(PASSWORD))
          .isInstanceOf(exists ? Admitted.class : Refused.class)
          .isNotEqualTo(Refused.until(Code.TOO_MANY_ATTEMPTS, Duration.ofSeconds(10)));
    }
  }

  @Test
  void rightPasswordsDoNotCountAsAttempts() {
    var guarded =
        new AccountFixture(
            KIT, TestSettings.withThrottle(new Throttle(1, Duration.ofMinutes(1))), Runnable::run);
    var device = guarded.signsUp().device();

    for (int i = 0; i < 2; i++) {
      assertThat(guarded.logsIn(PASSWORD)).isInstanceOf(Admitted.class);
      assertDone(
          guarded.<Answer>asks(replyTo ->
              new Account.ChangePassword(
                  device, new Secret(PASSWORD), new Secret(PASSWORD), replyTo)));
    }
    assertRefused(Code.WRONG_CREDENTIALS, guarded.logsIn("wrong horse"));
    assertRefused(Code.TOO_MANY_ATTEMPTS, guarded.logsIn(PASSWORD));
  }

  @Test
  void aStrangerLocksOutNeitherOtherAddressesNorKnownDevices() {
    var guarded =
        new AccountFixture(
            KIT, TestSettings.withThrottle(new Throttle(3, Duration.ofMinutes(1))), Runnable::run);
    guarded.signsUp();
    var stranger = new Client(false, "c0000201");
    for (int i = 0; i < 3; i++)
      assertRefused(Code.WRONG_CREDENTIALS, guarded.logsIn("wrong horse", stranger));

    assertRefused(Code.TOO_MANY_ATTEMPTS, guarded.logsIn(PASSWORD, stranger));

    assertThat(guarded.logsIn(PASSWORD, new Client(false, "c0000202")))
        .isInstanceOf(Admitted.class);
    assertThat(guarded.logsIn(PASSWORD, Client.device("d-1"))).isInstanceOf(Admitted.class);
  }

  @Test
  void anAccountDoesNotSleepWhileWrongPasswordsCount() {
    ann.signsUp();
    ann.logsIn("wrong horse");
    ann.tells(new Account.Idle());
    ann.tells(new Account.Idle());
    ann.shard.expectNoMessage();

    ann.clock.advance(Duration.ofHours(1));
    ann.tells(new Account.Idle());
    ann.shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void aFullPasswordQueueRefusesWithARetryTime() {
    var full =
        new AccountFixture(
            KIT,
            TestSettings.ACCOUNTS,
            _ -> {
              throw new RejectedExecutionException("full");
            });

    assertThat(full.logsIn(PASSWORD))
        .isEqualTo(Refused.until(Code.UNAVAILABLE, Duration.ofSeconds(1)));
  }

  @Test
  void aHashOfAnotherCostIsReplacedAtLogin() {
    var older =
        new Passwords(5, Runnable::run, new Metrics().passwords()).hash(new Secret(PASSWORD));
    ann.account.initialize(
        new AccountEvent.SignedUp(older, Optional.empty(), Optional.empty(), ann.clock.instant()));

    ann.logsIn();

    ann.eventually(() -> assertThat(ann.account.getState().passwordHash()).startsWith("$2a$04$"));
    assertThat(ann.logsIn(PASSWORD)).isInstanceOf(Admitted.class);
  }

  @Test
  void aRestartedAccountHasItsDevices() {
    var device = ann.signsUp().device();
    ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo));

    ann.account.restart();

    assertDone(checks(device));
    assertThat(ann.<Admission>asks(replyTo -> new Account.Refresh(device, 2, replyTo)))
        .isInstanceOfSatisfying(Admitted.class, it -> assertThat(it.generation()).isEqualTo(3));
  }

  @Test
  void aRefreshCannotBeRepeatedOnceTheNewAccessTokenWasUsed() {
    var device = ann.signsUp().device();
    ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo));
    assertThat(ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo)))
        .isInstanceOf(Admitted.class);

    assertDone(
        ann.<Account.DeviceAnswer>asks(
            replyTo -> new Account.CheckDevice(device, Optional.of(2L), replyTo)));

    assertRefused(
        Code.UNAUTHENTICATED,
        ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo)));
    assertDone(checks(device));
  }

  @Test
  void aRefreshCannotBeRepeatedOnceASocketWasOpenedWithTheNewAccessToken() {
    var device = ann.signsUp().device();
    ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo));
    TestProbe<DeviceEnded> session = KIT.createTestProbe();

    ann.<AttachReply>asks(
        replyTo -> new Account.Attach(device, Optional.of(2L), false, replyTo, session.getRef()));

    assertRefused(
        Code.UNAUTHENTICATED,
        ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo)));
  }

  @Test
  void aCopiedRefreshTokenEndsTheDeviceAndItsSockets() {
    var device = ann.signsUp().device();
    var session = attached(device);
    ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo));
    ann.<Admission>asks(replyTo -> new Account.Refresh(device, 2, replyTo));

    assertRefused(
        Code.DEVICE_ENDED, ann.<Admission>asks(replyTo -> new Account.Refresh(device, 1, replyTo)));

    assertThat(session.receiveMessage().code()).isEqualTo(Code.DEVICE_ENDED);
    assertRefused(Code.DEVICE_ENDED, checks(device));
  }

  @Test
  void onlyTheSocketsOfTheEndedDeviceAreNotified() {
    var phone = ann.signsUp().device();
    var laptop = ann.logsIn().device();
    var onPhone = attached(phone);
    var onLaptop = attached(laptop);

    assertDone(ann.<Answer>asks(replyTo -> new Account.EndDevice(laptop, replyTo)));

    onLaptop.receiveMessage();
    onPhone.expectNoMessage();
    assertDone(ann.<Answer>asks(Account.EndAllDevices::new));
    onPhone.receiveMessage();
  }

  @Test
  void anEndedDeviceCannotAttach() {
    var device = ann.signsUp().device();
    ann.<Answer>asks(Account.EndAllDevices::new);

    assertThat(attach(device, KIT.createTestProbe()))
        .isEqualTo(new AttachRefused(Code.DEVICE_ENDED));
  }

  @Test
  void socketsAreRefusedAboveTheBoundUntilOneIsGone() {
    var device = ann.signsUp().device();
    var first = attached(device);
    for (int i = 1; i < TestSettings.ACCOUNTS.socketsPerAccount(); i++) attached(device);
    assertThat(attach(device, first)).isInstanceOf(Attached.class);
    TestProbe<DeviceEnded> another = KIT.createTestProbe();
    assertThat(attach(device, another)).isEqualTo(new AttachRefused(Code.TOO_MANY_CONNECTIONS));

    first.stop();

    ann.eventually(() -> assertThat(attach(device, another)).isInstanceOf(Attached.class));
  }

  @Test
  void noMoreUsersAreBlockedThanTheBound() {
    ann.signsUp();
    for (var user : List.of("bob", "cem", "dan")) assertDone(ann.blocks(user, true));

    assertRefused(Code.TOO_MANY_BLOCKED, ann.blocks("eve", true));
    assertDone(ann.blocks("bob", true));
    assertDone(ann.blocks("bob", false));

    assertDone(ann.blocks("eve", true));
  }

  @Test
  void anIdleAccountIsPassivatedUnlessASocketIsAttached() {
    var device = ann.signsUp().device();
    var session = attached(device);
    ann.tells(new Account.Idle());
    ann.shard.expectNoMessage();

    session.stop();

    ann.eventually(() -> {
      ann.tells(new Account.Idle());
      ann.shard.expectMessageClass(ClusterSharding.Passivate.class, Duration.ofMillis(100));
    });
  }

  @Test
  void devicesAreListedWithTheirLastUse() {
    var phone = ann.signsUp();
    ann.clock.advance(Duration.ofMinutes(5));
    var laptop = ann.logsIn();
    ann.clock.advance(Duration.ofMinutes(5));
    attached(phone.device());

    assertThat(ann.<DevicesReply>asks(Account.ListDevices::new))
        .isEqualTo(
            new DeviceList(
                List.of(
                    new DeviceView(phone.device(), "phone", phone.at(), ann.clock.instant()),
                    new DeviceView(laptop.device(), "phone", laptop.at(), laptop.at()))));
  }

  @Test
  void theProfileCanBeChanged() {
    ann.signsUp();

    ann.<ReadReply>asks(replyTo ->
        new Account.ChangeProfile(
            Optional.of("Ann"), Optional.empty(), Optional.of("ann@example.org"), replyTo));

    assertThat(ann.reads().displayName()).contains("Ann");
    assertThat(ann.reads().email()).contains("ann@example.org");
  }

  @Test
  void aDeletedAccountIsUnknownAndItsNameStaysTaken() {
    var device = ann.signsUp().device();
    var session = attached(device);

    assertRefused(Code.WRONG_CREDENTIALS, deletes("wrong horse"));
    assertDone(deletes(PASSWORD));

    session.receiveMessage();
    assertRefused(Code.DEVICE_ENDED, checks(device));
    assertRefused(Code.WRONG_CREDENTIALS, ann.logsIn(PASSWORD));
    assertRefused(Code.UNKNOWN_USER, ann.<ReadReply>asks(Account.Read::new));
    assertRefused(Code.USER_NAME_TAKEN, ann.<Admission>asks(ann::signUp));
  }

  private Answer deletes(String password) {
    return ann.asks(replyTo -> new Account.Delete(new Secret(password), Optional.empty(), replyTo));
  }

  private Account.DeviceAnswer checks(String device) {
    return ann.asks(replyTo -> new Account.CheckDevice(device, Optional.of(1L), replyTo));
  }

  private TestProbe<DeviceEnded> attached(String device) {
    TestProbe<DeviceEnded> session = KIT.createTestProbe();
    assertThat(attach(device, session)).isInstanceOf(Attached.class);
    return session;
  }

  private AttachReply attach(String device, TestProbe<DeviceEnded> session) {
    return ann.asks(
        replyTo -> new Account.Attach(device, Optional.of(1L), false, replyTo, session.getRef()));
  }

  private static Account.Command change(
      String device, String current, String replacement, ActorRef<Answer> replyTo) {
    return new Account.ChangePassword(
        device, new Secret(current), new Secret(replacement), replyTo);
  }

  private static Runnable next(BlockingQueue<Runnable> tasks) throws InterruptedException {
    return Objects.requireNonNull(tasks.poll(10, TimeUnit.SECONDS), "no task came");
  }
}
