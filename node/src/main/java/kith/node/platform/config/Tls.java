package kith.node.platform.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// PEM files.
///
/// @param authority the authority that must have signed the other side's certificate, if one is
///   required
public record Tls(Path certificate, Path key, Optional<Path> authority) {
  /// A certificate and its key; empty if neither is set.
  static Optional<Tls> readPair(Section in) {
    return together(in, "certificate", "key")
        .map(files -> new Tls(files.get(0), files.get(1), Optional.empty()));
  }

  /// A certificate, its key and an authority; empty if none is set.
  static Optional<Tls> readWithAuthority(Section in) {
    return together(in, "certificate", "key", "authority")
        .map(files -> new Tls(files.get(0), files.get(1), Optional.of(files.get(2))));
  }

  /// Files that must all be given together, or none.
  private static Optional<List<Path>> together(Section in, String... keys) {
    var files = new ArrayList<Path>();
    var missing = new ArrayList<String>();
    for (var key : keys)
      in.optionalText(key)
          .ifPresentOrElse(file -> files.add(Path.of(file)), () -> missing.add(key));
    if (files.isEmpty()) return Optional.empty();
    if (missing.isEmpty()) return Optional.of(files);
    throw in.wrong(
        missing.getFirst(),
        "must be set when " + String.join(" or ", others(missing, keys)) + " is");
  }

  private static List<String> others(List<String> missing, String[] keys) {
    return Arrays.stream(keys).filter(key -> !missing.contains(key)).toList();
  }
}
