package kith.node.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubnetTest {
  @Test
  void aNetworkContainsAddressesWithItsPrefix() {
    assertContains("10.0.0.0/8", "10.255.1.2", "11.0.0.1");
    assertContains("172.16.0.0/12", "172.31.255.255", "172.32.0.0");
    assertContains("192.168.4.0/22", "192.168.7.255", "192.168.8.0");
    assertContains("fc00::/7", "fdab::1", "fe00::1");
    assertContains("0.0.0.0/0", "203.0.113.9", "::1");
  }

  @Test
  void anAddressContainsOnlyItself() {
    assertContains("192.0.2.1", "192.0.2.1", "192.0.2.2");
    assertContains("2001:db8::1", "2001:db8:0::1", "2001:db8::2");
  }

  @Test
  void anIPv4MappedIPv6AddressMatchesItsIPv4Address() {
    assertContains("192.0.2.0/24", "::ffff:192.0.2.7", "::ffff:192.0.3.7");
  }

  @Test
  void invalidSubnetsAreRefused() {
    for (var text : List.of("", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "proxy", "10.0.0.0/8/8"))
      assertThatThrownBy(() -> Subnet.of(text))
          .describedAs(text)
          .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertContains(String subnet, String inside, String outside) {
    assertThat(Subnet.of(subnet).contains(InetAddress.ofLiteral(inside))).isTrue();
    assertThat(Subnet.of(subnet).contains(InetAddress.ofLiteral(outside))).isFalse();
  }
}
