package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import kith.node.core.account.TestClock;
import kith.node.platform.config.Throttle;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  private final TestClock clock = new TestClock();
  private final LoginThrottle throttle =
      new LoginThrottle(
          new Throttle(3, Duration.ofSeconds(10)),
          new Throttle(2, Duration.ofSeconds(30)),
          new Throttle(5, Duration.ofMinutes(1)),
          clock,
          4);

  @Test
  void aBurstPassesAndThenOneAttemptPerRefill() throws UnknownHostException {
    for (int i = 0; i < 3; i++) assertThat(take("10.0.0.1")).isZero();
    assertThat(take("10.0.0.1")).isEqualTo(Duration.ofSeconds(10));

    clock.advance(Duration.ofSeconds(4));
    assertThat(take("10.0.0.1")).isEqualTo(Duration.ofSeconds(6));

    clock.advance(Duration.ofSeconds(6));
    assertThat(take("10.0.0.1")).isZero();
    assertThat(take("10.0.0.1")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void addressesAreThrottledIndependently() throws UnknownHostException {
    for (int i = 0; i < 4; i++) take("10.0.0.1");

    assertThat(take("10.0.0.2")).isZero();
  }

  @Test
  void signUpsAreLimitedPerAddressAndInTotal() throws UnknownHostException {
    for (int i = 0; i < 3; i++) assertThat(takeSignUp("10.0.0.1")).isZero();
    assertThat(takeSignUp("10.0.0.1")).as("of one address").isEqualTo(Duration.ofSeconds(10));
    assertThat(take("10.0.0.1")).as("log-ins count, too").isEqualTo(Duration.ofSeconds(10));

    assertThat(takeSignUp("10.0.0.2")).isZero();
    assertThat(takeSignUp("10.0.0.3")).isZero();
    assertThat(takeSignUp("10.0.0.4")).as("of all addresses").isEqualTo(Duration.ofMinutes(1));
    assertThat(take("10.0.0.5")).as("a log-in").isZero();
  }

  @Test
  void passcodesAreLimitedPerAccountAndPerAddress() throws UnknownHostException {
    assertThat(takePasscode("10.0.0.1", "ann")).isZero();
    assertThat(takePasscode("10.0.0.2", "ann")).isZero();
    assertThat(takePasscode("10.0.0.3", "ann")).as("ann").isEqualTo(Duration.ofSeconds(30));
    assertThat(takePasscode("10.0.0.1", "bob")).isZero();
    assertThat(takePasscode("10.0.0.1", "cem")).isZero();
    assertThat(takePasscode("10.0.0.1", "dan")).as("10.0.0.1").isEqualTo(Duration.ofSeconds(10));
    assertThat(take("10.0.0.1")).as("a log-in").isZero();
  }

  @Test
  void anIpv6NetworkOf64BitsCountsAsOneAddress() throws UnknownHostException {
    for (int i = 0; i < 3; i++) take("2001:db8:1:2::" + i);

    assertThat(take("2001:db8:1:2:ffff::1")).isPositive();
    assertThat(take("2001:db8:1:3::1")).isZero();
  }

  @Test
  void fullBucketsAreRemoved() throws UnknownHostException {
    take("10.0.0.1");
    take("10.0.0.2");
    clock.advance(Duration.ofSeconds(10));
    take("10.0.0.3");

    assertThat(throttle.size()).isOne();
  }

  @Test
  void noMoreAddressesAreRememberedThanTheBound() throws UnknownHostException {
    for (int i = 0; i < 20; i++) take("10.0.0." + i);

    assertThat(throttle.size()).isEqualTo(4);
  }

  private Duration takeSignUp(String address) throws UnknownHostException {
    return throttle.takeSignUp(InetAddress.getByName(address)).orElse(Duration.ZERO);
  }

  private Duration takePasscode(String address, String account) throws UnknownHostException {
    return throttle.takePasscode(InetAddress.getByName(address), account).orElse(Duration.ZERO);
  }

  private Duration take(String address) throws UnknownHostException {
    return throttle.take(InetAddress.getByName(address)).orElse(Duration.ZERO);
  }
}
