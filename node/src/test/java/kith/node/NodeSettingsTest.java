package kith.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kith.node.platform.config.ClusterSettings;
import kith.node.platform.config.ClusterSettings.Remoting;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.config.StartFailure;
import kith.node.platform.config.Subnet;
import kith.node.platform.config.Throttle;
import kith.node.platform.config.Tls;
import kith.protocol.ServerRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
  @TempDir Path directory;

  @Test
  void theShippedFileIsCompleteAndValid() {
    var settings = NodeSettings.read(Optional.empty(), Map.of(), Map.of());

    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.database().url()).isEmpty();
    assertThat(settings.database().embeddedPort()).isEmpty();
    assertThat(settings.accounts().refreshLifetime()).isEqualTo(Duration.ofDays(90));
    assertThat(settings.accounts().perAddress()).isEqualTo(new Throttle(30, Duration.ofSeconds(5)));
    assertThat(settings.rooms().relayBytes()).isEqualTo(1 << 20);
    assertThat(settings.rooms().idempotency().age()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.sessions().noProgress()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aFileNeedsOnlyTheChangedKeys() {
    var settings = read("kith.http.port = 9000");

    assertThat(settings.http().port()).isEqualTo(9000);
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void theEnvironmentWinsOverTheShippedFile() {
    var environment =
        Map.of("KITH_HTTP_PORT", "9001", "KITH_DATABASE_URL", "jdbc:postgresql://db/kith");

    var settings = NodeSettings.read(Optional.empty(), Map.of(), environment);

    assertThat(settings.http().port()).isEqualTo(9001);
    assertThat(settings.database().url()).contains("jdbc:postgresql://db/kith");
  }

  @Test
  void theBucketOfFilesComesFromTheEnvironment() {
    var keys = Map.of("KITH_S3_ACCESS_KEY", "ann", "KITH_S3_SECRET_KEY", "hidden");
    var environment = new HashMap<>(keys);
    environment.put("KITH_S3_BUCKET", "files");

    var s3 = NodeSettings.read(Optional.empty(), Map.of(), environment).files().s3().orElseThrow();

    assertThat(s3.bucket()).isEqualTo("files");
    assertThat(s3.endpoint()).isEmpty();
    assertThat(s3.toString()).contains("ann").doesNotContain("hidden");
    assertThat(NodeSettings.read(Optional.empty(), Map.of(), keys).files().s3()).isEmpty();
    var archive = read("kith.retention.archive.s3.bucket = old").retention().archive();
    assertThat(archive.orElseThrow()).isInstanceOf(RetentionSettings.Archive.Bucket.class);
    assertThatThrownBy(() -> read("kith.retention.archive { directory = a, s3.bucket = old }"))
        .hasMessageContaining("kith.retention.archive.directory and s3.bucket cannot both be set");
  }

  @Test
  void wrongSettingsOfABucketAreNamed() {
    assertThatThrownBy(() -> read("kith.files.store = s3"))
        .hasMessageContaining("kith.files.store is s3, but s3.bucket is not set");
    assertThatThrownBy(() -> read("kith.files.store = disk"))
        .hasMessageContaining("must be postgresql or s3");
    assertThatThrownBy(() -> read("kith.files.s3 { bucket = a, access-key = b }"))
        .hasMessageContaining("kith.files.s3.access-key");
    assertThatThrownBy(() -> read("kith.files.s3 { bucket = a, endpoint = example.org }"))
        .hasMessageContaining("kith.files.s3.endpoint");
  }

  @Test
  void aListInTheEnvironmentHasCommas() {
    var environment =
        Map.of(
            "KITH_HTTP_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1",
            "KITH_HTTP_ALLOWED_ORIGINS", "https://chat.example.org");

    var settings = NodeSettings.read(Optional.empty(), Map.of(), environment);

    assertThat(settings.http().trustedProxies())
        .containsExactly(Subnet.of("10.0.0.0/8"), Subnet.of("192.0.2.1"));
    assertThat(settings.http().allowedOrigins()).containsExactly("https://chat.example.org");
    assertThat(settings.cluster().seedNodes()).isEmpty();
  }

  @Test
  void aProxyMustBeANetworkOrAnAddress() {
    assertThatThrownBy(() -> read("kith.http.trusted-proxies = [proxy]"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.http.trusted-proxies must contain networks or addresses");
  }

  @Test
  void aPasswordMayBeReadFromAFile() throws IOException {
    var secret = Files.writeString(directory.resolve("secret"), "hunter2\n");

    var settings = read("kith.database.password-file = \"" + secret + "\"");

    assertThat(settings.database().password()).contains("hunter2");
  }

  @Test
  void theDatabaseUrlMayBeReadFromAFile() throws IOException {
    var file = Files.writeString(directory.resolve("url"), "jdbc:postgresql://db/kith\n");

    var database = read("kith.database.url-file = \"" + file + "\"").database();

    assertThat(database.url()).contains("jdbc:postgresql://db/kith");
    assertThat(database.urlFile()).contains(file);
    assertThatThrownBy(() ->
            read("kith.database { url-file = \"" + file + "\", url = \"jdbc:postgresql:x\" }"))
        .hasMessageStartingWith("kith.database.url-file must not be set when url is");
  }

  @Test
  void somebodyMustBeAbleToSignIn() {
    assertThatThrownBy(() -> read("kith.identity.passwords = false"))
        .hasMessageContaining("kith.identity.passwords must be true without providers");
    assertThatThrownBy(() ->
            read(
                "kith.identity.providers.company { issuer = \"http://login.example.org\", client-id"
                    + " = kith }"))
        .hasMessageContaining("kith.identity.providers.company.issuer must be an address such as");
  }

  @Test
  void aProviderNeedsOnlyAnIssuerAndAClient() {
    var identity =
        read("""
        kith.identity {
          passwords = false
          providers.company {
            issuer = "https://login.example.org", client-id = kith, groups-claim = groups
            roles { administrator = [admins], guest = [partners, visitors] }
            rooms { lobby = [staff, partners], "Room No. 1" = [admins] }
          }
        }
        """)
            .identity();

    var company = identity.providers().getFirst();
    assertThat(company.name()).isEqualTo("company");
    assertThat(company.role(List.of("visitors", "admins"))).hasValue(ServerRole.ADMINISTRATOR);
    assertThat(company.role(List.of("visitors"))).hasValue(ServerRole.GUEST);
    assertThat(company.role(List.of("staff"))).isEmpty();
    assertThat(company.rooms(List.of("staff", "admins")))
        .containsExactlyInAnyOrder("lobby", "Room No. 1");
    assertThat(company.rooms(List.of("visitors"))).isEmpty();
  }

  @Test
  void theRoomsThatAProviderGivesAreLimited() {
    var rooms =
        IntStream.rangeClosed(0, 100)
            .mapToObj(n -> "room-" + n + " = [staff]")
            .collect(Collectors.joining(", "));

    assertThatThrownBy(() ->
            read(
                "kith.identity.providers.company { issuer = \"https://login.example.org\", client-id"
                    + " = kith, rooms { "
                    + rooms
                    + " } }"))
        .hasMessageContaining("kith.identity.providers.company.rooms has more than 100 rooms");
  }

  @Test
  void keysOfTokensCannotBeReplacedTooOften() {
    assertThatThrownBy(() -> read("kith.accounts.token-keys.rotate-after = 59m"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.accounts.token-keys.rotate-after must be at least 1h");
  }

  @Test
  void aShortSecretForTokenKeysIsRefusedAndNotRepeated() throws IOException {
    var key = "kith.accounts.token-keys.secret";
    var file = Files.writeString(directory.resolve("secret"), "0123456789abcdef0123456789abcdef\n");

    assertThat(read(key + "-file = \"" + file + "\"").accounts().tokenKeys().secret())
        .contains("0123456789abcdef0123456789abcdef");
    assertThatThrownBy(() -> read(key + " = hunter2"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(key + " must have at least 32 characters")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void anInvalidPasswordFileIsRefused() throws IOException {
    var secret = Files.writeString(directory.resolve("secret"), "\n");
    var key = "kith.database.password-file";

    assertThatThrownBy(() -> read(key + " = \"" + secret + "\""))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(key + " names an empty file");
    assertThatThrownBy(() -> read(key + " = none"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(key + " names a file that cannot be read");
    assertThatThrownBy(() -> read(key + " = \"" + secret + "\"\nkith.database.password = hunter2"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(key + " must not be set when password is")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theClusterHostIsDetectedWhenItIsAuto() {
    var found = read("kith.cluster.host = auto").at(() -> "192.0.2.1").cluster();

    assertThat(found.host()).isEqualTo("192.0.2.1");
    assertThat(found.bindHost()).isEqualTo("192.0.2.1");
  }

  @Test
  void theClusterHostIsNotDetectedWhenItIsGiven() {
    var given = read("kith.cluster { host = node1, bind-host = \"0.0.0.0\" }");

    assertThat(given.at(() -> "192.0.2.1")).isEqualTo(given);
    assertThat(
            read("kith.cluster { host = auto, bind-host = \"0.0.0.0\" }")
                .at(() -> "192.0.2.1")
                .cluster()
                .bindHost())
        .isEqualTo("0.0.0.0");
  }

  @Test
  void aFlagWinsOverFileAndEnvironment() {
    var settings =
        NodeSettings.read(
            Optional.of(file("kith.http.port = 9000")),
            Map.of("kith.http.port", "9002"),
            Map.of("KITH_HTTP_PORT", "9001"));

    assertThat(settings.http().port()).isEqualTo(9002);
  }

  @Test
  void aTypingErrorInAKeyIsNamed() {
    assertThatThrownBy(() -> read("kith.http.prot = 9000"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("kith.http.prot")
        .hasMessageContaining("my.conf, line 1");
  }

  @Test
  void aKeyOutsideOfKithIsNamed() {
    assertThatThrownBy(() -> read("http.port = 9000"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("http.port is not a setting");
  }

  @Test
  void aValueOfTheWrongKindIsNamedButNotRepeated() {
    assertThatThrownBy(() -> read("kith.rooms.lease = hunter2"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.rooms.lease must be a time such as 10s")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aValueOutOfRangeIsNamed() {
    assertThatThrownBy(() -> read("kith.http.port = 99999"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.http.port is 99999; it must be from 0 to 65535");
  }

  @Test
  void allRequestsOfAnAccountFitIntoOneMessage() {
    for (var key : List.of("sent", "received")) {
      var path = "kith.conversations.requests." + key;
      read(path + " = 200");
      assertThatThrownBy(() -> read(path + " = 201"))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith(path + " is 201; it must be from 1 to 200");
    }
  }

  @Test
  void aBadEnvironmentVariableIsNamed() {
    assertThatThrownBy(
            () -> NodeSettings.read(Optional.empty(), Map.of(), Map.of("KITH_HTTP_PORT", "many")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("kith.http.port must be a whole number")
        .hasMessageContaining("KITH_HTTP_PORT");
  }

  @Test
  void anUnknownChoiceIsRefusedWithTheValidOnes() {
    assertThat(read("kith.http.metrics = private").http().metrics())
        .isEqualTo(HttpSettings.Readers.PRIVATE);
    assertThatThrownBy(() -> read("kith.http.metrics = public"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(
            "kith.http.metrics must be one of nobody, loopback, private, everybody");
  }

  @Test
  void tlsNeedsAllItsFilesAndMakesCookiesSecure() {
    var http = read("kith.http.tls { certificate = a.pem, key = b.pem }").http();
    assertThat(http.scheme()).isEqualTo("https");
    assertThat(http.secureCookies()).isTrue();
    assertThat(read("").http().tls()).isEmpty();
    assertThatThrownBy(() -> read("kith.http.tls.certificate = a.pem"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.http.tls.key must be set when certificate is");
    assertThatThrownBy(() -> read("kith.cluster.tls { certificate = a.pem, key = b.pem }"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.cluster.tls.authority must be set when");
  }

  @Test
  void nodesUseTheClustersOwnAuthorityUnlessTheOperatorDecidesOtherwise() {
    assertThat(read("").cluster().remoting()).isEqualTo(new Remoting.ClusterAuthority());
    assertThat(read("kith.cluster.tls { certificate = a, key = b, authority = c }").cluster())
        .extracting(ClusterSettings::remoting)
        .isEqualTo(
            new Remoting.PemFiles(new Tls(Path.of("a"), Path.of("b"), Optional.of(Path.of("c")))));
    assertThat(read("kith.cluster.tls.insecure-plain-remoting = true").cluster().remoting())
        .isEqualTo(new Remoting.InsecurePlain());
  }

  @Test
  void plainRemotingCannotBeCombinedWithCertificates() {
    var both =
        "kith.cluster.tls { certificate = a, key = b, authority = c, insecure-plain-remoting = true"
            + " }";

    assertThatThrownBy(() -> read(both))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(
            "kith.cluster.tls.insecure-plain-remoting must not be true when certificate is set");
  }

  @Test
  void aFrameMustHoldABody() {
    assertThatThrownBy(() -> read("kith.sessions.frame = 8 KiB"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.sessions.frame must be larger than body");
  }

  @Test
  void aPageFitsIntoAFrameOfTheNode() {
    assertThatThrownBy(() -> read("kith.rooms.page-bytes = 1 MiB"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.rooms.page-bytes must be at most 512 KiB");
  }

  @Test
  void theBytesWaitingForASocketStayBelowTheSafeguard() {
    assertThatThrownBy(() -> read("kith.sessions.outbound = 64 MiB"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.sessions.outbound must be at most 32 MiB");
  }

  @Test
  void anInvitationIsValidForAMinuteToAYear() {
    for (var wrong : List.of("30s", "366d"))
      assertThatThrownBy(() -> read("kith.rooms.invitation-validity = " + wrong))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith("kith.rooms.invitation-validity must be from a minute to a year");
  }

  @Test
  void silenceMustOutlastAPing() {
    assertThatThrownBy(() -> read("kith.sessions.silence = 20s"))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.sessions.silence must be longer than ping");
  }

  @Test
  void invalidHoconIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("kith {\n  http {"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("my.conf");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() ->
            NodeSettings.read(Optional.of(directory.resolve("none.conf")), Map.of(), Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("none.conf");
  }

  private NodeSettings read(String content) {
    return NodeSettings.read(Optional.of(file(content)), Map.of(), Map.of());
  }

  private Path file(String content) {
    try {
      return Files.writeString(directory.resolve("my.conf"), content);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void aFreshServerHasALobby() {
    assertThat(NodeSettings.read(Optional.empty(), Map.of(), Map.of()).lobby().name())
        .contains("lobby");
  }
}
