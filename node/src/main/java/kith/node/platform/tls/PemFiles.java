package kith.node.platform.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import kith.node.platform.config.Tls;

/// The PEM files of one side of TLS, loaded for Java.
record PemFiles(Tls files) {
  /// The current state of the files; it differs when one of them has been replaced.
  List<String> stamps() {
    var stamps = new ArrayList<String>();
    stamps.add(stamp(files.certificate()));
    stamps.add(stamp(files.key()));
    files.authority().ifPresent(file -> stamps.add(stamp(file)));
    return stamps;
  }

  private static String stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException gone) {
      return "gone";
    }
  }

  SSLContext context() throws BadPem {
    var chain = Pem.read(files.certificate()).certificates();
    var own = Pem.read(files.key()).key(algorithm(chain.getFirst()));
    if (!belong(own, chain.getFirst()))
      throw new BadPem(
          "The key in %s does not belong to the certificate in %s."
              .formatted(files.key(), files.certificate()));
    var trust = new ArrayList<X509Certificate>();
    if (files.authority().isPresent())
      trust.addAll(Pem.read(files.authority().get()).certificates());
    try {
      return Contexts.of(chain, own, trust);
    } catch (GeneralSecurityException | IOException fault) {
      throw new BadPem(
          "The certificate in %s cannot be used: %s."
              .formatted(files.certificate(), fault.getMessage()));
    }
  }

  private static String algorithm(X509Certificate certificate) {
    return certificate.getPublicKey().getAlgorithm();
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    var algorithm =
        switch (algorithm(certificate)) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case String other -> other;
        };
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      var proof = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      return signature.verify(proof);
    } catch (GeneralSecurityException fault) {
      return false;
    }
  }
}
