package kith.node.feature.courier;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import kith.node.feature.courier.AddressPolicy.Verdict;
import kith.node.feature.courier.Delivery.Outcome;

/// Sends requests by HTTP/1.1. It blocks its thread.
///
/// No available HTTP client lets the caller choose the address of a connection and check the
/// certificate against the name. Here the name is resolved once, every address is checked, and the
/// connection goes to a checked address, so changing the address of the name in between has no
/// effect. Redirects are answers like others.
public final class HttpSender {
  /// Finds the addresses of a name.
  public interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  /// A receiver that the policy does not allow.
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  /// A connection.
  ///
  /// @param used for requests: the socket itself, or TLS over it
  record Link(Socket socket, Socket used) {}

  private final AddressPolicy policy;
  private final Resolver resolver;
  private final Supplier<SSLSocketFactory> tls;
  private final Duration limit;
  private final int mostHead;
  private final String agent;

  /// @param limit for the whole request
  /// @param mostHead bytes of the head of an answer
  public HttpSender(
      AddressPolicy policy,
      Resolver resolver,
      Supplier<SSLSocketFactory> tls,
      Duration limit,
      int mostHead,
      String agent) {
    this.policy = policy;
    this.resolver = resolver;
    this.tls = tls;
    this.limit = limit;
    this.mostHead = mostHead;
    this.agent = agent;
  }

  /// The reason why the node does not send requests to this URL; empty if it does.
  public Optional<String> refusal(URI url) {
    try {
      var _ = addresses(url);
      return Optional.empty();
    } catch (Refused refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    } catch (IOException unknown) {
      return Optional.of("The name of the receiver has no address.");
    }
  }

  /// Sends one request on a connection of its own. The body of the answer is not read.
  public Outcome post(Delivery delivery) {
    try (var connection = connection()) {
      return connection.sendOnly(delivery);
    }
  }

  /// Sends one request on a connection of its own, and reads the answer with its body.
  ///
  /// @param mostBody bytes of the body; a longer one is not returned
  Outcome call(Delivery delivery, int mostBody) {
    try (var connection = connection()) {
      return connection.call(delivery, mostBody);
    }
  }

  /// Opens a connection for several requests to one receiver, one at a time.
  ReceiverConnection connection() {
    return new ReceiverConnection(this);
  }

  Duration limit() {
    return limit;
  }

  /// Bytes of the head of an answer.
  int mostHead() {
    return mostHead;
  }

  String late() {
    return "There was no answer within " + limit.toMillis() + " ms.";
  }

  /// The reason why there was no answer, for people.
  String reason(IOException fault) {
    return switch (fault) {
      case Refused refused -> String.valueOf(refused.getMessage());
      case AnswerReader.NoHttp _ -> "The receiver did not answer with HTTP/1.1.";
      case UnknownHostException _ -> "The name of the receiver has no address.";
      case SSLException _ -> "The receiver's TLS or certificate was not accepted.";
      case SocketTimeoutException _ -> late();
      case ConnectException _ -> "The receiver accepts no connection.";
      case NoRouteToHostException _ -> "The receiver cannot be reached.";
      default -> "The connection ended without an answer.";
    };
  }

  private List<InetAddress> addresses(URI url) throws IOException {
    var host = literal(Delivery.host(url));
    var found = resolver.resolve(host);
    if (found.isEmpty()) throw new UnknownHostException(host);
    var verdicts = found.stream().map(policy::of).collect(Collectors.toSet());
    if (verdicts.contains(Verdict.REFUSED))
      throw new Refused(
          "The receiver's address is not public; an operator can allow it with"
              + " kith.couriers.private-networks.");
    if (verdicts.contains(Verdict.PUBLIC) && !isTls(url))
      throw new Refused("A receiver on a public address must be reached by https.");
    return found;
  }

  /// Connects to a checked address of the receiver.
  ///
  /// @param guard gets the connection before it is used
  Link connect(URI url, Consumer<Socket> guard) throws IOException {
    var addresses = addresses(url);
    var socket = new Socket();
    guard.accept(socket);
    try {
      // one attempt: the back-off makes the next one, and a name with many addresses must not
      // multiply the requests
      socket.connect(
          new InetSocketAddress(addresses.getFirst(), port(url)),
          Math.toIntExact(limit.toMillis()));
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
      socket.setTcpNoDelay(true);
      return new Link(socket, isTls(url) ? secure(url, socket) : socket);
    } catch (IOException fault) {
      socket.close();
      throw fault;
    }
  }

  private Socket secure(URI url, Socket socket) throws IOException {
    var secure =
        (SSLSocket) tls.get().createSocket(socket, literal(Delivery.host(url)), port(url), true);
    var parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    return secure;
  }

  /// @param isKept true if another request follows on the connection
  String head(Delivery delivery, boolean isKept) {
    var url = delivery.url();
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    var authority = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    var head = new StringBuilder(delivery.method() + " " + target + " HTTP/1.1\r\n");
    header(head, "host", authority);
    header(head, "user-agent", agent);
    if (!isKept) header(head, "connection", "close");
    header(head, "content-length", String.valueOf(delivery.body().length));
    for (Map.Entry<String, String> header : delivery.headers().entrySet())
      header(head, header.getKey(), header.getValue());
    return head.append("\r\n").toString();
  }

  private static void header(StringBuilder head, String name, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~'))
      throw new IllegalArgumentException("The header " + name + " is not printable ASCII");
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static boolean isTls(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) return url.getPort();
    return isTls(url) ? 443 : 80;
  }

  /// An IPv6 address without its brackets.
  private static String literal(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
