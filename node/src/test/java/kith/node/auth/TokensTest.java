package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import kith.node.core.account.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final byte[] KEY = key(1, 64);
  private static final Tokens.Grant PHONE = new Tokens.Grant("d-1", false, 7, NOON);
  private static final Tokens.Grant BROWSER = new Tokens.Grant("d-1", true, 7, NOON);

  private final Tokens tokens = new Tokens(KEY, TestSettings.ACCOUNTS);
  private final Tokens.Pair pair = tokens.issue("ann", PHONE);

  @Test
  void verifiedTokensGiveUserAndDevice() {
    assertThat(tokens.verifyAccess(pair.access(), NOON)).contains(new Tokens.Access("ann", "d-1"));
    assertThat(tokens.verifyRefresh(pair.refresh(), NOON))
        .contains(new Tokens.Renewal("ann", "d-1", 7));
  }

  @Test
  void anotherNodeWithTheSameKeyAcceptsTheTokens() {
    assertThat(new Tokens(KEY, TestSettings.ACCOUNTS).verifyAccess(pair.access(), NOON))
        .isPresent();
  }

  @Test
  void theSameGrantGivesTheSameTokens() {
    assertThat(tokens.issue("ann", PHONE)).isEqualTo(pair);
  }

  @Test
  void tokensAreValidUntilTheirExpiry() {
    assertThat(pair.accessExpires()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    assertThat(pair.refreshExpires()).isEqualTo(NOON.plus(Duration.ofDays(90)));
    assertThat(tokens.issue("ann", BROWSER).refreshExpires())
        .isEqualTo(NOON.plus(Duration.ofDays(3)));

    assertThat(tokens.verifyAccess(pair.access(), pair.accessExpires().minusSeconds(1)))
        .isPresent();
    assertThat(tokens.verifyAccess(pair.access(), pair.accessExpires())).isEmpty();
    assertThat(tokens.verifyRefresh(pair.refresh(), pair.refreshExpires())).isEmpty();
  }

  @Test
  void accessAndRefreshTokensAreNotInterchangeable() {
    assertThat(tokens.verifyAccess(pair.refresh(), NOON)).isEmpty();
    assertThat(tokens.verifyRefresh(pair.access(), NOON)).isEmpty();
  }

  @Test
  void aChangedTokenIsRefused() {
    var parts = pair.access().split("\\.", -1);
    var others = tokens.issue("bob", PHONE).access().split("\\.", -1);

    assertThat(tokens.verifyAccess(parts[0] + "." + others[1] + "." + parts[2], NOON)).isEmpty();
    assertThat(tokens.verifyAccess(parts[0] + "." + parts[1] + ".", NOON)).isEmpty();
    assertThat(tokens.verifyAccess(pair.access() + "A", NOON)).isEmpty();
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    var other = new Tokens(key(2, 32), TestSettings.ACCOUNTS);

    assertThat(other.verifyAccess(pair.access(), NOON)).isEmpty();
  }

  @Test
  void anUnsignedTokenIsRefused() {
    assertThat(tokens.verifyAccess(new PlainJWT(claims()).serialize(), NOON)).isEmpty();
  }

  @Test
  void aTokenOfAnotherAlgorithmOrTypeIsRefused() throws JOSEException {
    assertThat(tokens.verifyAccess(signed(JWSAlgorithm.HS256, "at+jwt"), NOON)).isPresent();
    assertThat(tokens.verifyAccess(signed(JWSAlgorithm.HS512, "at+jwt"), NOON)).isEmpty();
    assertThat(tokens.verifyAccess(signed(JWSAlgorithm.HS256, "JWT"), NOON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "...", "e30.e30.e30", "\u0000"})
  void malformedTokensAreRefused(String text) {
    assertThat(tokens.verifyAccess(text, NOON)).isEmpty();
    assertThat(tokens.verifyRefresh(text, NOON)).isEmpty();
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new Tokens(new byte[31], TestSettings.ACCOUNTS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toStringHidesTheTokens() {
    assertThat(pair).hasToString("tokens");
  }

  private static String signed(JWSAlgorithm algorithm, String type) throws JOSEException {
    var header = new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type)).build();
    var jwt = new SignedJWT(header, claims());
    jwt.sign(new MACSigner(KEY));
    return jwt.serialize();
  }

  private static JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder()
        .subject("ann")
        .claim("device", "d-1")
        .expirationTime(Date.from(NOON.plusSeconds(60)))
        .build();
  }

  private static byte[] key(int fill, int length) {
    var key = new byte[length];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
