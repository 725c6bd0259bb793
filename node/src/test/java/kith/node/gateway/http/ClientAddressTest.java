package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import kith.node.platform.config.Subnet;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
  private static final List<Subnet> OURS =
      List.of(new Subnet(InetAddress.ofLiteral("10.0.0.0"), 8));

  private final ClientAddress clients = new ClientAddress(OURS);

  @Test
  void theConnectingAddressIsTheClient() {
    assertThat(seen("203.0.113.7")).isEqualTo("203.0.113.7");
  }

  @Test
  void aForwardedHeaderFromAnUntrustedAddressIsIgnored() {
    assertThat(seen("203.0.113.7", "192.0.2.1")).isEqualTo("203.0.113.7");
  }

  @Test
  void aForwardedHeaderFromATrustedProxyIsUsed() {
    assertThat(seen("10.0.0.2", "203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(seen("10.0.0.2", "2001:db8::7")).isEqualTo("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void addressesThatTheClientAddedAreIgnored() {
    assertThat(seen("10.0.0.2", "192.0.2.1, 203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(seen("10.0.0.2", "192.0.2.1", "203.0.113.7")).isEqualTo("203.0.113.7");
  }

  @Test
  void aChainOfTrustedProxiesIsFollowed() {
    assertThat(seen("10.0.0.2", "192.0.2.1, 203.0.113.7, 10.0.0.9")).isEqualTo("203.0.113.7");
  }

  @Test
  void aClientInTheNetworkOfTheProxiesIsFound() {
    assertThat(seen("10.0.0.2", "10.0.0.50")).isEqualTo("10.0.0.50");
  }

  @Test
  void aPortAfterTheAddressIsRemoved() {
    assertThat(seen("10.0.0.2", "203.0.113.7:4711")).isEqualTo("203.0.113.7");
    assertThat(seen("10.0.0.2", "[2001:db8::7]:4711")).isEqualTo("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void anInvalidAddressEndsTheSearch() {
    for (var nonsense : List.of("unknown", "", "localhost", "1.2.3.4.5", "203.0.113.7, _hidden"))
      assertThat(seen("10.0.0.2", nonsense)).describedAs(nonsense).isEqualTo("10.0.0.2");
  }

  private String seen(String peer, String... forwardedFor) {
    var headers =
        Stream.of(forwardedFor)
            .<HttpHeader>map(value -> RawHeader.create("X-Forwarded-For", value))
            .toList();
    var request =
        HttpRequest.GET("/")
            .withHeaders(headers)
            .addAttribute(
                AttributeKeys.remoteAddress, RemoteAddress.create(InetAddress.ofLiteral(peer)));
    return clients.of(request).getHostAddress();
  }
}
