package kith.node.feature.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// An identity provider in the test's process, which can also answer wrongly.
public final class TestProvider implements AutoCloseable {
  private static final String CLIENT = "kith";
  private static final String SECRET = "a secret of the client";

  /// A change that is applied to the next ID tokens.
  public volatile UnaryOperator<JWTClaimsSet.Builder> change = UnaryOperator.identity();

  public volatile boolean signs = true;
  public volatile boolean isDown;

  /// Subjects that may not sign in any more.
  public final Set<String> disabled = ConcurrentHashMap.newKeySet();

  public final Map<String, List<String>> groups = new ConcurrentHashMap<>();

  private final HttpServer server;
  private volatile RSAKey key = newKey();

  /// Approved device codes with their subjects; an empty text is denied.
  private final Map<String, String> devices = new ConcurrentHashMap<>();

  private final Map<String, String> deviceByUserCode = new ConcurrentHashMap<>();
  private final Map<String, String> challengeByDevice = new ConcurrentHashMap<>();
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();

  private record Code(String subject, String challenge, String nonce, String redirect) {}

  private TestProvider(HttpServer server) {
    this.server = server;
  }

  public static TestProvider start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var provider = new TestProvider(server);
      server.createContext("/", provider::answer);
      server.start();
      return provider;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException fault) {
      throw new IllegalStateException(fault);
    }
  }

  /// Signs with another key from now on.
  public void rotates() {
    key = newKey();
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The settings of a node, under this name.
  public Map<String, String> settings(String name) {
    var in = "kith.identity.providers." + name + ".";
    return Map.of(
        in + "issuer",
        issuer(),
        in + "client-id",
        CLIENT,
        in + "client-secret",
        SECRET,
        in + "groups-claim",
        "groups",
        in + "roles.administrator",
        "admins",
        in + "roles.guest",
        "partners",
        in + "rooms.common-room",
        "everybody");
  }

  public void approves(String userCode, String subject) {
    devices.put(deviceByUserCode.getOrDefault(userCode, ""), subject);
  }

  public void denies(String userCode) {
    approves(userCode, "");
  }

  /// A browser whose user signs in at the page of the provider.
  public String signsIn(String page, String subject) {
    var asked = parameters(page.substring(page.indexOf('?') + 1));
    if (!"S256".equals(asked.get("code_challenge_method"))) throw new AssertionError(page);
    var code = UUID.randomUUID().toString();
    codes.put(
        code,
        new Code(
            subject,
            asked.getOrDefault("code_challenge", ""),
            asked.getOrDefault("nonce", ""),
            asked.getOrDefault("redirect_uri", "")));
    return asked.getOrDefault("redirect_uri", "")
        + "?code="
        + code
        + "&state="
        + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8);
  }

  public String logoutToken(String subject, String audience) {
    return signed(
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(audience)
            .subject(subject)
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plusSeconds(120)))
            .jwtID(UUID.randomUUID().toString())
            .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
            .build(),
        new JOSEObjectType("logout+jwt"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (isDown) {
        send(exchange, 503, "{}");
        return;
      }
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (exchange.getRequestURI().getPath()) {
        case "/.well-known/openid-configuration" -> send(exchange, 200, description());
        case "/jwks" -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
        case "/device" -> device(exchange, parameters(body));
        case "/token" -> token(exchange, parameters(body));
        default -> send(exchange, 404, "{}");
      }
    }
  }

  private String description() {
    return """
    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
     "device_authorization_endpoint":"%1$s/device","jwks_uri":"%1$s/jwks",
     "response_types_supported":["code"],"subject_types_supported":["public"],
     "id_token_signing_alg_values_supported":["RS256"]}\
    """
        .formatted(issuer());
  }

  /// As Keycloak with a client that must use PKCE.
  private void device(HttpExchange exchange, Map<String, String> asked) throws IOException {
    if (!isClient(exchange)) {
      send(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    if (!"S256".equals(asked.get("code_challenge_method"))) {
      error(exchange, "invalid_request");
      return;
    }
    var device = UUID.randomUUID().toString();
    challengeByDevice.put(device, asked.getOrDefault("code_challenge", ""));
    var user = UUID.randomUUID().toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
    deviceByUserCode.put(user, device);
    send(
        exchange,
        200,
        """
        {"device_code":"%s","user_code":"%s","verification_uri":"%s/activate",
         "verification_uri_complete":"%s/activate?user_code=%s","expires_in":600,"interval":1}\
        """
            .formatted(device, user, issuer(), issuer(), user));
  }

  private static boolean isClient(HttpExchange exchange) {
    var expected =
        Base64.getEncoder()
            .encodeToString(
                (CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8));
    return ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void token(HttpExchange exchange, Map<String, String> asked) throws IOException {
    if (!isClient(exchange)) {
      send(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    switch (String.valueOf(asked.get("grant_type"))) {
      case "urn:ietf:params:oauth:grant-type:device_code" -> {
        var device = asked.getOrDefault("device_code", "");
        var subject = devices.get(device);
        if (!challenge(asked.getOrDefault("code_verifier", ""))
            .equals(challengeByDevice.get(device))) error(exchange, "invalid_grant");
        else if (subject == null) error(exchange, "authorization_pending");
        else if (subject.isEmpty()) error(exchange, "access_denied");
        else {
          devices.remove(device);
          tokens(exchange, subject, Optional.empty());
        }
      }
      case "authorization_code" -> {
        var code = codes.remove(asked.getOrDefault("code", ""));
        if (code == null
            || !code.redirect().equals(asked.get("redirect_uri"))
            || !code.challenge().equals(challenge(asked.getOrDefault("code_verifier", ""))))
          error(exchange, "invalid_grant");
        else tokens(exchange, code.subject(), Optional.of(code.nonce()));
      }
      case "refresh_token" -> {
        var subject = refreshTokens.remove(asked.getOrDefault("refresh_token", ""));
        if (subject == null || disabled.contains(subject)) error(exchange, "invalid_grant");
        else tokens(exchange, subject, Optional.empty());
      }
      default -> error(exchange, "unsupported_grant_type");
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void tokens(HttpExchange exchange, String subject, Optional<String> nonce)
      throws IOException {
    var refresh = UUID.randomUUID().toString();
    refreshTokens.put(refresh, subject);
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .subject(subject)
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))))
            .claim("preferred_username", subject + "@example.org")
            .claim("name", "The user " + subject)
            .claim("sid", "session-of-" + subject)
            .claim("groups", groups.getOrDefault(subject, List.of("everybody")));
    nonce.ifPresent(it -> claims.claim("nonce", it));
    var made = change.apply(claims).build();
    var idToken = signs ? signed(made, JOSEObjectType.JWT) : new PlainJWT(made).serialize();
    send(
        exchange,
        200,
        """
        {"access_token":"%s","token_type":"Bearer","expires_in":60,"refresh_token":"%s",
         "id_token":"%s"}\
        """
            .formatted(UUID.randomUUID(), refresh, idToken));
  }

  private String signed(JWTClaimsSet claims, JOSEObjectType type) {
    try {
      var current = key;
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID(current.getKeyID())
                  .type(type)
                  .build(),
              claims);
      jwt.sign(new RSASSASigner(current));
      return jwt.serialize();
    } catch (JOSEException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static void error(HttpExchange exchange, String code) throws IOException {
    send(exchange, 400, "{\"error\":\"" + code + "\"}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> parameters(String form) {
    return Arrays.stream(form.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
