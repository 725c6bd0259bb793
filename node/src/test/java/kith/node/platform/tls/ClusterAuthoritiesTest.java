package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterAuthoritiesTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofDays(3300));

  private final Authority first = Authority.create(START);
  private final Authority second = Authority.create(LATER);
  private final ClusterAuthorities both = new ClusterAuthorities(List.of(first, second));

  private static ClusterAuthorities only(Authority one) {
    return new ClusterAuthorities(List.of(one));
  }

  @Test
  void aClusterWithoutAnAuthorityNeedsOne() {
    assertThat(new ClusterAuthorities(List.of()).needsAnother(START)).isTrue();
    assertThat(only(first).needsAnother(START)).isFalse();
  }

  @Test
  void anAuthorityHasASuccessorAYearBeforeItEnds() {
    var yearBefore = first.ends().minus(Duration.ofDays(365));

    assertThat(only(first).needsAnother(yearBefore.minusSeconds(1))).isFalse();
    assertThat(only(first).needsAnother(yearBefore)).isTrue();
    assertThat(both.needsAnother(yearBefore)).isFalse();
  }

  @Test
  void aSoleAuthorityIssuesAtOnce() {
    assertThat(only(first).issuer(START)).isEqualTo(first);
  }

  @Test
  void aSuccessorIssuesOnceAllNodesHaveReadIt() {
    assertThat(both.issuer(LATER)).isEqualTo(first);
    assertThat(both.issuer(LATER.plus(Duration.ofHours(23)))).isEqualTo(first);
    assertThat(both.issuer(LATER.plus(Duration.ofDays(1)))).isEqualTo(second);
  }

  @Test
  void allAuthoritiesAreTrustedUntilTheyEnd() {
    assertThat(both.trusted(LATER))
        .containsExactlyInAnyOrder(first.certificate(), second.certificate());
    assertThat(both.trusted(first.ends())).containsExactly(second.certificate());
  }

  @Test
  void aNodesCertificateIsRenewedAfterTwoThirdsOfItsLife() {
    var own = first.issue(START);

    assertThat(own.isDue(START)).isFalse();
    assertThat(own.isDue(START.plus(Duration.ofHours(111)))).isFalse();
    assertThat(own.isDue(START.plus(Duration.ofHours(112)))).isTrue();
  }

  @Test
  void aNodesCertificateIsRenewedWhenTheClockWasSetBack() {
    var own = first.issue(START);

    assertThat(own.isDue(START.minus(Duration.ofHours(12)))).isFalse();
    assertThat(own.isDue(START.minus(Duration.ofHours(13)))).isTrue();
  }

  @Test
  void noKeyIsShown() {
    assertThat(both.toString())
        .isEqualTo(
            "ClusterAuthorities[all=[authority %s, authority %s]]"
                .formatted(second.id(), first.id()));
    assertThat(first.issue(START).toString()).matches("certificate [0-9a-f]+");
  }
}
