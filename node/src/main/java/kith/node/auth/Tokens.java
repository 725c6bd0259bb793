package kith.node.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.SignInIntervals;

/// Makes and verifies the signed tokens that a device carries. No token is stored anywhere: the
/// account knows its devices and the generation of each one's refresh token.
///
/// A token names the key that signed it, and the cluster as issuer and audience (RFC 9068).
public final class Tokens {

  /// The content of an access token. Only the account knows whether the device has ended.
  ///
  /// @param generation of the refresh token that was issued with it
  public record Access(String user, String device, long generation) {}

  /// The content of a refresh token.
  public record Renewal(String user, String device, long generation) {}

  /// Both tokens of a device.
  public record Pair(String access, Instant accessExpires, String refresh, Instant refreshExpires) {
    @Override
    public String toString() {
      return "tokens";
    }
  }

  /// A log-in with a right password that still needs a further proof.
  ///
  /// @param password shows the account that the password was right
  /// @param known the device from which the client was logged in before, if there is one
  public record Ticket(
      String user, String password, String deviceName, boolean cookies, Optional<String> known) {}

  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
  private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
  private static final JOSEObjectType REFRESH = new JOSEObjectType("kith-refresh+jwt");
  private static final JOSEObjectType TICKET = new JOSEObjectType("kith-ticket+jwt");
  private static final String DEVICE = "device";
  private static final String DEVICE_NAME = "name";
  private static final String PASSWORD = "password";
  private static final String COOKIES = "cookies";
  private static final String GENERATION = "generation";
  private static final int LONGEST = 4096;

  private final AccountSettings settings;
  private final Keyring keyring;

  public Tokens(TokenKeyring keyring, AccountSettings settings) {
    this((Keyring) keyring, settings);
  }

  Tokens(Keyring keyring, AccountSettings settings) {
    this.keyring = keyring;
    this.settings = settings;
  }

  /// The data from which the tokens of a device are made.
  ///
  /// @param generation of its refresh token, which is made at `at`
  public record Grant(String device, boolean cookies, long generation, Instant at) {}

  /// The same grant always gives the same tokens.
  public Pair issue(String user, Grant grant) {
    var at = grant.at().truncatedTo(ChronoUnit.SECONDS);
    var accessExpires = at.plus(settings.accessLifetime());
    var refreshExpires = at.plus(lifetime(grant.cookies(), settings));
    var keys = keyring.known();
    var key = keys.signer(at);
    var access = claims(keys, user, grant, at, accessExpires);
    var refresh = claims(keys, user, grant, at, refreshExpires);
    return new Pair(
        sign(key, ACCESS, access), accessExpires, sign(key, REFRESH, refresh), refreshExpires);
  }

  /// The time after which an unused device ends.
  public static Duration lifetime(boolean cookies, AccountSettings settings) {
    return cookies ? settings.cookieLifetime() : settings.refreshLifetime();
  }

  /// The longest time for which a token may be valid.
  static Duration longest(AccountSettings settings) {
    return Stream.of(
            settings.accessLifetime(), settings.refreshLifetime(), settings.cookieLifetime())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// Reads the keys again if the token names one that this node does not know; true if it does.
  public CompletionStage<Boolean> findKey(String token) {
    return keyId(token).filter(id -> !keyring.known().contain(id)).isPresent()
        ? keyring.latest().thenApply(_ -> true)
        : CompletableFuture.completedFuture(false);
  }

  /// A lifetime beyond the configured one is refused: this node's cluster did not grant it.
  public Optional<Access> verifyAccess(String token, Instant now) {
    var ofBot = BotTokens.access(token);
    if (ofBot.isPresent()) return ofBot;
    var latest = now.plus(settings.accessLifetime()).plus(SignInIntervals.TOKEN_CLOCK_SKEW);
    return verified(ACCESS, token, now)
        .filter(claims -> !claims.getExpirationTime().toInstant().isAfter(latest))
        .flatMap(claims ->
            text(claims, DEVICE)
                .flatMap(device ->
                    number(claims, GENERATION)
                        .map(generation -> new Access(claims.getSubject(), device, generation))));
  }

  /// The device of a refresh token of this user, which may have expired and whose device may have
  /// ended: a client that has it was logged in to the account.
  public Optional<String> knownDevice(String token, String user, Instant now) {
    return signed(REFRESH, token, now)
        .filter(claims -> user.equals(claims.getSubject()))
        .flatMap(claims -> text(claims, DEVICE));
  }

  /// The account decides about the lifetime of a refresh token, by the last use of its device: a
  /// shorter `refresh-lifetime` must not end devices that are in use.
  public Optional<Renewal> verifyRefresh(String token, Instant now) {
    return verified(REFRESH, token, now)
        .flatMap(claims ->
            text(claims, DEVICE)
                .flatMap(device ->
                    number(claims, GENERATION)
                        .map(generation -> new Renewal(claims.getSubject(), device, generation))));
  }

  public String ticket(Ticket ticket, Instant now) {
    var keys = keyring.known();
    var claims =
        claimsOf(keys, ticket.user(), now, now.plus(SignInIntervals.LOG_IN_TICKET))
            .claim(PASSWORD, ticket.password())
            .claim(DEVICE_NAME, ticket.deviceName())
            .claim(COOKIES, ticket.cookies());
    ticket.known().ifPresent(device -> claims.claim(DEVICE, device));
    return sign(keys.signer(now), TICKET, claims.build());
  }

  /// Empty if it has expired or is not a valid token.
  public Optional<Ticket> verifyTicket(String token, Instant now) {
    return verified(TICKET, token, now)
        .flatMap(claims ->
            text(claims, PASSWORD)
                .flatMap(password ->
                    text(claims, DEVICE_NAME)
                        .map(name ->
                            new Ticket(
                                claims.getSubject(),
                                password,
                                name,
                                Boolean.TRUE.equals(claims.getClaim(COOKIES)),
                                text(claims, DEVICE)))));
  }

  private static JWTClaimsSet claims(
      TokenKeys keys, String user, Grant grant, Instant at, Instant expires) {
    return claimsOf(keys, user, at, expires)
        .claim(DEVICE, grant.device())
        .claim(GENERATION, grant.generation())
        .build();
  }

  private static JWTClaimsSet.Builder claimsOf(
      TokenKeys keys, String user, Instant at, Instant expires) {
    return new JWTClaimsSet.Builder()
        .issuer(cluster(keys))
        .audience(cluster(keys))
        .subject(user)
        .issueTime(Date.from(at))
        .expirationTime(Date.from(expires));
  }

  private static String cluster(TokenKeys keys) {
    return "kith:" + keys.cluster();
  }

  private static String sign(TokenKey key, JOSEObjectType type, JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(ALGORITHM).type(type).keyID(key.id()).build();
      var jwt = new SignedJWT(header, claims);
      jwt.sign(new MACSigner(key.secret().bytes()));
      return jwt.serialize();
    } catch (JOSEException fault) {
      throw new IllegalStateException("cannot sign a token", fault);
    }
  }

  // the signature covers the type, so that a refresh token never passes as an access token
  private Optional<JWTClaimsSet> verified(JOSEObjectType type, String token, Instant now) {
    return signed(type, token, now)
        .filter(claims -> claims.getExpirationTime().toInstant().isAfter(now));
  }

  private Optional<JWTClaimsSet> signed(JOSEObjectType type, String token, Instant now) {
    if (token.length() > LONGEST) return Optional.empty();
    var keys = keyring.known();
    try {
      var jwt = SignedJWT.parse(token);
      var header = jwt.getHeader();
      if (!ALGORITHM.equals(header.getAlgorithm()) || !type.equals(header.getType()))
        return Optional.empty();
      var key = Optional.ofNullable(header.getKeyID()).flatMap(id -> keys.verifier(id, now));
      if (key.isEmpty() || !jwt.verify(new MACVerifier(key.get().secret().bytes())))
        return Optional.empty();
      var claims = jwt.getJWTClaimsSet();
      return Optional.of(claims)
          .filter(it -> it.getSubject() != null && it.getExpirationTime() != null)
          .filter(it -> cluster(keys).equals(it.getIssuer()))
          .filter(it -> it.getAudience().equals(List.of(cluster(keys))));
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> keyId(String token) {
    if (token.length() > LONGEST) return Optional.empty();
    try {
      return Optional.ofNullable(SignedJWT.parse(token).getHeader().getKeyID());
    } catch (ParseException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Long> number(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }
}
