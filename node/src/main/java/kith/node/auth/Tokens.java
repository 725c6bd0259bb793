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
import java.util.Date;
import java.util.Optional;
import kith.node.platform.config.NodeSettings;

/// Makes and verifies the signed tokens that a device carries. No token is stored anywhere: the
/// account knows its devices and the generation of each one's refresh token.
public final class Tokens {

  /// The user and device of an access token. Only the account knows whether the device has ended.
  public record Access(String user, String device) {}

  /// The content of a refresh token.
  public record Renewal(String user, String device, long generation) {}

  /// Both tokens of a device.
  public record Pair(String access, Instant accessExpires, String refresh, Instant refreshExpires) {
    @Override
    public String toString() {
      return "tokens";
    }
  }

  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
  private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
  private static final JOSEObjectType REFRESH = new JOSEObjectType("kith-refresh+jwt");
  private static final String DEVICE = "device";
  private static final String GENERATION = "generation";
  private static final int LONGEST = 4096;

  private final NodeSettings.Accounts settings;
  private final MACSigner signer;
  private final MACVerifier verifier;

  /// @param key 32 bytes, the same on all nodes
  public Tokens(byte[] key, NodeSettings.Accounts settings) {
    this.settings = settings;
    try {
      signer = new MACSigner(key);
      verifier = new MACVerifier(key);
    } catch (JOSEException fault) {
      throw new IllegalArgumentException("the token key needs 32 bytes", fault);
    }
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
    var access = claims(user, grant.device(), accessExpires).build();
    var refresh =
        claims(user, grant.device(), refreshExpires).claim(GENERATION, grant.generation()).build();
    return new Pair(sign(ACCESS, access), accessExpires, sign(REFRESH, refresh), refreshExpires);
  }

  /// How long a device may be unused before it ends.
  public static Duration lifetime(boolean cookies, NodeSettings.Accounts settings) {
    return cookies ? settings.cookieLifetime() : settings.refreshLifetime();
  }

  public Optional<Access> verifyAccess(String token, Instant now) {
    return verified(ACCESS, token, now)
        .flatMap(
            claims -> text(claims, DEVICE).map(device -> new Access(claims.getSubject(), device)));
  }

  public Optional<Renewal> verifyRefresh(String token, Instant now) {
    return verified(REFRESH, token, now)
        .flatMap(claims ->
            text(claims, DEVICE)
                .flatMap(device ->
                    number(claims, GENERATION)
                        .map(generation -> new Renewal(claims.getSubject(), device, generation))));
  }

  private static JWTClaimsSet.Builder claims(String user, String device, Instant expires) {
    return new JWTClaimsSet.Builder()
        .subject(user)
        .claim(DEVICE, device)
        .expirationTime(Date.from(expires));
  }

  private String sign(JOSEObjectType type, JWTClaimsSet claims) {
    try {
      var jwt = new SignedJWT(new JWSHeader.Builder(ALGORITHM).type(type).build(), claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException fault) {
      throw new IllegalStateException("cannot sign a token", fault);
    }
  }

  // the type is part of what is signed, so that a refresh token never passes as an access token
  private Optional<JWTClaimsSet> verified(JOSEObjectType type, String token, Instant now) {
    if (token.length() > LONGEST) return Optional.empty();
    try {
      var jwt = SignedJWT.parse(token);
      if (!ALGORITHM.equals(jwt.getHeader().getAlgorithm())
          || !type.equals(jwt.getHeader().getType())
          || !jwt.verify(verifier)) return Optional.empty();
      var claims = jwt.getJWTClaimsSet();
      return Optional.of(claims)
          .filter(it -> it.getSubject() != null && it.getExpirationTime() != null)
          .filter(it -> it.getExpirationTime().toInstant().isAfter(now));
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
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
