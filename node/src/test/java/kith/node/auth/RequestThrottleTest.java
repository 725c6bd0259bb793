package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import kith.node.core.account.TestClock;
import kith.node.platform.config.HttpSettings;
import org.junit.jupiter.api.Test;

class RequestThrottleTest {
  private final TestClock clock = new TestClock();
  private final RequestThrottle throttle =
      new RequestThrottle(new HttpSettings.Requests(10, 2, 100, 3), clock);

  @Test
  void anAccountHasABurstAndThenARate() {
    for (int i = 0; i < 2; i++) assertThat(throttle.take("ann")).isEmpty();

    assertThat(throttle.take("ann")).contains(Duration.ofMillis(100));
    assertThat(throttle.take("bob")).isEmpty();
    clock.advance(Duration.ofMillis(100));
    assertThat(throttle.take("ann")).isEmpty();
    assertThat(throttle.take("ann")).isPresent();
  }

  @Test
  void aClockThatIsSetBackDelaysAnAccountByOneRefillOnly() {
    for (int i = 0; i < 2; i++) assertThat(throttle.take("ann")).isEmpty();
    clock.advance(Duration.ofMinutes(-10));

    assertThat(throttle.take("ann")).contains(Duration.ofMillis(100));
    clock.advance(Duration.ofMillis(100));
    assertThat(throttle.take("ann")).isEmpty();
  }

  @Test
  void anAddressHasItsOwnBurstAndRate() {
    var here = InetAddress.ofLiteral("192.0.2.1");
    for (int i = 0; i < 3; i++) assertThat(throttle.take(here)).isEmpty();

    assertThat(throttle.take(here)).contains(Duration.ofMillis(10));
    assertThat(throttle.take(InetAddress.ofLiteral("192.0.2.2"))).isEmpty();
  }
}
