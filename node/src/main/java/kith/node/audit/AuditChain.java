package kith.node.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The hashes of the audit log: SHA-256 over the hash before and the row.
final class AuditChain {
  /// The hash before the first row.
  static final String BEGINNING = "";

  private AuditChain() {}

  /// A row of the log and its number.
  record Row(long number, AuditEvent event) {}

  /// The place that a check has reached.
  ///
  /// @param next the number of the next row
  record Place(long next, String hash) {
    static final Place BEGINNING = new Place(1, AuditChain.BEGINNING);
  }

  /// The result of checking some rows.
  ///
  /// @param fault a sentence about the first row that is wrong
  record Finding(Place place, Optional<String> fault) {}

  static AuditEvent.Recorded recorded(String previous, AuditEntry entry) {
    return new AuditEvent.Recorded(entry, hash(previous, entry));
  }

  static AuditEvent.Sealed sealed(String previous, long through, String throughHash, Instant at) {
    return new AuditEvent.Sealed(
        through, throughHash, at, hash(previous, through, throughHash, at));
  }

  /// Checks rows that follow on `from`, until the first one that is wrong.
  static Finding check(Place from, List<Row> rows) {
    var place = from;
    for (var row : rows) {
      if (row.number() != place.next())
        return new Finding(place, Optional.of("Entry %d is missing.".formatted(place.next())));
      if (!row.event().hash().equals(expected(place.hash(), row.event())))
        return new Finding(
            place,
            Optional.of("Entry %d, or the one before it, was changed.".formatted(row.number())));
      place = new Place(row.number() + 1, row.event().hash());
    }
    return new Finding(place, Optional.empty());
  }

  private static String expected(String previous, AuditEvent event) {
    return switch (event) {
      case AuditEvent.Recorded(var entry, _) -> hash(previous, entry);
      case AuditEvent.Sealed(var through, var throughHash, var at, _) ->
          hash(previous, through, throughHash, at);
    };
  }

  private static String hash(String previous, AuditEntry entry) {
    return digest(out -> {
      text(out, previous);
      text(out, "entry");
      out.writeLong(entry.at().toEpochMilli());
      text(out, entry.act());
      text(out, entry.by());
      for (var field : List.of(entry.account(), entry.room(), entry.address(), entry.detail())) {
        out.writeBoolean(field.isPresent());
        if (field.isPresent()) text(out, field.get());
      }
    });
  }

  private static String hash(String previous, long through, String throughHash, Instant at) {
    return digest(out -> {
      text(out, previous);
      text(out, "sealed");
      out.writeLong(through);
      text(out, throughHash);
      out.writeLong(at.toEpochMilli());
    });
  }

  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /// With its length, so that no two rows have the same bytes.
  private static void text(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String digest(Content content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      content.write(out);
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
