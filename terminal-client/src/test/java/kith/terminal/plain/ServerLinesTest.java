package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The choice of a server by its name.
class ServerLinesTest {
  private static final ServerLines.Login ANN = new ServerLines.Login("alpha.org", "ann", "default");
  private static final ServerLines.Login BOB = new ServerLines.Login("alpha.org", "bob", "bob");
  private static final ServerLines.Login EVE = new ServerLines.Login("beta.org", "eve", "eve");
  private static final List<ServerLines.Login> ALL = List.of(ANN, BOB, EVE);

  @Test
  void aServerIsNamedByItsAddressItsAccountOrItsProfile() {
    assertThat(ServerLines.named(ALL, "Beta.org")).isEqualTo(EVE);
    assertThat(ServerLines.named(ALL, "be")).isEqualTo(EVE);
    assertThat(ServerLines.named(ALL, "bob@alpha.org")).isEqualTo(BOB);
    assertThat(ServerLines.named(ALL, "default")).isEqualTo(ANN);
  }

  @Test
  void aNameOfSeveralOrNoServersChoosesNone() {
    assertThatThrownBy(() -> ServerLines.named(ALL, "alpha.org"))
        .hasMessage("alpha.org may be any of ann@alpha.org, bob@alpha.org.");
    assertThatThrownBy(() -> ServerLines.named(ALL, "gamma.org"))
        .hasMessage("There is no login at gamma.org: /server add gamma.org");
  }

  @Test
  void theOpenServerIsMarked() {
    assertThat(ServerLines.of(ALL, "bob"))
        .containsExactly("alpha.org, as ann", "alpha.org, as bob, open now", "beta.org, as eve");
  }
}
