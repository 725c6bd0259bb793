package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import kith.node.auth.PasswordGuard.Client;
import kith.node.core.account.TestClock;
import kith.node.platform.config.Throttle;
import org.junit.jupiter.api.Test;

class PasswordGuardTest {
  private static final Client PHONE = Client.device("d-phone");
  private static final Client LAPTOP = Client.device("d-laptop");

  private final TestClock clock = new TestClock();
  private final PasswordGuard guard =
      new PasswordGuard(
          new Throttle(2, Duration.ofSeconds(30)), new Throttle(5, Duration.ofMinutes(1)), clock);

  private static Client at(String address) {
    return Client.network(ClientNetwork.of(InetAddress.ofLiteral(address)));
  }

  private Optional<Duration> wrong(Client client) {
    return guard.take(client);
  }

  private void right(Client client) {
    assertThat(guard.take(client)).isEmpty();
    guard.giveBack(client);
  }

  @Test
  void anAddressHasItsOwnAttempts() {
    for (int i = 0; i < 2; i++) assertThat(wrong(at("192.0.2.1"))).isEmpty();

    assertThat(wrong(at("192.0.2.1"))).contains(Duration.ofSeconds(30));
    assertThat(wrong(at("192.0.2.2"))).isEmpty();
    clock.advance(Duration.ofSeconds(30));
    assertThat(wrong(at("192.0.2.1"))).isEmpty();
  }

  @Test
  void anIpv6NetworkOf64BitsIsOneAddress() {
    wrong(at("2001:db8:1:2::1"));
    wrong(at("2001:db8:1:2::2"));

    assertThat(wrong(at("2001:db8:1:2:ffff::3"))).isPresent();
    assertThat(wrong(at("2001:db8:1:3::1"))).isEmpty();
  }

  @Test
  void rightPasswordsDoNotCount() {
    for (int i = 0; i < 100; i++) right(at("192.0.2.1"));
    for (int i = 0; i < 100; i++) right(PHONE);

    assertThat(guard.isCounting()).isFalse();
    for (int i = 0; i < 2; i++) assertThat(wrong(at("192.0.2.1"))).isEmpty();
  }

  @Test
  void passwordsThatAreComparedAtTheSameTimeCountTogether() {
    for (int i = 0; i < 2; i++) assertThat(guard.take(PHONE)).isEmpty();

    assertThat(guard.take(PHONE)).as("before any was compared").isPresent();
  }

  @Test
  void allAddressesTogetherExhaustTheirAttemptsButNotThoseOfKnownDevices() {
    for (int i = 0; i < 5; i++) assertThat(wrong(at("192.0.2." + i))).isEmpty();

    assertThat(wrong(at("192.0.2.9"))).contains(Duration.ofMinutes(1));
    right(PHONE);
    clock.advance(Duration.ofMinutes(1));
    assertThat(wrong(at("192.0.2.9"))).as("was not counted when it was refused").isEmpty();
  }

  @Test
  void aStolenDeviceHasItsOwnAttempts() {
    for (int i = 0; i < 2; i++) assertThat(wrong(PHONE)).isEmpty();

    assertThat(wrong(PHONE)).isPresent();
    right(LAPTOP);
    right(at("192.0.2.1"));
  }

  @Test
  void wrongPasswordsCountUntilAllAttemptsAreAvailableAgain() {
    wrong(PHONE);
    assertThat(guard.isCounting()).isTrue();
    clock.advance(Duration.ofSeconds(30));
    assertThat(guard.isCounting()).isFalse();

    wrong(at("192.0.2.1"));
    clock.advance(Duration.ofSeconds(59));
    assertThat(guard.isCounting()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(guard.isCounting()).isFalse();
  }
}
