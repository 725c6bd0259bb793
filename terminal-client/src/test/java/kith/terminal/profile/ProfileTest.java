package kith.terminal.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import kith.protocol.rest.Accounts;
import kith.terminal.net.Refused;
import kith.terminal.net.TokenSource;
import kith.terminal.net.Unreachable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins on disk.
class ProfileTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  private static final Profile.Home ANN =
      new Profile.Home(List.of("http://one", "http://two"), "ann");

  @TempDir private Path directory;
  private Places places = new Places(Path.of("unset"), Path.of("unset"));

  @BeforeEach
  void setUp() {
    places = new Places(directory.resolve("config"), directory.resolve("state"));
  }

  private Profile profile() {
    return Profile.named(places, "work");
  }

  private static Accounts.Tokens tokens(int number, Instant expires) {
    return tokens("ann", number, expires);
  }

  private static Accounts.Tokens tokens(String user, int number, Instant expires) {
    return new Accounts.Tokens(
        user,
        "d-1",
        Optional.of("access-" + number),
        expires,
        Optional.of("refresh-" + number),
        NOON.plusSeconds(1_000_000));
  }

  private static Accounts.Tokens fresh(int number) {
    return tokens(number, NOON.plusSeconds(900));
  }

  private static ProfileTokens never(Profile profile) {
    return new ProfileTokens(
        profile,
        ANN,
        _ -> {
          throw new AssertionError("no refresh is due");
        },
        CLOCK);
  }

  @Test
  void aLoginIsFoundByTheNextRun() {
    profile().loggedIn(List.of("http://one", "http://two"), fresh(1));

    assertThat(profile().home())
        .contains(new Profile.Home(List.of("http://one", "http://two"), "ann"));
    assertThat(Access.of(profile()))
        .hasValueSatisfying(access ->
            assertThat(access.nodes())
                .containsExactly(URI.create("http://one"), URI.create("http://two")));
    assertThat(never(profile()).token(false)).isEqualTo(new TokenSource.Token("access-1"));
  }

  @Test
  void onlyTheOwnerCanReadTheTokens() throws IOException {
    profile().loggedIn(List.of("http://one"), fresh(1));

    var file = places.state().resolve("work/tokens.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.resolveSibling("."))) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("tokens.json", "tokens.lock");
    }
  }

  @Test
  void aTokenCloseToItsExpiryIsRefreshedAndStored() {
    profile().loggedIn(List.of("http://one"), tokens(1, NOON.plusSeconds(10)));
    var refreshed = new ProfileTokens(profile(), ANN, old -> next(old, "refresh-1"), CLOCK);

    assertThat(refreshed.token(false)).isEqualTo(new TokenSource.Token("access-2"));
    assertThat(never(profile()).token(false)).isEqualTo(new TokenSource.Token("access-2"));
  }

  private static Accounts.Tokens next(String given, String expected) {
    assertThat(given).isEqualTo(expected);
    return fresh(2);
  }

  @Test
  void aRefusedTokenIsRefreshedBeforeItsExpiry() {
    profile().loggedIn(List.of("http://one"), fresh(1));
    var source = new ProfileTokens(profile(), ANN, old -> next(old, "refresh-1"), CLOCK);
    assertThat(source.token(false)).isEqualTo(new TokenSource.Token("access-1"));

    assertThat(source.token(true)).isEqualTo(new TokenSource.Token("access-2"));
  }

  @Test
  void aTokenRefreshedByAnotherProcessIsUsed() {
    profile().loggedIn(List.of("http://one"), fresh(1));
    var source = never(profile());
    assertThat(source.token(false)).isEqualTo(new TokenSource.Token("access-1"));

    profile().keep(fresh(2));

    assertThat(source.token(true)).isEqualTo(new TokenSource.Token("access-2"));
  }

  @Test
  void concurrentClientsRefreshOnce() throws Exception {
    profile().loggedIn(List.of("http://one"), tokens(1, NOON));
    var refreshes = new AtomicInteger();
    try (var clients = Executors.newFixedThreadPool(8)) {
      var answers =
          clients.invokeAll(
              Collections.nCopies(
                  8,
                  () ->
                      new ProfileTokens(
                              profile(), ANN, _ -> fresh(1 + refreshes.incrementAndGet()), CLOCK)
                          .token(false)));
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(new TokenSource.Token("access-2"));
      }
    }
    assertThat(refreshes).hasValue(1);
  }

  @Test
  void aRefusedRefreshNeedsALoginAndAnUnreachableServerARetry() {
    profile().loggedIn(List.of("http://one"), tokens(1, NOON));

    var ended =
        new ProfileTokens(
            profile(),
            ANN,
            _ -> {
              throw new Refused(401, "device-ended", "Logged out.", OptionalLong.empty());
            },
            CLOCK);
    var nobody =
        new ProfileTokens(
            profile(),
            ANN,
            _ -> {
              throw new Unreachable("Nobody.");
            },
            CLOCK);

    assertThat(ended.token(false))
        .isEqualTo(new TokenSource.LogInAgain("device-ended", "Logged out."));
    assertThat(nobody.token(false)).isEqualTo(new TokenSource.NotNow("Nobody."));
  }

  @Test
  void aLogoutDeletesTheTokensAndKeepsTheServer() {
    profile().loggedIn(List.of("http://one"), fresh(1));

    profile().loggedOut();

    assertThat(profile().isLoggedIn()).isFalse();
    assertThat(profile().home()).isPresent();
  }

  @Test
  void theNextLoginOnTheSameServerShowsThatTheDeviceIsKnown() {
    profile().loggedIn(List.of("http://one", "http://two"), fresh(1));

    assertThat(profile().earlierLogin(List.of("http://two"))).contains("refresh-1");
    assertThat(profile().earlierLogin(List.of("http://elsewhere"))).isEmpty();
    profile().loggedOut();
    assertThat(profile().earlierLogin(List.of("http://two"))).isEmpty();
  }

  @Test
  void aLoginOfAnotherAccountGetsAProfileNamedAfterTheUser() {
    var url = List.of("http://one");
    profile().loggedIn(url, fresh(1));
    var bobs = tokens("bob", 7, NOON.plusSeconds(900));

    var kept = Profiles.keep(places, profile(), url, bobs);
    var again = Profiles.keep(places, profile(), url, bobs);
    var elsewhere = Profiles.keep(places, profile(), List.of("http://elsewhere"), bobs);

    assertThat(never(profile()).token(false)).isEqualTo(new TokenSource.Token("access-1"));
    assertThat(List.of(kept.name(), again.name(), elsewhere.name()))
        .containsExactly("bob", "bob", "bob-2");
    assertThat(kept.home()).contains(new Profile.Home(url, "bob"));
  }

  @Test
  void aLoginOfTheSameAccountOrAfterALogoutReusesTheProfile() {
    var url = List.of("http://one");
    profile().loggedIn(url, fresh(1));

    var newNode = Profiles.keep(places, profile(), List.of("http://one", "http://new"), fresh(2));
    profile().loggedOut();
    var bob = Profiles.keep(places, profile(), url, tokens("bob", 7, NOON.plusSeconds(900)));

    assertThat(List.of(newNode.name(), bob.name())).containsExactly("work", "work");
  }

  @Test
  void aUserNameIsConvertedToAValidProfileName() {
    assertThat(Profiles.of(places, "jürgen+1").name()).isEqualTo("j_rgen_1");
  }

  @Test
  void aRunningClientIgnoresTheTokensOfAnotherAccount() {
    profile().loggedIn(List.of("http://one"), fresh(1));
    var anns = never(profile());
    profile().loggedOut();
    profile().loggedIn(List.of("http://one"), tokens("bob", 7, NOON.plusSeconds(900)));

    assertThat(anns.token(false))
        .isEqualTo(
            new TokenSource.LogInAgain(
                "profile-taken",
                "This profile now belongs to bob; log in again or use --profile."));
  }

  @Test
  void aRunningClientIgnoresTheTokensOfAnotherServer() {
    profile().loggedIn(List.of("http://one"), fresh(1));
    var anns = never(profile());
    profile().loggedOut();
    profile().loggedIn(List.of("http://elsewhere"), tokens(2, NOON));

    assertThat(anns.token(true)).isInstanceOf(TokenSource.LogInAgain.class);
  }

  @Test
  void aProfileNameCannotContainAPath() {
    assertThatThrownBy(() -> Profile.named(places, "../other"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theEnvironmentSelectsTheDirectories() {
    var home = Path.of("/home/ann");

    assertThat(Places.of(Map.of(), home))
        .isEqualTo(new Places(home.resolve(".config/kith"), home.resolve(".local/state/kith")));
    assertThat(Places.of(Map.of("XDG_STATE_HOME", "/s", "XDG_CONFIG_HOME", "not/absolute"), home))
        .isEqualTo(new Places(home.resolve(".config/kith"), Path.of("/s/kith")));
    assertThat(Places.of(Map.of("HOME", "/elsewhere", "XDG_STATE_HOME", "/s"), home))
        .isEqualTo(new Places(Path.of("/elsewhere/.config/kith"), Path.of("/s/kith")));
  }
}
