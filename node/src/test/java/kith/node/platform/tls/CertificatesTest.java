package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

/// The certificates that a node makes.
class CertificatesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.5Z");
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int CERTIFICATE_SIGNATURE = 5;

  private final Authority authority = Authority.create(NOON);

  @Test
  void anAuthorityMayOnlySignCertificatesOfNodes() throws Exception {
    var certificate = authority.certificate();

    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getBasicConstraints()).isZero();
    assertThat(set(certificate)).containsExactly(CERTIFICATE_SIGNATURE);
    assertThat(certificate.getExtendedKeyUsage()).isNull();
  }

  @Test
  void aNodeMayOnlyUseItsCertificateForTls() throws Exception {
    var certificate = authority.issue(NOON).certificate();

    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(set(certificate)).containsExactly(DIGITAL_SIGNATURE);
    assertThat(certificate.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  }

  private static List<Integer> set(X509Certificate certificate) {
    var usage = certificate.getKeyUsage();
    return IntStream.range(0, usage.length).filter(i -> usage[i]).boxed().toList();
  }

  @Test
  void aNodesCertificateIsSignedByItsAuthorityOnly() {
    var certificate = authority.issue(NOON).certificate();
    var other = Authority.create(NOON);

    assertThatCode(() -> certificate.verify(authority.certificate().getPublicKey()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> certificate.verify(other.certificate().getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void aNodesCertificateIsValidForAWeekAndForClocksThatAreBehind() {
    var certificate = authority.issue(NOON).certificate();

    assertThat(certificate.getNotBefore()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(certificate.getNotAfter()).isEqualTo("2026-01-08T12:00:00Z");
  }

  @Test
  void anAuthorityIsValidForTenYears() {
    assertThat(authority.certificate().getNotBefore()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(authority.certificate().getNotAfter()).isEqualTo("2035-12-30T12:00:00Z");
  }

  @Test
  void yearsFrom2050OnHaveFourDigits() {
    var late = Authority.create(Instant.parse("2045-06-01T00:00:00Z")).certificate();

    assertThat(late.getNotBefore()).isEqualTo("2045-05-31T12:00:00Z");
    assertThat(late.getNotAfter()).isEqualTo("2055-05-30T00:00:00Z");
  }

  @Test
  void keysAndSerialNumbersAreNewInEachCertificate() {
    var one = authority.issue(NOON).certificate();
    var another = authority.issue(NOON).certificate();

    assertThat(one.getPublicKey()).isNotEqualTo(another.getPublicKey());
    assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(another.getSerialNumber());
    assertThat(((ECPublicKey) one.getPublicKey()).getParams().getOrder().bitLength())
        .isEqualTo(256);
  }

  @Test
  void authoritiesDifferInTheirNames() {
    assertThat(Authority.create(NOON).certificate().getSubjectX500Principal())
        .isNotEqualTo(authority.certificate().getSubjectX500Principal());
    assertThat(authority.certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=Kith cluster authority " + authority.id());
  }

  @Test
  void aNodesCertificateNamesTheKeyOfItsAuthority() throws Exception {
    var read = new X509CertificateHolder(authority.issue(NOON).certificate().getEncoded());
    var by = new X509CertificateHolder(authority.certificate().getEncoded());

    assertThat(AuthorityKeyIdentifier.fromExtensions(read.getExtensions()).getKeyIdentifierOctets())
        .isEqualTo(SubjectKeyIdentifier.fromExtensions(by.getExtensions()).getKeyIdentifier());
    assertThat(read.getCriticalExtensionOIDs()).hasSize(2);
  }
}
