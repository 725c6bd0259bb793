package kith.node.feature.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.platform.config.SignInIntervals;
import org.jspecify.annotations.Nullable;

/// One identity provider. Its calls block, and belong on the threads of [Providers].
final class Provider {
  /// Signatures with a public key. A provider that signs with the client's secret, or not at all,
  /// is refused.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Stream.concat(JWSAlgorithm.Family.RSA.stream(), JWSAlgorithm.Family.EC.stream())
          .collect(Collectors.toUnmodifiableSet());

  /// A sign-in that a terminal shows to its user.
  ///
  /// @param interval the shortest time between two questions whether it is approved
  record DeviceSignIn(
      String deviceCode,
      String userCode,
      URI address,
      Optional<URI> addressWithCode,
      Duration lifetime,
      Duration interval) {
    @Override
    public String toString() {
      return "DeviceSignIn[" + address + "]";
    }
  }

  /// The answer of a provider to a code or a token.
  sealed interface Answer {
    record Confirmed(Verified who) implements Answer {}

    /// Nobody has decided yet.
    ///
    /// @param slower ask less often
    record Pending(boolean slower) implements Answer {}

    /// The user or the provider refused, or the time limit is reached.
    ///
    /// @param error the code of OAuth
    record Denied(String error) implements Answer {}
  }

  /// The provider did not answer, or its answer is invalid.
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  /// The provider's description of itself.
  private record Known(
      OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant read) {}

  private final ProviderSettings settings;
  private final ProviderHttp http;
  private final Clock clock;
  private volatile @Nullable Known known;

  Provider(ProviderSettings settings, ProviderHttp http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  ProviderSettings settings() {
    return settings;
  }

  private Known known() throws Failure {
    var before = known;
    if (before != null
        && clock.instant().isBefore(before.read().plus(SignInIntervals.PROVIDER_METADATA)))
      return before;
    try {
      var now = read();
      known = now;
      return now;
    } catch (IOException | GeneralException fault) {
      // the earlier description is probably still right
      if (before != null) return before;
      throw new Failure("Its description cannot be read", fault);
    }
  }

  private Known read() throws IOException, GeneralException {
    var address =
        URI.create(settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration");
    var metadata = OIDCProviderMetadata.parse(http.retrieveResource(address.toURL()).getContent());
    if (!metadata.getIssuer().equals(new Issuer(settings.issuer())))
      throw new GeneralException("The issuer calls itself " + metadata.getIssuer());
    return new Known(metadata, keys(metadata.getJWKSetURI()), clock.instant());
  }

  private JWKSource<SecurityContext> keys(URI address) throws MalformedURLException {
    return JWKSourceBuilder.<SecurityContext>create(address.toURL(), http)
        .cache(
            SignInIntervals.PROVIDER_KEYS.toMillis(),
            settings.requestTime().plusSeconds(5).toMillis())
        .refreshAheadCache(false)
        // a token with a new key reads the keys again, but not each token of a stranger
        .rateLimited(SignInIntervals.PROVIDER_KEYS_AGAIN.toMillis())
        .build();
  }

  private ClientID client() {
    return new ClientID(settings.clientId());
  }

  private Scope scope() {
    return new Scope(settings.scopes().toArray(String[]::new));
  }

  private Optional<ClientAuthentication> authentication(OIDCProviderMetadata metadata) {
    return settings
        .clientSecret()
        .map(Secret::new)
        .map(secret -> {
          var methods = metadata.getTokenEndpointAuthMethods();
          boolean needsPost =
              methods != null
                  && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                  && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
          return needsPost
              ? new ClientSecretPost(client(), secret)
              : new ClientSecretBasic(client(), secret);
        });
  }

  /// Some providers demand PKCE of a client in every flow; others ignore it here.
  DeviceSignIn beginDevice(String verifier) throws Failure {
    var metadata = known().metadata();
    var endpoint = metadata.getDeviceAuthorizationEndpointURI();
    if (endpoint == null) throw new Failure("It has no device authorization", null);
    var request =
        authentication(metadata)
            .map(DeviceAuthorizationRequest.Builder::new)
            .orElseGet(() -> new DeviceAuthorizationRequest.Builder(client()))
            .scope(scope())
            .customParameter(
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                    .getValue())
            .customParameter("code_challenge_method", CodeChallengeMethod.S256.getValue())
            .endpointURI(endpoint)
            .build();
    try {
      var response = DeviceAuthorizationResponse.parse(send(request.toHTTPRequest()));
      if (!response.indicatesSuccess())
        throw new Failure(
            "It refused to begin: " + response.toErrorResponse().getErrorObject().getCode(), null);
      var begun = response.toSuccessResponse();
      return new DeviceSignIn(
          begun.getDeviceCode().getValue(),
          begun.getUserCode().getValue(),
          begun.getVerificationURI(),
          Optional.ofNullable(begun.getVerificationURIComplete()),
          Duration.ofSeconds(begun.getLifetime()),
          Duration.ofSeconds(Math.max(1, begun.getInterval())));
    } catch (ParseException wrong) {
      throw new Failure("Its answer is not valid", wrong);
    }
  }

  /// @param verifier absent if a node of an older release has begun
  Answer pollDevice(String deviceCode, Optional<String> verifier) throws Failure {
    return ask(
        new DeviceCodeGrant(new DeviceCode(deviceCode)),
        verifier
            .map(it -> Map.of("code_verifier", List.of(it)))
            .orElse(Map.<String, List<String>>of()),
        Optional.empty(),
        Optional.empty());
  }

  /// The page of the provider to which a browser goes.
  URI page(URI redirect, String state, String nonce, String verifier) throws Failure {
    return new AuthenticationRequest.Builder(ResponseType.CODE, scope(), client(), redirect)
        .state(new State(state))
        .nonce(new Nonce(nonce))
        .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256)
        .endpointURI(known().metadata().getAuthorizationEndpointURI())
        .build()
        .toURI();
  }

  Answer exchange(String code, URI redirect, String nonce, String verifier) throws Failure {
    return ask(
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), redirect, new CodeVerifier(verifier)),
        Optional.of(nonce));
  }

  /// Asks whether a user may still sign in.
  ///
  /// @param before its earlier statement, which stays valid if the answer has no ID token
  Answer refresh(String refreshToken, Verified before) throws Failure {
    return ask(
        new RefreshTokenGrant(new RefreshToken(refreshToken)),
        Map.of(),
        Optional.empty(),
        Optional.of(before));
  }

  private Answer ask(AuthorizationGrant grant, Optional<String> nonce) throws Failure {
    return ask(grant, Map.of(), nonce, Optional.empty());
  }

  /// @param more parameters of the request beside those of the grant
  private Answer ask(
      AuthorizationGrant grant,
      Map<String, List<String>> more,
      Optional<String> nonce,
      Optional<Verified> before)
      throws Failure {
    var metadata = known().metadata();
    var endpoint = metadata.getTokenEndpointURI();
    var request =
        authentication(metadata)
            .map(secret -> new TokenRequest.Builder(endpoint, secret, grant))
            .orElseGet(() -> new TokenRequest.Builder(endpoint, client(), grant));
    more.forEach((name, values) -> request.customParameter(name, values.toArray(String[]::new)));
    try {
      var http = send(request.build().toHTTPRequest());
      if (http.getStatusCode() >= 500)
        throw new Failure("It answered " + http.getStatusCode(), null);
      var response = OIDCTokenResponseParser.parse(http);
      if (!response.indicatesSuccess())
        return refusal(String.valueOf(response.toErrorResponse().getErrorObject().getCode()));
      var tokens = ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
      var refresh = Optional.ofNullable(tokens.getRefreshToken()).map(RefreshToken::getValue);
      var idToken = Optional.ofNullable(tokens.getIDToken());
      if (idToken.isEmpty() && before.isPresent())
        return new Answer.Confirmed(withToken(before.get(), refresh));
      if (idToken.isEmpty()) throw new Failure("It sent no ID token", null);
      var who = verified(idToken.get(), nonce, refresh);
      if (before.isPresent() && !before.get().subject().equals(who.subject()))
        throw new Failure("It sent the ID token of another user", null);
      return new Answer.Confirmed(who);
    } catch (ParseException wrong) {
      throw new Failure("Its answer is not valid", wrong);
    }
  }

  private static Answer refusal(String error) {
    return switch (error) {
      case "authorization_pending" -> new Answer.Pending(false);
      case "slow_down" -> new Answer.Pending(true);
      default -> new Answer.Denied(error);
    };
  }

  private static Verified withToken(Verified who, Optional<String> refresh) {
    return new Verified(
        who.issuer(),
        who.subject(),
        who.name(),
        who.displayName(),
        who.email(),
        who.groups(),
        who.session(),
        refresh.or(who::refreshToken));
  }

  private Verified verified(JWT idToken, Optional<String> nonce, Optional<String> refresh)
      throws Failure {
    try {
      var validator = new IDTokenValidator(issuer(), client(), selector(), null);
      validator.setMaxClockSkew((int) SignInIntervals.TOKEN_CLOCK_SKEW.toSeconds());
      var claims = validator.validate(idToken, nonce.map(Nonce::new).orElse(null));
      return new Verified(
          settings.issuer(),
          claims.getSubject().getValue(),
          text(claims, settings.nameClaim()),
          text(claims, "name"),
          text(claims, "email"),
          settings
              .groupsClaim()
              .filter(claim -> claims.getClaim(claim) != null)
              .map(claim -> texts(claims, claim)),
          Optional.ofNullable(claims.getSessionID()).map(it -> it.getValue()),
          refresh);
    } catch (BadJOSEException | JOSEException wrong) {
      throw new Failure("Its ID token is not valid: " + wrong.getMessage(), wrong);
    }
  }

  private Issuer issuer() {
    return new Issuer(settings.issuer());
  }

  private JWSVerificationKeySelector<SecurityContext> selector() throws Failure {
    return new JWSVerificationKeySelector<>(ALGORITHMS, known().keys());
  }

  private static Optional<String> text(IDTokenClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static List<String> texts(IDTokenClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : text(claims, name).stream().toList();
  }

  /// The sessions that the provider has logged out: one, or all of a user.
  ///
  /// @param subject absent if only the session is named
  record LogOut(Optional<String> subject, Optional<String> session) {}

  /// Checks a log-out of the provider (OpenID Connect Back-Channel Logout 1.0).
  LogOut logOut(String token) throws Failure {
    try {
      var claims =
          // providers may omit the type of the token
          new LogoutTokenValidator(issuer(), client(), false, selector(), null)
              .validate(JWTParser.parse(token));
      return new LogOut(
          Optional.ofNullable(claims.getSubject()).map(it -> it.getValue()),
          Optional.ofNullable(claims.getSessionID()).map(it -> it.getValue()));
    } catch (BadJOSEException | JOSEException | java.text.ParseException wrong) {
      throw new Failure("The logout token is not valid: " + wrong.getMessage(), wrong);
    }
  }

  private HTTPResponse send(HTTPRequest request) throws Failure {
    try {
      return (HTTPResponse) Objects.requireNonNull(http.send(request));
    } catch (IOException fault) {
      throw new Failure(String.valueOf(fault.getMessage()), fault);
    }
  }
}
