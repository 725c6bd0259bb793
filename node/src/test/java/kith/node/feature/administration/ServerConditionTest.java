package kith.node.feature.administration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.feature.administration.ServerCondition.Announced;
import kith.node.feature.administration.ServerCondition.BannedNetwork;
import kith.node.platform.config.Subnet;
import org.junit.jupiter.api.Test;

class ServerConditionTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static ServerCondition banning(String network, Optional<Instant> until) {
    var ban = new BannedNetwork(Subnet.of(network), network, NOON, "olga", until, Optional.empty());
    return new ServerCondition(1, Optional.empty(), List.of(ban), List.of());
  }

  private static boolean bans(ServerCondition condition, String address) {
    return condition.bans(InetAddress.ofLiteral(address), NOON);
  }

  @Test
  void aBanIsForAllAddressesOfTheNetworkAndNoOthers() {
    var condition = banning("203.0.113.0/24", Optional.empty());

    assertThat(bans(condition, "203.0.113.255")).isTrue();
    assertThat(bans(condition, "203.0.114.0")).isFalse();
    assertThat(bans(condition, "::1")).isFalse();
    assertThat(bans(banning("2001:db8::/32", Optional.empty()), "2001:db8:1::7")).isTrue();
  }

  @Test
  void aBanEnds() {
    assertThat(bans(banning("::1/128", Optional.of(NOON.plusSeconds(1))), "::1")).isTrue();
    assertThat(bans(banning("::1/128", Optional.of(NOON)), "::1")).isFalse();
  }

  @Test
  void oneNetworkHasOneSpelling() {
    assertThat(Subnet.of("203.0.113.77/24").masked().text()).isEqualTo("203.0.113.0/24");
    assertThat(Subnet.of("203.0.113.77").masked().text()).isEqualTo("203.0.113.77/32");
    assertThat(Subnet.of("10.255.0.0/9").masked().text()).isEqualTo("10.128.0.0/9");
  }

  @Test
  void onlyValidAnnouncementsAreShown() {
    var condition =
        new ServerCondition(
            1,
            Optional.empty(),
            List.of(),
            List.of(
                new Announced(1, NOON, NOON, "over", "olga"),
                new Announced(2, NOON, NOON.plusSeconds(1), "valid", "olga")));

    assertThat(condition.notices(NOON).announcements())
        .extracting(it -> it.text())
        .containsExactly("valid");
  }

  @Test
  void inMaintenancePeopleLogInAndOutAndAdministratorsWork() {
    for (var path : List.of("tokens", "devices", "admin"))
      assertThat(ServerGuard.isAllowed(List.of("v1", path, "x"))).as(path).isTrue();
    for (var path : List.of("accounts", "rooms", "files", "account"))
      assertThat(ServerGuard.isAllowed(List.of("v1", path))).as(path).isFalse();
    assertThat(ServerGuard.isAllowed(List.of("tokens"))).isFalse();
  }
}
