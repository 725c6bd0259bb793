package kith.node.feature.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import kith.protocol.rest.Notifications.PushKeys;

/// The other side of Web Push: a device that decrypts (RFC 8188, RFC 8291), and a push service that
/// checks who sends (RFC 8292).
public record WebPushReceiver(KeyPair pair, byte[] auth) {
  private static final Pattern VAPID =
      Pattern.compile("vapid t=([^.]+\\.([^.]+))\\.([^,]+), k=(.+)");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  public static WebPushReceiver create() {
    return new WebPushReceiver(
        WebPushCipher.newKeyPair(), "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] publicKey() {
    return WebPushCipher.bytes((ECPublicKey) pair.getPublic());
  }

  public PushKeys keys() {
    return new PushKeys(BASE64.encodeToString(publicKey()), BASE64.encodeToString(auth));
  }

  /// The text of a message; fails if it is not encrypted for this receiver.
  public String read(byte[] message) {
    try {
      return decrypt(ByteBuffer.wrap(message));
    } catch (GeneralSecurityException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private String decrypt(ByteBuffer in) throws GeneralSecurityException {
    var salt = new byte[16];
    in.get(salt);
    if (in.getInt() != 4096) throw new AssertionError("another size of records");
    var sender = new byte[in.get()];
    in.get(sender);
    var sealed = new byte[in.remaining()];
    in.get(sealed);
    var shared = WebPushCipher.agree(pair.getPrivate(), WebPushCipher.publicKey(sender));
    var info =
        ByteBuffer.allocate(14 + 65 + 65)
            .put("WebPush: info\0".getBytes(StandardCharsets.US_ASCII))
            .put(publicKey())
            .put(sender)
            .array();
    var input = WebPushCipher.derive(auth, shared, info, 32);
    var key = WebPushCipher.derive(salt, input, label("aes128gcm"), 16);
    var nonce = WebPushCipher.derive(salt, input, label("nonce"), 12);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    var plain = cipher.doFinal(sealed);
    if (plain[plain.length - 1] != 2) throw new AssertionError("not the last record");
    return new String(Arrays.copyOf(plain, plain.length - 1), StandardCharsets.UTF_8);
  }

  private static byte[] label(String name) {
    return ("Content-Encoding: " + name + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /// The claims of a token that was signed with this key.
  public static String claims(String authorization, String vapidKey) {
    var parts = VAPID.matcher(authorization);
    if (!parts.matches() || !parts.group(4).equals(vapidKey))
      throw new AssertionError(authorization);
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(WebPushCipher.publicKey(Base64.getUrlDecoder().decode(vapidKey)));
      signature.update(parts.group(1).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts.group(3))))
        throw new AssertionError("a wrong signature: " + authorization);
    } catch (GeneralSecurityException wrong) {
      throw new AssertionError(wrong);
    }
    return new String(Base64.getUrlDecoder().decode(parts.group(2)), StandardCharsets.UTF_8);
  }
}
