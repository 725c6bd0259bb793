package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent.Deleted;
import kith.node.core.account.AccountEvent.DeviceBegan;
import kith.node.core.account.AccountEvent.DevicesEnded;
import kith.node.core.account.AccountEvent.JoinBegan;
import kith.node.core.account.AccountEvent.LeaveBegan;
import kith.node.core.account.AccountEvent.MembershipSettled;
import kith.node.core.account.AccountEvent.PasswordSet;
import kith.node.core.account.AccountEvent.ProfileChanged;
import kith.node.core.account.AccountEvent.Refreshed;
import kith.node.core.account.AccountEvent.SignedUp;
import kith.node.core.account.AccountState.Decision;
import kith.node.core.account.JoinedRooms.Intent;
import kith.node.platform.config.AccountSettings;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class AccountStateTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final AccountSettings SETTINGS = TestSettings.ACCOUNTS;
  private static final NewDevice PHONE = new NewDevice("phone", false);

  private final AccountState ann =
      after(
          AccountState.UNCLAIMED,
          new SignedUp("hash", Optional.of("Ann"), Optional.empty(), NOON),
          new DeviceBegan("phone", "phone", false, NOON));

  private static final UsedTokens NOT_USED = new UsedTokens();

  @Test
  void theNewestRefreshTokenGetsTheNextGeneration() {
    var later = NOON.plusSeconds(900);

    assertThat(ann.devices().decideRefresh("phone", 1, NOT_USED, SETTINGS, later))
        .isEqualTo(
            new Decision<>(
                List.of(new Refreshed("phone", 2, later)), new Admitted("phone", false, 2, later)));
  }

  @Test
  void thePreviousRefreshTokenGetsTheSameReplyForAMinute() {
    var refreshed = after(ann, new Refreshed("phone", 2, NOON));

    assertThat(
            refreshed.devices().decideRefresh("phone", 1, NOT_USED, SETTINGS, NOON.plusSeconds(60)))
        .isEqualTo(Decision.only(new Admitted("phone", false, 2, NOON)));
  }

  @Test
  void thePreviousRefreshTokenGetsNothingOnceTheNewAccessTokenWasUsed() {
    var refreshed = after(ann, new Refreshed("phone", 2, NOON));
    var used = new UsedTokens();
    used.add("phone", 2);
    used.add("phone", 1);

    assertThat(refreshed.devices().decideRefresh("phone", 1, used, SETTINGS, NOON.plusSeconds(1)))
        .isEqualTo(Decision.only(Refused.because(Code.UNAUTHENTICATED)));
  }

  @Test
  void thePreviousRefreshTokenEndsTheDeviceAfterAMinute() {
    var refreshed = after(ann, new Refreshed("phone", 2, NOON));

    assertThat(
            refreshed.devices().decideRefresh("phone", 1, NOT_USED, SETTINGS, NOON.plusSeconds(61)))
        .isEqualTo(reuse());
  }

  @Test
  void anOlderRefreshTokenEndsTheDeviceAtOnce() {
    var refreshed = after(ann, new Refreshed("phone", 2, NOON), new Refreshed("phone", 3, NOON));

    assertThat(refreshed.devices().decideRefresh("phone", 1, NOT_USED, SETTINGS, NOON))
        .isEqualTo(reuse());
  }

  @Test
  void aRefreshTokenThatWasNeverIssuedDoesNotEndTheDevice() {
    assertThat(ann.devices().decideRefresh("phone", 2, NOT_USED, SETTINGS, NOON))
        .isEqualTo(Decision.only(Refused.because(Code.UNAUTHENTICATED)));
  }

  @Test
  void aDeviceEndsAYearAfterItsLogInHoweverOftenItIsUsed() {
    var year = SETTINGS.deviceLifetime();
    var lastUsed = NOON.plus(year).minusSeconds(1);
    var used = after(ann, new Refreshed("phone", 2, lastUsed));

    assertThat(used.devices().isAlive("phone", SETTINGS, lastUsed)).isTrue();
    assertThat(used.devices().isAlive("phone", SETTINGS, NOON.plus(year))).isFalse();
    assertThat(used.devices().decideRefresh("phone", 2, NOT_USED, SETTINGS, NOON.plus(year)))
        .isEqualTo(Decision.only(Refused.because(Code.DEVICE_ENDED)));
  }

  @Test
  void anEndedDeviceCannotRefresh() {
    var ended = after(ann, new DevicesEnded(Set.of("phone")));

    assertThat(ended.devices().decideRefresh("phone", 1, NOT_USED, SETTINGS, NOON))
        .isEqualTo(Decision.only(Refused.because(Code.DEVICE_ENDED)));
  }

  @Test
  void anUnusedDeviceExpires() {
    var browser = after(ann, new DeviceBegan("browser", "browser", true, NOON));
    var threeDaysOn = NOON.plus(Duration.ofDays(3));

    assertThat(browser.devices().isAlive("browser", SETTINGS, threeDaysOn.minusSeconds(1)))
        .isTrue();
    assertThat(browser.devices().isAlive("browser", SETTINGS, threeDaysOn)).isFalse();
    assertThat(browser.devices().expired(SETTINGS, threeDaysOn)).containsExactly("browser");
    assertThat(browser.devices().isAlive("phone", SETTINGS, threeDaysOn)).isTrue();
    assertThat(
            after(browser, new Refreshed("browser", 2, NOON.plusSeconds(5)))
                .devices()
                .isAlive("browser", SETTINGS, threeDaysOn))
        .isTrue();
  }

  @Test
  void noMoreDevicesThanTheBound() {
    var full = after(ann, began("tablet"), began("laptop"));

    assertThat(full.devices().decideLogIn("another", PHONE, SETTINGS, NOON))
        .isEqualTo(Decision.only(Refused.because(Code.TOO_MANY_DEVICES)));
  }

  @Test
  void expiredDevicesMakeRoomForNewOnes() {
    var full = after(ann, new DeviceBegan("browser", "", true, NOON), began("laptop"));
    var later = NOON.plus(Duration.ofDays(4));

    assertThat(full.devices().decideLogIn("another", PHONE, SETTINGS, later))
        .isEqualTo(
            new Decision<>(
                List.of(
                    new DevicesEnded(Set.of("browser")),
                    new DeviceBegan("another", "phone", false, later)),
                new Admitted("another", false, 1, later)));
  }

  @Test
  void aNewPasswordEndsTheOtherDevices() {
    var two = after(ann, began("laptop"));

    assertThat(two.decidePassword("phone", "new", SETTINGS, NOON))
        .isEqualTo(
            new Decision<>(
                List.of(new PasswordSet("new"), new DevicesEnded(Set.of("laptop"))), new Done()));
  }

  @Test
  void anEndedDeviceCannotChangeThePassword() {
    assertThat(ann.decidePassword("laptop", "new", SETTINGS, NOON))
        .isEqualTo(Decision.only(Refused.because(Code.DEVICE_ENDED)));
  }

  @Test
  void onlyKnownDevicesCanBeEnded() {
    assertThat(ann.devices().decideEnd("laptop", SETTINGS, NOON))
        .isEqualTo(Decision.only(Refused.because(Code.UNKNOWN_DEVICE)));
    assertThat(ann.devices().decideEnd("phone", SETTINGS, NOON).events())
        .containsExactly(new DevicesEnded(Set.of("phone")));
  }

  @Test
  void anAbsentProfileFieldStaysAndAnEmptyOneIsRemoved() {
    var picture = Optional.of("https://example.org/ann.png");

    assertThat(ann.decideProfile(Optional.empty(), picture, Optional.empty()))
        .isEqualTo(new ProfileChanged(Optional.of("Ann"), picture, Optional.empty()));
    assertThat(ann.decideProfile(Optional.of(""), Optional.empty(), Optional.empty()))
        .isEqualTo(new ProfileChanged(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void roomsBeingJoinedCountAsRooms() {
    var busy =
        after(
            ann,
            new MembershipSettled("one", true, Optional.empty()),
            new MembershipSettled("two", true, Optional.empty()),
            new LeaveBegan("two"),
            new JoinBegan("three"));

    assertThat(busy.whyNotJoin("four", 3)).contains(Code.TOO_MANY_ROOMS);
    assertThat(busy.whyNotJoin("three", 3)).isEmpty();
    assertThat(busy.whyNotJoin("one", 3)).isEmpty();
    assertThat(busy.whyNotJoin("four", 4)).isEmpty();
  }

  @Test
  void theAnswerOfTheRoomEndsTheIntent() {
    assertThat(
            after(ann, new JoinBegan("one"), new MembershipSettled("one", true, Optional.empty())))
        .satisfies(joined -> {
          assertThat(joined.rooms().sorted()).containsExactly("one");
          assertThat(joined.rooms().intents()).isEmpty();
        });
    assertThat(
            after(ann, new JoinBegan("one"), new MembershipSettled("one", false, Optional.empty()))
                .rooms()
                .joined())
        .isEmpty();
  }

  @Test
  void aDeletedAccountKeepsItsNameAndStillHasToLeaveItsRooms() {
    var deleted =
        after(ann, new MembershipSettled("one", true, Optional.empty()), new JoinBegan("two"));

    deleted = after(deleted, deleted.decideDelete(false).events().getFirst());

    assertThat(deleted.isActive()).isFalse();
    assertThat(deleted.devices()).isEqualTo(Devices.NONE);
    assertThat(deleted.profile()).isEqualTo(AccountState.Profile.EMPTY);
    assertThat(deleted.rooms().intents().keySet()).containsExactlyInAnyOrder("one", "two");
    assertThat(deleted.rooms().intents().values()).containsOnly(Intent.LEAVE);
    assertThat(deleted.decideSignUp("hash", signUp(), "phone", NOON))
        .isEqualTo(Decision.only(Refused.because(Code.USER_NAME_TAKEN)));
  }

  @Test
  void theEventOfADeletionAloneGivesTheStateOfTheDeletedAccount() {
    var before = after(ann, new MembershipSettled("one", true, Optional.empty()));

    var deletion = before.decideDelete(false).events().getFirst();

    assertThat(after(AccountState.UNCLAIMED, deletion)).isEqualTo(after(before, deletion));
  }

  @Test
  void aDeletionOfAnEarlyVersionHasTheSameEffect() {
    assertThat(after(ann, new Deleted()))
        .isEqualTo(after(ann, ann.decideDelete(false).events().getFirst()));
  }

  private static Account.SignUp signUp() {
    return new Account.SignUp(
        new Secret("correct horse"),
        Optional.empty(),
        Optional.empty(),
        PHONE,
        TestInbox.<Account.Admission>create().getRef());
  }

  private static Decision<Account.Admission> reuse() {
    return new Decision<>(
        List.of(new DevicesEnded(Set.of("phone"))), Refused.because(Code.DEVICE_ENDED));
  }

  private static DeviceBegan began(String device) {
    return new DeviceBegan(device, device, false, NOON);
  }

  private static AccountState after(AccountState state, AccountEvent... events) {
    for (var event : events) state = state.with(event);
    return state;
  }
}
