package kith.node.platform.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// One PEM file: blocks between `-----BEGIN X-----` and `-----END X-----`, with any text around.
record Pem(Path file, List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /// A larger file is not a certificate.
  private static final long MOST_BYTES = 1 << 20;

  record Block(String kind, byte[] bytes) {}

  static Pem read(Path file) throws BadPem {
    var blocks = new ArrayList<Block>();
    var matcher = BLOCK.matcher(text(file));
    while (matcher.find()) blocks.add(new Block(matcher.group(1), decoded(file, matcher.group(2))));
    return new Pem(file, blocks);
  }

  private static String text(Path file) throws BadPem {
    try {
      if (Files.size(file) > MOST_BYTES) throw new BadPem("The file " + file + " is too large.");
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw new BadPem("There is no file " + file + ".");
    } catch (IOException fault) {
      throw new BadPem("The file " + file + " cannot be read.");
    }
  }

  private static byte[] decoded(Path file, String text) throws BadPem {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException fault) {
      // old encrypted keys with RFC 1421 headers end here, too
      throw new BadPem("The file " + file + " contains a block that is encrypted or not base64.");
    }
  }

  /// All certificates in file order: the node's own first, then its issuers.
  List<X509Certificate> certificates() throws BadPem {
    var certificates = new ArrayList<X509Certificate>();
    for (var block : blocks)
      if (block.kind().equals("CERTIFICATE")) certificates.add(certificate(block));
    if (certificates.isEmpty())
      throw new BadPem("The file " + file + " contains no certificate (BEGIN CERTIFICATE).");
    return certificates;
  }

  private X509Certificate certificate(Block block) throws BadPem {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException fault) {
      throw new BadPem("The file " + file + " contains a certificate that cannot be read.");
    }
  }

  /// The private key, of the certificate's algorithm: RSA, EC or EdDSA.
  PrivateKey key(String algorithm) throws BadPem {
    for (var block : blocks)
      switch (block.kind()) {
        case "PRIVATE KEY" -> {
          return key(block, algorithm);
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new BadPem("The private key in " + file + " is encrypted." + remedy());
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new BadPem("The private key in " + file + " is not in PKCS#8." + remedy());
        default -> {}
      }
    throw new BadPem("The file " + file + " contains no private key (BEGIN PRIVATE KEY).");
  }

  private String remedy() {
    return " Convert it: openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName() + " -out new.pem";
  }

  private PrivateKey key(Block block, String algorithm) throws BadPem {
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
    } catch (GeneralSecurityException fault) {
      throw new BadPem(
          "The private key in %s is not an %s key, as its certificate requires."
              .formatted(file, algorithm));
    }
  }
}
