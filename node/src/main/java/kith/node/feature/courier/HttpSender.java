package kith.node.feature.courier;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import kith.node.feature.courier.AddressPolicy.Verdict;
import kith.node.feature.courier.Delivery.Answered;
import kith.node.feature.courier.Delivery.Outcome;
import kith.node.feature.courier.Delivery.Unanswered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one HTTP/1.1 request and reads the head of its answer. It blocks its thread.
///
/// Of the clients at hand none lets the caller choose the address of a connection and check the
/// certificate against the name. Here the name is resolved once, every address is checked, and the
/// connection goes to a checked address, so a name that changes its address in between gains
/// nothing. Redirects are answers like others, and the body of an answer is not read.
public final class HttpSender {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])(?: .*)?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

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

  private final AddressPolicy policy;
  private final Resolver resolver;
  private final SSLSocketFactory tls;
  private final Duration limit;
  private final int mostHead;
  private final String agent;

  /// @param limit for the whole request
  /// @param mostHead bytes of the head of an answer
  public HttpSender(
      AddressPolicy policy,
      Resolver resolver,
      SSLSocketFactory tls,
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

  /// Why the node does not send requests to this URL; empty if it does.
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

  public Outcome post(Delivery delivery) {
    var isLate = new AtomicBoolean();
    var socket = new Socket();
    var alarm =
        CompletableFuture.runAsync(
            () -> {
              isLate.set(true);
              close(socket);
            },
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    try (socket) {
      var addresses = addresses(delivery.url());
      return exchange(delivery, socket, addresses);
    } catch (IOException fault) {
      return new Unanswered(isLate.get() ? late() : reason(fault));
    } finally {
      alarm.cancel(false);
    }
  }

  private String late() {
    return "There was no answer within " + limit.toMillis() + " ms.";
  }

  private String reason(IOException fault) {
    return switch (fault) {
      case Refused refused -> String.valueOf(refused.getMessage());
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

  private Outcome exchange(Delivery delivery, Socket socket, List<InetAddress> addresses)
      throws IOException {
    var url = delivery.url();
    // one attempt: the back-off makes the next one, and a name with many addresses must not
    // multiply
    // the requests
    socket.connect(
        new InetSocketAddress(addresses.getFirst(), port(url)), Math.toIntExact(limit.toMillis()));
    socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    if (!isTls(url)) return exchange(delivery, socket);
    try (var secure =
        (SSLSocket) tls.createSocket(socket, literal(Delivery.host(url)), port(url), true)) {
      var parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      return exchange(delivery, secure);
    }
  }

  private Outcome exchange(Delivery delivery, Socket socket) throws IOException {
    var out = socket.getOutputStream();
    out.write(head(delivery).getBytes(StandardCharsets.ISO_8859_1));
    out.write(delivery.body());
    out.flush();
    var in = new BufferedInputStream(socket.getInputStream());
    var left = mostHead;
    while (true) {
      var lines = new HeadLines(in, left);
      var status = STATUS.matcher(lines.next());
      if (!status.matches()) return new Unanswered("The receiver did not answer with HTTP/1.1.");
      Optional<Duration> retryAfter = Optional.empty();
      for (var line = lines.next(); !line.isEmpty(); line = lines.next()) {
        var value = value(line, "retry-after");
        if (value.filter(it -> SECONDS.matcher(it).matches()).isPresent())
          retryAfter = value.map(Long::valueOf).map(it -> Duration.ofSeconds(it));
      }
      var code = Integer.parseInt(status.group(1));
      // 100 and 103 precede the answer
      if (code >= 200) return new Answered(code, retryAfter);
      left = lines.left();
    }
  }

  private static Optional<String> value(String line, String name) {
    var colon = line.indexOf(':');
    return colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)
        ? Optional.of(line.substring(colon + 1).strip())
        : Optional.empty();
  }

  private String head(Delivery delivery) {
    var url = delivery.url();
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    var authority = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    var head = new StringBuilder(delivery.method() + " " + target + " HTTP/1.1\r\n");
    header(head, "host", authority);
    header(head, "user-agent", agent);
    header(head, "connection", "close");
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

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException fault) {
      LOG.debug("A connection was closed already", fault);
    }
  }

  /// The lines of a head, of limited size.
  private static final class HeadLines {
    private final InputStream in;
    private int left;

    HeadLines(InputStream in, int most) {
      this.in = in;
      this.left = most;
    }

    int left() {
      return left;
    }

    String next() throws IOException {
      var line = new StringBuilder();
      for (var c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) throw new EOFException();
        if (--left < 0) throw new IOException("The head is too long");
        if (c != '\r') line.append((char) c);
      }
      return line.toString();
    }
  }
}
