package kith.node.feature.push;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts notifications so that only the device can read them: Message Encryption for Web Push
/// (RFC 8291), with the content encoding aes128gcm (RFC 8188) in one record.
final class WebPushCipher {
  static final int PUBLIC_KEY_BYTES = 65;
  static final int AUTH_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;
  private static final int RECORD_BYTES = 4096;
  private static final int TAG_BITS = 128;
  private static final ECParameterSpec CURVE = curve();

  private WebPushCipher() {}

  /// The keys of a device's subscription.
  ///
  /// @param publicKey on P-256, uncompressed
  record Keys(byte[] publicKey, byte[] auth) {
    /// Fails if the key is not a point of the curve: a secret derived from it could be guessed.
    Keys {
      if (auth.length != AUTH_BYTES) throw new IllegalArgumentException("not a secret of 16 bytes");
      var _ = WebPushCipher.publicKey(publicKey);
    }

    byte[] bytes() {
      return ByteBuffer.allocate(PUBLIC_KEY_BYTES + AUTH_BYTES).put(publicKey).put(auth).array();
    }

    static Keys of(byte[] bytes) {
      return new Keys(
          Arrays.copyOf(bytes, PUBLIC_KEY_BYTES),
          Arrays.copyOfRange(bytes, PUBLIC_KEY_BYTES, bytes.length));
    }
  }

  static KeyPair newKeyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot make a key", fault);
    }
  }

  static byte[] encrypt(Keys keys, byte[] text) {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return encrypt(keys, text, newKeyPair(), salt);
  }

  /// @param sender a key pair for this message only
  static byte[] encrypt(Keys keys, byte[] text, KeyPair sender, byte[] salt) {
    try {
      var own = bytes((ECPublicKey) sender.getPublic());
      var shared = agree(sender.getPrivate(), publicKey(keys.publicKey()));
      var info = new ByteArrayOutputStream();
      info.writeBytes("WebPush: info\0".getBytes(StandardCharsets.US_ASCII));
      info.writeBytes(keys.publicKey());
      info.writeBytes(own);
      var input = derive(keys.auth(), shared, info.toByteArray(), 32);
      var key = derive(salt, input, label("Content-Encoding: aes128gcm\0"), 16);
      var nonce = derive(salt, input, label("Content-Encoding: nonce\0"), 12);
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      // the delimiter of the last record
      var sealed =
          cipher.doFinal(ByteBuffer.allocate(text.length + 1).put(text).put((byte) 2).array());
      return ByteBuffer.allocate(SALT_BYTES + 4 + 1 + own.length + sealed.length)
          .put(salt)
          .putInt(RECORD_BYTES)
          .put((byte) own.length)
          .put(own)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot encrypt a notification", fault);
    }
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] agree(PrivateKey own, ECPublicKey other) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(own);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  static byte[] derive(byte[] salt, byte[] input, byte[] info, int length)
      throws GeneralSecurityException {
    SecretKey derived =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "Generic",
                HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(input).thenExpand(info, length));
    return derived.getEncoded();
  }

  /// The uncompressed form of a key.
  static byte[] bytes(ECPublicKey key) {
    return ByteBuffer.allocate(PUBLIC_KEY_BYTES)
        .put((byte) 4)
        .put(coordinate(key.getW().getAffineX()))
        .put(coordinate(key.getW().getAffineY()))
        .array();
  }

  private static byte[] coordinate(BigInteger number) {
    var bytes = number.toByteArray();
    var padded = new byte[32];
    var length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
    return padded;
  }

  static ECPublicKey publicKey(byte[] bytes) {
    if (bytes.length != PUBLIC_KEY_BYTES || bytes[0] != 4)
      throw new IllegalArgumentException("not an uncompressed point of P-256");
    var x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33));
    var y = new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65));
    if (!isOnCurve(x, y)) throw new IllegalArgumentException("not a point of P-256");
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    } catch (GeneralSecurityException fault) {
      throw new IllegalArgumentException("not a point of P-256", fault);
    }
  }

  private static boolean isOnCurve(BigInteger x, BigInteger y) {
    var curve = CURVE.getCurve();
    var p = ((ECFieldFp) curve.getField()).getP();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) return false;
    var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    return y.pow(2).mod(p).equals(right);
  }

  private static ECParameterSpec curve() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java has no P-256", fault);
    }
  }
}
