package kith.node.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// An operator's secret, which encrypts the keys of tokens and other secrets in the database:
/// AES-256-GCM with a key that HKDF derives from the secret (RFC 5869).
final class TokenSecret {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 8;

  private final String id;
  private final SecretKey key;

  TokenSecret(String text) {
    this(text, "kith token key encryption");
  }

  /// @param purpose the use of the key: each purpose has its own key
  TokenSecret(String text, String purpose) {
    try {
      id =
          HexFormat.of()
              .formatHex(kdf().deriveData(expanded(text, "kith token secret id", ID_BYTES)));
      key = kdf().deriveKey("AES", expanded(text, purpose, Secret32.BYTES));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot derive a key", fault);
    }
  }

  /// Tells secrets apart, and reveals nothing of them.
  String id() {
    return id;
  }

  /// @param name the id of the key, which decrypts under no other
  byte[] encrypt(String name, Secret32 plain) {
    return encrypt(name, plain.bytes());
  }

  byte[] encrypt(String name, byte[] plain) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot encrypt a key", fault);
    }
  }

  Secret32 decrypt(String name, byte[] encrypted) throws GeneralSecurityException {
    return new Secret32(decryptBytes(name, encrypted));
  }

  byte[] decryptBytes(String name, byte[] encrypted) throws GeneralSecurityException {
    if (encrypted.length <= NONCE_BYTES) throw new GeneralSecurityException("too short");
    var nonce = new byte[NONCE_BYTES];
    var in = ByteBuffer.wrap(encrypted).get(nonce);
    var sealed = new byte[in.remaining()];
    in.get(sealed);
    return cipher(Cipher.DECRYPT_MODE, name, nonce).doFinal(sealed);
  }

  private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static KDF kdf() throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256");
  }

  private static HKDFParameterSpec expanded(String text, String purpose, int length) {
    return HKDFParameterSpec.ofExtract()
        .addIKM(text.getBytes(StandardCharsets.UTF_8))
        .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), length);
  }

  @Override
  public String toString() {
    return "token secret " + id;
  }
}
