package kith.node.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The stored examples of all releases, from which inputs are made.
public final class Seeds {
  private static final Path WIRE = Path.of("..", "protocol", "src", "test", "resources", "wire");
  private static final Path STORED = Path.of("src", "test", "resources");

  private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+");

  /// Values that readers refuse or treat specially.
  private static final List<String> SPECIAL =
      List.of(
          "null",
          "true",
          "false",
          "-1",
          "0",
          "1.5",
          "1e400",
          "1e1000000000",
          "9223372036854775808",
          "2147483648",
          "9".repeat(1_200),
          "\"\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"" + "x".repeat(2_000) + "\"",
          "[]",
          "{}",
          "[",
          "{\"a\":",
          ",",
          "\ufeff");

  private Seeds() {}

  /// Frames or bodies, one per line.
  public static List<String> lines(String file) {
    return files(WIRE, file).stream()
        .flatMap(it -> new String(bytes(it), StandardCharsets.UTF_8).lines())
        .toList();
  }

  /// Stored and sent values; the kind is the type name.
  public static List<Input> stored() {
    return Stream.of("journal", "cluster")
        .flatMap(kind -> files(STORED.resolve(kind), ".cbor").stream())
        .map(file -> new Input(typeName(file.getFileName().toString()), bytes(file)))
        .toList();
  }

  private static String typeName(String file) {
    return file.replaceFirst("(-[0-9]+)?\\.cbor$", "");
  }

  /// The strings and numbers of these texts, and values that readers treat specially.
  public static List<byte[]> tokens(List<String> texts) {
    var ofTexts =
        texts.stream().flatMap(text -> TOKEN.matcher(text).results().map(it -> it.group()));
    return Stream.concat(ofTexts, SPECIAL.stream())
        .distinct()
        .map(token -> token.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static List<Path> files(Path under, String end) {
    try (var all = Files.walk(under, 2)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
