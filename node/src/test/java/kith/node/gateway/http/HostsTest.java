package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.NodeSettings;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.junit.jupiter.api.Test;

class HostsTest {
  private static final String HERE = "127.0.0.1";
  private static final String ELSEWHERE = "192.168.1.20";

  private static Hosts ofClients(Map<String, String> settings) {
    return Hosts.ofClients(
        NodeSettings.read(Optional.empty(), settings).http(), List.of("node.example.org"));
  }

  private static HttpRequest from(String peer, String host) {
    return HttpRequest.GET("http://" + host + "/v1/account")
        .addAttribute(
            AttributeKeys.remoteAddress,
            RemoteAddress.create(new InetSocketAddress(InetAddress.ofLiteral(peer), 50_000)));
  }

  @Test
  void aForeignNameIsRefusedOnThisMachine() {
    var hosts = ofClients(Map.of());

    for (var own :
        List.of(
            "127.0.0.1:8080",
            "[::1]:8080",
            "192.168.1.5",
            "localhost:8080",
            "LocalHost",
            "chat.localhost",
            "kith",
            "node.example.org:8080",
            "NODE.example.org.")) assertThat(hosts.allow(from(HERE, own))).as(own).isTrue();
    for (var foreign :
        List.of("evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.nip.io"))
      assertThat(hosts.allow(from(HERE, foreign))).as(foreign).isFalse();
    assertThat(hosts.allow(from("::1", "evil.example"))).isFalse();
  }

  @Test
  void aNameThatOthersUseIsAcceptedWithoutAList() {
    assertThat(ofClients(Map.of()).allow(from(ELSEWHERE, "chat.example.org"))).isTrue();
  }

  @Test
  void aKnownProxyOrACertificateReplacesTheCheck() {
    var proxied = ofClients(Map.of("kith.http.trusted-proxies", "127.0.0.1"));
    var certified =
        ofClients(Map.of("kith.http.tls.certificate", "c.pem", "kith.http.tls.key", "k.pem"));

    assertThat(proxied.allow(from(HERE, "chat.example.org"))).isTrue();
    assertThat(certified.allow(from(HERE, "chat.example.org"))).isTrue();
  }

  @Test
  void aListAppliesToAllAddresses() {
    var hosts =
        ofClients(
            Map.of(
                "kith.http.allowed-hosts", "chat.example.org, kith.example.org",
                "kith.http.trusted-proxies", "127.0.0.1"));

    for (var peer : List.of(HERE, ELSEWHERE)) {
      assertThat(hosts.allow(from(peer, "Chat.example.org:8443"))).isTrue();
      assertThat(hosts.allow(from(peer, "kith.example.org"))).isTrue();
      assertThat(hosts.allow(from(peer, "node.example.org"))).isTrue();
      assertThat(hosts.allow(from(peer, "192.168.1.5"))).isTrue();
      assertThat(hosts.allow(from(peer, "evil.example"))).isFalse();
      assertThat(hosts.allow(from(peer, "a.chat.example.org"))).isFalse();
    }
  }
}
