package kith.node.platform.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes DER, the encoding of X.509 certificates (ITU-T X.690): only the types that a certificate
/// of ours contains.
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  /// The first year that a certificate writes with four digits (RFC 5280, 4.1.2.5).
  private static final int FOUR_DIGITS_FROM = 2050;

  private static final DateTimeFormatter TWO_DIGITS = time("uuMMddHHmmss'Z'");
  private static final DateTimeFormatter FOUR_DIGITS = time("uuuuMMddHHmmss'Z'");

  private Der() {}

  private static DateTimeFormatter time(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }

  static byte[] sequence(byte[]... items) {
    return value(SEQUENCE, items);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] yes() {
    return value(BOOLEAN, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] bytes) {
    return value(OCTET_STRING, bytes);
  }

  /// A bit string of whole bytes.
  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, new byte[] {0}, bytes);
  }

  /// A list of flags of which only one is set.
  ///
  /// @param number of the flag, from 0 to 7
  static byte[] flag(int number) {
    return value(BIT_STRING, new byte[] {(byte) (7 - number), (byte) (0x80 >> number)});
  }

  /// @param dotted an object identifier such as 2.5.29.19
  static byte[] oid(String dotted) {
    var parts = dotted.split("\\.", -1);
    var content = new ByteArrayOutputStream();
    content.writeBytes(base128(40 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1])));
    for (var i = 2; i < parts.length; i++) content.writeBytes(base128(Integer.parseInt(parts[i])));
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  /// Seven bits in each byte; all bytes but the last have the highest bit set.
  private static byte[] base128(int number) {
    var length = Math.max(1, (38 - Integer.numberOfLeadingZeros(number)) / 7);
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      var rest = number >>> 7 * (length - 1 - i);
      bytes[i] = (byte) (rest & 0x7f | (i < length - 1 ? 0x80 : 0));
    }
    return bytes;
  }

  static byte[] time(Instant at) {
    var isLate = at.atOffset(ZoneOffset.UTC).getYear() >= FOUR_DIGITS_FROM;
    var text = (isLate ? FOUR_DIGITS : TWO_DIGITS).format(at);
    return value(isLate ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /// A numbered field that holds whole values.
  static byte[] field(int number, byte[]... items) {
    return value(CONTEXT | CONSTRUCTED | number, items);
  }

  /// A numbered field that holds only the content of a value.
  static byte[] plainField(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  private static byte[] value(int tag, byte[]... contents) {
    var length = 0;
    for (var content : contents) length += content.length;
    var out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    out.writeBytes(length(length));
    for (var content : contents) out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] length(int length) {
    if (length < 0x80) return new byte[] {(byte) length};
    var bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
    var encoded = new byte[bytes + 1];
    encoded[0] = (byte) (0x80 | bytes);
    for (var i = 1; i <= bytes; i++) encoded[i] = (byte) (length >>> 8 * (bytes - i));
    return encoded;
  }
}
