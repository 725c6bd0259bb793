package kith.node.feature.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import kith.node.feature.courier.AddressPolicy.Verdict;
import kith.node.platform.config.Subnet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private static final AddressPolicy STANDARD = new AddressPolicy(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00::1",
        "64:ff9b::101:101",
        "2002:101:101::1",
      })
  void publicAddressesAreAllowed(String address) {
    assertThat(STANDARD.of(InetAddress.ofLiteral(address))).isEqualTo(Verdict.PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
      })
  void addressesInsideAreRefused(String address) {
    assertThat(STANDARD.of(InetAddress.ofLiteral(address))).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void anOperatorAllowsNetworksAndNoOthers() {
    var policy = new AddressPolicy(List.of(Subnet.of("10.1.0.0/16"), Subnet.of("::1")));

    assertThat(policy.of(InetAddress.ofLiteral("10.1.2.3"))).isEqualTo(Verdict.PRIVATE);
    assertThat(policy.of(InetAddress.ofLiteral("::1"))).isEqualTo(Verdict.PRIVATE);
    assertThat(policy.of(InetAddress.ofLiteral("10.2.0.1"))).isEqualTo(Verdict.REFUSED);
    assertThat(policy.of(InetAddress.ofLiteral("127.0.0.1"))).isEqualTo(Verdict.REFUSED);
  }
}
