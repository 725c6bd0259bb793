package kith.node.feature.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import kith.node.platform.config.CourierIntervals;
import kith.protocol.json.Json;

/// The key with which the cluster identifies itself to push services (VAPID, RFC 8292).
///
/// @param publicKey uncompressed
/// @param contact a `mailto:` or `https:` address of the operator
record Vapid(byte[] publicKey, PrivateKey key, Optional<String> contact) {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      BASE64.encodeToString(
          "{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(StandardCharsets.US_ASCII));

  private record Claims(String aud, long exp, Optional<String> sub) {}

  static Vapid of(KeyPair pair, Optional<String> contact) {
    return new Vapid(
        WebPushCipher.bytes((ECPublicKey) pair.getPublic()), pair.getPrivate(), contact);
  }

  static Vapid of(byte[] publicKey, byte[] pkcs8, Optional<String> contact) {
    try {
      return new Vapid(
          publicKey,
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          contact);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("The key of the table push_key cannot be read", fault);
    }
  }

  /// The public key in the form that browsers need for a subscription.
  String shown() {
    return BASE64.encodeToString(publicKey);
  }

  /// The value of the header `authorization`, for one push service.
  String authorization(URI endpoint, Instant now) {
    var port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    var claims =
        new Claims(
            endpoint.getScheme() + "://" + endpoint.getHost() + port,
            now.plus(CourierIntervals.VAPID_TOKEN).getEpochSecond(),
            contact);
    var signed =
        HEADER
            + "."
            + BASE64.encodeToString(Json.restText(claims).getBytes(StandardCharsets.UTF_8));
    return "vapid t=" + signed + "." + BASE64.encodeToString(sign(signed)) + ", k=" + shown();
  }

  private byte[] sign(String text) {
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot sign", fault);
    }
  }

  @Override
  public String toString() {
    return "VAPID key " + shown();
  }
}
