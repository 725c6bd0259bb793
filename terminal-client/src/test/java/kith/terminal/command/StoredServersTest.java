package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.protocol.rest.Accounts;
import kith.terminal.profile.Access;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import kith.terminal.profile.ServersFile;
import kith.terminal.runtime.FirstServers;
import kith.terminal.runtime.FirstServers.First;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ann is logged in at alpha, and as bob at beta. Which of them does a window open?
class StoredServersTest {
  private static final String ALPHA = "https://alpha.example";
  private static final String BETA = "https://beta.example:8443";

  @TempDir private Path directory;

  private Places places() {
    return new Places(directory.resolve("config/kith"), directory.resolve("state/kith"));
  }

  @BeforeEach
  void logIn() {
    stored("default", "ann", ALPHA);
    stored("bob", "bob", BETA);
  }

  private void stored(String profile, String user, String server) {
    var tokens =
        new Accounts.Tokens(
            user, "d-1", Optional.of("a"), Instant.MAX, Optional.of("r"), Instant.MAX);
    assertThat(Profile.named(places(), profile).loggedIn(List.of(server), tokens)).isTrue();
  }

  private Options options(Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    return new Options(environment);
  }

  private Options options() {
    return options(Map.of());
  }

  private static FirstServers opened(Options options) {
    Optional<Access> usual;
    try {
      usual = Optional.of(options.access());
    } catch (NotLoggedIn none) {
      usual = Optional.empty();
    }
    return new StoredServers(options).first(usual);
  }

  private static List<Optional<String>> others(FirstServers first) {
    return first.others().stream().map(First::profile).toList();
  }

  @Test
  void withoutAListTheUsualLoginIsOpenedAlone() {
    var first = opened(options());

    assertThat(first.shown().profile()).contains("default");
    assertThat(first.others()).isEmpty();
  }

  @Test
  void theListIsOpenedWithTheLastShownServerInFront() {
    ServersFile.in(places()).keep(List.of("default", "bob"));
    ServersFile.in(places()).show("bob");

    var first = opened(options());

    assertThat(first.shown().profile()).contains("bob");
    assertThat(others(first)).containsExactly(Optional.of("default"));
  }

  @Test
  void anAddressPutsItsServerInFront() {
    ServersFile.in(places()).keep(List.of("default", "bob"));
    var beta = options();
    beta.setServer(BETA);
    var gamma = options();
    gamma.setServer("https://gamma.example");

    assertThat(opened(beta).shown().profile()).contains("bob");
    assertThat(opened(gamma).shown().access()).isEmpty();
    assertThat(opened(gamma).shown().address()).isEqualTo("https://gamma.example");
    assertThat(others(opened(gamma))).containsExactly(Optional.of("default"), Optional.of("bob"));
  }

  @Test
  void aNamedAccountIsOpenedAloneAndNothingIsRemembered() {
    ServersFile.in(places()).keep(List.of("default", "bob"));
    var options = options(Map.of("KITH_PROFILE", "bob"));

    var first = opened(options);
    new StoredServers(options).forget("default");

    assertThat(first.shown().profile()).contains("bob");
    assertThat(first.others()).isEmpty();
    assertThat(ServersFile.in(places()).saved().profiles()).containsExactly("default", "bob");
  }

  @Test
  void aProfileThatIsLoggedOutOpensWithTheForm() {
    ServersFile.in(places()).keep(List.of("default", "bob"));
    Profile.named(places(), "bob").loggedOut();

    var bob = opened(options()).others().getFirst();

    assertThat(bob.access()).isEmpty();
    assertThat(bob.address()).isEqualTo(BETA);
    assertThat(bob.user()).contains("bob");
  }

  @Test
  void aStoredLoginIsFoundByItsAddressUnlessItIsOpen() {
    var servers = new StoredServers(options());

    assertThat(user(servers.stored("beta.example:8443", Optional.empty(), List.of())))
        .contains("bob");
    assertThat(user(servers.stored(BETA, Optional.of("Bob"), List.of()))).contains("bob");
    assertThat(servers.stored(BETA, Optional.of("carol"), List.of())).isEmpty();
    assertThat(servers.stored(BETA, Optional.empty(), List.of("bob"))).isEmpty();
    assertThat(servers.stored("gamma.example", Optional.empty(), List.of())).isEmpty();
    assertThat(servers.stored("http://beta.example", Optional.empty(), List.of())).isEmpty();
  }

  private static Optional<String> user(Optional<Access> access) {
    return access.map(Access::user);
  }
}
