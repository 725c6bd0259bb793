package kith.node;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.LocalNode.Refused;
import kith.node.gateway.http.LocalSocket;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.ServerAddress;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts.LogIn;
import kith.protocol.rest.Accounts.Tokens;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.rest.SecondFactors;
import kith.protocol.rest.ServerDescription;
import kith.protocol.rest.SignIn;
import kith.protocol.tls.HttpClients;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The node that `kith admin` asks: one of this machine through its Unix domain socket, without a
/// password; or any node over HTTP, with the log-in of an administrator or a sign-in with an
/// identity provider. Both serve the same API.
final class AdminNode {
  /// Refusals of a sign-in after which it can still be approved.
  private static final Set<String> LATER =
      Set.of(Code.SIGN_IN_PENDING.wire(), Code.PROVIDER_UNAVAILABLE.wire());

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "The port for clients of a node on this machine, if several run here with the same data"
              + " directory.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of that node; its sockets are in `admin` (default: $KITH_DATA, then"
              + " ./data; $KITH_ADMIN_SOCKETS takes precedence over both defaults).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Asks this server instead, with the account in KITH_USER and KITH_PASSWORD, or asks for"
              + " them. The account must be an administrator or owner.")
  private Optional<String> server = Optional.empty();

  @Option(
      names = "--sso",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "PROVIDER",
      description =
          "With --server: signs in with an identity provider of the server instead, in a browser on"
              + " any device; its name is needed only if the server has several. A server without"
              + " passwords needs no --sso.")
  private @Nullable String provider;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  record Answer(int status, String body) {
    <T> T as(Class<T> type) throws Refused {
      try {
        return Json.rest(body, type);
      } catch (Malformed other) {
        throw new Refused("The program that answers is not a node of this version of Kith.");
      }
    }
  }

  /// Sends one request. A refusal becomes the sentence of the node.
  interface Connection extends AutoCloseable {
    Answer send(String method, String path, @Nullable Record body)
        throws Refused, InterruptedException;

    @Override
    default void close() throws Refused {}
  }

  /// A request that needs no connection afterwards.
  Answer ask(String method, String path, @Nullable Record body)
      throws Refused, InterruptedException {
    try (var connection = connect()) {
      return connection.send(method, path, body);
    }
  }

  Connection connect() throws Refused, InterruptedException {
    if (server.isEmpty()) return new OfSocket(socket());
    var url = url(server.get());
    var described =
        checked(new OfServer(url, Optional.empty()).exchange("GET", "/v1/server", null))
            .as(ServerDescription.class);
    return provider == null && described.passwords().orElse(true)
        ? logIn(url)
        : signIn(url, chosen(described.providers().orElse(List.of())));
  }

  private static URI url(String server) throws Refused {
    try {
      // the first of several, as in the terminal client
      return URI.create(ServerAddress.of(server.split(",", 2)[0], false));
    } catch (IllegalArgumentException wrong) {
      throw new Refused(String.valueOf(wrong.getMessage()));
    }
  }

  private String chosen(List<SignIn.OfferedProvider> offered) throws Refused {
    if (provider != null && !provider.isEmpty()) return provider;
    if (offered.size() == 1) return offered.getFirst().provider();
    throw new Refused(
        offered.isEmpty()
            ? "This server has no identity provider."
            : "Choose one: "
                + offered.stream()
                    .map(it -> "--sso " + it.provider())
                    .collect(Collectors.joining(", ")));
  }

  /// Shows where the user approves the sign-in, and waits.
  private Connection signIn(URI url, String with) throws Refused, InterruptedException {
    var anonymous = new OfServer(url, Optional.empty());
    var begun =
        checked(
                anonymous.exchange(
                    "POST",
                    "/v1/identity/" + encoded(with) + "/device",
                    new SignIn.BeginSignIn(Optional.of("kith admin"), Optional.empty())))
            .as(SignIn.BegunSignIn.class);
    var err = Objects.requireNonNull(spec).commandLine().getErr();
    err.printf(
        "Open this address in a browser, on any device:%n  %s%nand compare or enter this code:"
            + " %s%n",
        begun.addressWithCode().orElse(begun.address()), begun.code());
    err.flush();
    var finish = new SignIn.FinishSignIn(begun.signIn(), Optional.empty());
    while (true) {
      var answer = anonymous.exchange("POST", "/v1/identity/tokens", finish);
      var wait = wait(answer);
      if (wait.isEmpty()) return new OfServer(url, checked(answer).as(Tokens.class).accessToken());
      Thread.sleep(Math.max(begun.intervalMillis(), wait.getAsLong()));
    }
  }

  /// The time to wait for a sign-in that nobody has approved yet; empty if it is decided.
  private static OptionalLong wait(Answer answer) {
    return problem(answer)
        .filter(it -> LATER.contains(it.code()))
        .map(it -> OptionalLong.of(it.retryAfterMillis().orElse(0)))
        .orElse(OptionalLong.empty());
  }

  private static Optional<ProblemDetails> problem(Answer answer) {
    if (answer.status() < 400) return Optional.empty();
    try {
      return Optional.of(Json.rest(answer.body(), ProblemDetails.class));
    } catch (Malformed other) {
      return Optional.empty();
    }
  }

  /// A user name in a path.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Path socket() throws Refused {
    var directory = directory(data, System.getenv());
    if (port.isPresent()) return LocalSocket.file(directory, port.get());
    var found = sockets(directory);
    if (found.size() == 1) return found.getFirst();
    throw new Refused(
        found.isEmpty()
            ? "No node on this machine has a socket in %s. Give its data directory with --data, or a server with --server."
                .formatted(directory)
            : "Several nodes have a socket in %s; choose one with --port.".formatted(directory));
  }

  static Path directory(Optional<Path> data, Map<String, String> environment) {
    return data.map(it -> it.resolve("admin"))
        .or(() -> Optional.ofNullable(environment.get("KITH_ADMIN_SOCKETS")).map(Path::of))
        .orElseGet(() -> Path.of(environment.getOrDefault("KITH_DATA", "data"), "admin"));
  }

  private static List<Path> sockets(Path directory) {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".sock")).sorted().toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static Answer checked(Answer answer) throws Refused {
    if (answer.status() >= 300) throw new Refused(LocalNode.reason(answer.status(), answer.body()));
    return answer;
  }

  private record OfSocket(Path file) implements Connection {
    @Override
    public Answer send(String method, String path, @Nullable Record body) throws Refused {
      var content = body == null ? "" : Json.restText(body);
      var bytes = content.getBytes(StandardCharsets.UTF_8);
      var head =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(method, path, bytes.length);
      try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(file));
        for (var part : List.of(head.getBytes(StandardCharsets.US_ASCII), bytes)) {
          var left = ByteBuffer.wrap(part);
          while (left.hasRemaining()) channel.write(left);
        }
        var text =
            new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        return checked(answer(text));
      } catch (IOException | RuntimeException away) {
        throw new Refused("No node answers at " + file + ".");
      }
    }

    private static Answer answer(String text) throws IOException {
      var end = text.indexOf("\r\n\r\n");
      var words = text.split(" ", 3);
      if (end < 0 || words.length < 3) throw new IOException("no answer");
      return new Answer(Integer.parseInt(words[1]), text.substring(end + 4));
    }
  }

  private static Connection logIn(URI url) throws Refused, InterruptedException {
    var anonymous = new OfServer(url, Optional.empty());
    var logIn =
        new LogIn(
            ask("KITH_USER", "User name: ", false),
            ask("KITH_PASSWORD", "Password: ", true),
            Optional.of("kith admin"),
            Optional.empty(),
            Optional.empty());
    var answer = anonymous.exchange("POST", "/v1/tokens", logIn);
    var ticket = ticket(answer);
    if (ticket.isPresent())
      answer =
          anonymous.exchange(
              "POST",
              "/v1/tokens/second-factor",
              new SecondFactors.SecondFactorLogIn(
                  ticket.get(), ask("KITH_SECOND_FACTOR", "Code of your app: ", false)));
    return new OfServer(url, checked(answer).as(Tokens.class).accessToken());
  }

  /// The token of a log-in that needs the code of a second factor.
  private static Optional<String> ticket(Answer answer) {
    return problem(answer).filter(_ -> answer.status() == 401).flatMap(ProblemDetails::ticket);
  }

  private static String ask(String variable, String prompt, boolean secret) throws Refused {
    var given = System.getenv(variable);
    if (given != null) return given;
    var console = System.console();
    if (console == null || !console.isTerminal())
      throw new Refused("Set KITH_USER and KITH_PASSWORD.");
    if (!secret) return Stream.ofNullable(console.readLine(prompt)).findFirst().orElse("");
    return new String(Optional.ofNullable(console.readPassword(prompt)).orElse(new char[0]));
  }

  private record OfServer(URI url, Optional<String> token) implements Connection {
    @Override
    public Answer send(String method, String path, @Nullable Record body)
        throws Refused, InterruptedException {
      return checked(exchange(method, path, body));
    }

    Answer exchange(String method, String path, @Nullable Record body)
        throws Refused, InterruptedException {
      var request =
          HttpRequest.newBuilder(url.resolve(path))
              .timeout(Intervals.ADMIN_REQUEST)
              .header("content-type", "application/json")
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(Json.restText(body)));
      token.ifPresent(it -> request.header("authorization", "Bearer " + it));
      try (var client =
          HttpClients.forSchemeOf(url).connectTimeout(Intervals.COMMAND_ANSWER).build()) {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
      } catch (IOException away) {
        throw new Refused(url + " cannot be reached.");
      }
    }

    /// The log-in was for this command only.
    @Override
    public void close() throws Refused {
      try {
        send("DELETE", "/v1/devices/current", null);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
