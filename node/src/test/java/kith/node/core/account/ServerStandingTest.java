package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account.Refused;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import org.junit.jupiter.api.Test;

/// The acts of administrators on an account, and their effects.
class ServerStandingTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static AccountState account(AccountEvent... more) {
    var account =
        AccountState.UNCLAIMED.with(
            new AccountEvent.SignedUp("hash", Optional.empty(), Optional.empty(), NOON));
    for (var event : more) account = account.with(event);
    return account;
  }

  private static AccountState with(ServerRole role) {
    return account(new AccountEvent.RoleChanged(role));
  }

  private static boolean mayDisable(ServerRole by, ServerRole whom) {
    return !(with(whom).decide(by, new AccountAct.Disable()).reply() instanceof Refused);
  }

  @Test
  void administratorsActOnMembersAndGuestsAndOwnersOnEverybody() {
    for (var whom : ServerRole.values()) {
      assertThat(mayDisable(ServerRole.OWNER, whom)).isTrue();
      assertThat(mayDisable(ServerRole.ADMINISTRATOR, whom))
          .isEqualTo(whom == ServerRole.MEMBER || whom == ServerRole.GUEST);
      assertThat(mayDisable(ServerRole.MEMBER, whom)).isFalse();
      assertThat(mayDisable(ServerRole.GUEST, whom)).isFalse();
    }
  }

  @Test
  void onlyOwnersAppointAdministratorsAndOwners() {
    for (var role : List.of(ServerRole.ADMINISTRATOR, ServerRole.OWNER)) {
      var appoint = new AccountAct.ChangeRole(role);
      assertThat(account().decide(ServerRole.ADMINISTRATOR, appoint).reply())
          .isEqualTo(Refused.because(Code.NOT_ALLOWED));
      assertThat(account().decide(ServerRole.OWNER, appoint).events())
          .containsExactly(new AccountEvent.RoleChanged(role));
    }
  }

  @Test
  void aRepeatedActAddsNoEvent() {
    var disabled = account(new AccountEvent.Disabled());

    assertThat(disabled.decide(ServerRole.OWNER, new AccountAct.Disable()).events()).isEmpty();
    assertThat(account().decide(ServerRole.OWNER, new AccountAct.Enable()).events()).isEmpty();
  }

  @Test
  void anEnabledMemberIsStoredLikeOneWithoutDecisions() {
    var account = account(new AccountEvent.Disabled(), new AccountEvent.Enabled());

    assertThat(account).isEqualTo(account());
  }

  @Test
  void aCodeIsGoodUntilItExpiresOrAPasswordIsSet() {
    var account = account(new AccountEvent.ResetAllowed("code", NOON.plusSeconds(60)));

    assertThat(account.isResetBy("code", NOON.plusSeconds(59))).isTrue();
    assertThat(account.isResetBy("code", NOON.plusSeconds(60))).isFalse();
    assertThat(account.isResetBy("other", NOON)).isFalse();
    assertThat(account.with(new AccountEvent.PasswordSet("new")).isResetBy("code", NOON)).isFalse();
  }

  @Test
  void aDeletedAccountHasNoRole() {
    var account = with(ServerRole.OWNER);
    for (var event :
        account.decide(ServerRole.OWNER, new AccountAct.Erase(Optional.empty())).events())
      account = account.with(event);

    assertThat(account.serverRole()).isEqualTo(ServerRole.MEMBER);
    assertThat(account.decide(ServerRole.OWNER, new AccountAct.Disable()).reply())
        .isEqualTo(Refused.because(Code.UNKNOWN_USER));
  }
}
