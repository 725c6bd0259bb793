package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountPartsTest {
  sealed interface OfOne extends Account.PartCommand {}

  sealed interface OfAnother extends Account.PartCommand {}

  record Own() implements OfOne {}

  record Claimed() implements OfOne, OfAnother {}

  @Test
  void aCommandWithTwoOwnersIsRefused() {
    assertThatThrownBy(
            () -> AccountParts.checked(List.of(part(OfOne.class), part(OfAnother.class))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Claimed.class.getName());
  }

  @Test
  void commandsWithOneOwnerAreAccepted() {
    var one = part(OfOne.class);

    assertThat(AccountParts.checked(List.of(one))).containsExactly(one);
  }

  private static <C extends Account.PartCommand> AccountPart.Factory<C> part(Class<C> commands) {
    return new AccountPart.Factory<>(
        commands,
        account -> {
          throw new AssertionError("not created");
        });
  }
}
