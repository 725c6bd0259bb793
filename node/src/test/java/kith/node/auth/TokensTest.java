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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kith.node.core.account.TestSettings;
import kith.node.platform.config.SignInIntervals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final byte[] KEY = key(1, 32);
  private static final Tokens.Grant PHONE = new Tokens.Grant("d-1", false, 7, NOON);
  private static final Tokens.Grant BROWSER = new Tokens.Grant("d-1", true, 7, NOON);

  private final Tokens tokens = TestTokens.ofOneKey(KEY, TestSettings.ACCOUNTS);
  private final Tokens.Pair pair = tokens.issue("ann", PHONE);

  @Test
  void verifiedTokensGiveUserAndDevice() {
    assertThat(tokens.verifyAccess(pair.access(), NOON))
        .contains(new Tokens.Access("ann", "d-1", 7));
    assertThat(tokens.verifyRefresh(pair.refresh(), NOON))
        .contains(new Tokens.Renewal("ann", "d-1", 7));
  }

  @Test
  void anotherNodeWithTheSameKeyAcceptsTheTokens() {
    assertThat(TestTokens.ofOneKey(KEY, TestSettings.ACCOUNTS).verifyAccess(pair.access(), NOON))
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
    var other = TestTokens.ofOneKey(key(2, 32), TestSettings.ACCOUNTS);

    assertThat(other.verifyAccess(pair.access(), NOON)).isEmpty();
  }

  @Test
  void anUnsignedTokenIsRefused() {
    assertThat(tokens.verifyAccess(new PlainJWT(claims().build()).serialize(), NOON)).isEmpty();
  }

  @Test
  void aTokenOfAnotherAlgorithmOrTypeIsRefused() throws JOSEException {
    assertThat(tokens.verifyAccess(signed(JWSAlgorithm.HS256, "at+jwt"), NOON)).isPresent();
    assertThat(tokens.verifyAccess(signed(JWSAlgorithm.HS384, "at+jwt"), NOON)).isEmpty();
    assertThat(tokens.verifyAccess(signed(JWSAlgorithm.HS256, "JWT"), NOON)).isEmpty();
  }

  @Test
  void aTokenWithoutAKeyIdOrOfAnUnknownKeyIsRefused() throws JOSEException {
    assertThat(tokens.verifyAccess(signed("only", claims().build()), NOON)).isPresent();
    assertThat(tokens.verifyAccess(signed(null, claims().build()), NOON)).isEmpty();
    assertThat(tokens.verifyAccess(signed("other", claims().build()), NOON)).isEmpty();
  }

  @Test
  void aTokenOfAnotherClusterIsRefused() throws JOSEException {
    var ofOthers =
        List.of(
            claims().issuer("kith:other").build(),
            claims().audience("kith:other").build(),
            claims().audience(List.of("kith:cluster", "kith:other")).build(),
            claims().issuer(null).build(),
            claims().audience((String) null).build());

    for (var claims : ofOthers)
      assertThat(tokens.verifyAccess(signed("only", claims), NOON)).as("%s", claims).isEmpty();
  }

  @Test
  void anAccessTokenWithALongerLifeThanConfiguredIsRefused() throws JOSEException {
    var longest = NOON.plus(Duration.ofMinutes(15)).plus(SignInIntervals.TOKEN_CLOCK_SKEW);

    assertThat(tokens.verifyAccess(expiring(longest), NOON)).isPresent();
    assertThat(tokens.verifyAccess(expiring(longest.plusSeconds(1)), NOON)).isEmpty();
    assertThat(tokens.verifyAccess(expiring(Instant.parse("2100-01-01T00:00:00Z")), NOON))
        .isEmpty();
  }

  @Test
  void aTokenStaysValidWhenTheNextKeySigns() {
    var old = key("old", NOON.minusSeconds(60));
    var next = key("next", NOON.plusSeconds(60));
    var before = of(old).issue("ann", PHONE);

    var node = of(old, next);

    var then = NOON.plusSeconds(60);
    var after = node.issue("ann", new Tokens.Grant("d-1", false, 8, then));
    assertThat(node.verifyAccess(before.access(), then)).isPresent();
    assertThat(node.verifyRefresh(before.refresh(), then)).isPresent();
    assertThat(of(old).verifyAccess(after.access(), then)).as("a node without it").isEmpty();
    assertThat(node.verifyAccess(after.access(), then)).isPresent();
    assertThat(node.issue("ann", PHONE)).as("a repeated answer").isEqualTo(before);
  }

  @Test
  void aDiscardedKeyVerifiesNoTokenAfterItsEnd() {
    var end = NOON.plusSeconds(60);
    var old = new TokenKey("old", NOON, NOON, Optional.of(end), new Secret32(key(7, 32)));
    var node = of(old, key("next", end));
    var given = node.issue("ann", PHONE);

    assertThat(node.verifyAccess(given.access(), end.minusSeconds(1))).isPresent();
    assertThat(node.verifyAccess(given.access(), end)).isEmpty();
    assertThat(node.verifyRefresh(given.refresh(), end)).isEmpty();
  }

  @Test
  void anUnknownKeyIsReadOnceAndThenKnown() {
    var old = key("old", NOON.minusSeconds(60));
    var next = key("next", NOON);
    var reads = new AtomicInteger();
    var known = new AtomicReference<>(new TokenKeys("cluster", List.of(old)));
    var keyring =
        new Keyring() {
          @Override
          public TokenKeys known() {
            return known.get();
          }

          @Override
          public CompletionStage<TokenKeys> latest() {
            reads.incrementAndGet();
            known.set(new TokenKeys("cluster", List.of(old, next)));
            return CompletableFuture.completedFuture(known.get());
          }
        };
    var node = new Tokens(keyring, TestSettings.ACCOUNTS);
    var token = of(old, next).issue("ann", PHONE).access();

    assertThat(node.verifyAccess(token, NOON)).isEmpty();
    assertThat(node.findKey(token).toCompletableFuture()).isCompletedWithValue(true);
    assertThat(node.verifyAccess(token, NOON)).isPresent();
    assertThat(node.findKey(token).toCompletableFuture()).isCompletedWithValue(false);
    assertThat(node.findKey("x").toCompletableFuture()).isCompletedWithValue(false);
    assertThat(reads).hasValue(1);
  }

  private static TokenKey key(String id, Instant signsFrom) {
    return new TokenKey(
        id, NOON, signsFrom, Optional.empty(), new Secret32(key(id.hashCode(), 32)));
  }

  private static Tokens of(TokenKey... keys) {
    return TestTokens.of(TestSettings.ACCOUNTS, keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "...", "e30.e30.e30", "\u0000"})
  void malformedTokensAreRefused(String text) {
    assertThat(tokens.verifyAccess(text, NOON)).isEmpty();
    assertThat(tokens.verifyRefresh(text, NOON)).isEmpty();
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> TestTokens.ofOneKey(new byte[31], TestSettings.ACCOUNTS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toStringHidesTheTokens() {
    assertThat(pair).hasToString("tokens");
  }

  private static String expiring(Instant at) throws JOSEException {
    return signed("only", claims().expirationTime(Date.from(at)).build());
  }

  private static String signed(JWSAlgorithm algorithm, String type) throws JOSEException {
    return signed(algorithm, type, "only", claims().build());
  }

  private static String signed(@Nullable String key, JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.HS256, "at+jwt", key, claims);
  }

  private static String signed(
      JWSAlgorithm algorithm, String type, @Nullable String key, JWTClaimsSet claims)
      throws JOSEException {
    var header = new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type)).keyID(key).build();
    var jwt = new SignedJWT(header, claims);
    // HS384 needs a longer key, and HMAC pads a shorter one with zeros
    jwt.sign(new MACSigner(algorithm.equals(JWSAlgorithm.HS256) ? KEY : Arrays.copyOf(KEY, 48)));
    return jwt.serialize();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("kith:cluster")
        .audience("kith:cluster")
        .subject("ann")
        .claim("device", "d-1")
        .claim("generation", 7)
        .expirationTime(Date.from(NOON.plusSeconds(60)));
  }

  private static byte[] key(int fill, int length) {
    var key = new byte[length];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
