package kith.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The format of the sources of all modules. Maven may run on a Java that cannot read them; the
/// tests run on a JDK 25 in any case, so that every build checks it. It is in the module that is
/// built first, so that a build fails in seconds.
class FormatTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of("protocol", "node", "terminal-client", "bench");

  @Test
  void everySourceHasTheFormatOfSpotlessApply() {
    // one list: the files of a module would share a thread
    var all = MODULES.stream().flatMap(FormatTest::sources).toList();

    var others = all.parallelStream().filter(FormatTest::differs);

    assertThat(others).as("format them with ./mvnw spotless:apply").isEmpty();
  }

  private static Stream<Path> sources(String module) {
    try (var files = Files.walk(ROOT.resolve(module).resolve("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static boolean differs(Path file) {
    try {
      var source = Files.readString(file);
      return !source.equals(formatted(source));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (FormatterException unreadable) {
      throw new AssertionError(file.toString(), unreadable);
    }
  }

  private static String formatted(String source) throws FormatterException {
    var ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }
}
