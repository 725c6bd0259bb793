package kith.node.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The class path of a node in a process of its own.
///
/// After `package` it is the jars that the launcher runs, with a class data archive that the JVM
/// makes when the first node stops: a start then costs half the processor time. Without up-to-date
/// jars, as in an IDE, it is the class path of the tests.
final class NodeClasses {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private NodeClasses() {}

  static List<String> options() {
    var options = new ArrayList<String>();
    var jars = jars();
    if (jars.isEmpty()) options.addAll(List.of("-cp", System.getProperty("java.class.path")));
    else {
      options.addAll(List.of("-cp", String.join(System.getProperty("path.separator"), jars)));
      options.add("-XX:+AutoCreateSharedArchive");
      options.add("-XX:SharedArchiveFile=" + TARGET.resolve("node-process.jsa"));
    }
    return options;
  }

  private static List<String> jars() {
    var jars = new ArrayList<String>();
    for (var place : List.of(TARGET, TARGET.resolve("lib")))
      files(place, 1).filter(NodeClasses::isJar).sorted().map(Path::toString).forEach(jars::add);
    var isPackaged = files(TARGET, 1).anyMatch(file -> isJar(file) && isNewerThanClasses(file));
    return isPackaged ? jars : List.of();
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  private static boolean isNewerThanClasses(Path jar) {
    var built = jar.toFile().lastModified();
    return files(TARGET.resolve("classes"), Integer.MAX_VALUE)
        .allMatch(file -> file.toFile().lastModified() <= built);
  }

  private static Stream<Path> files(Path directory, int depth) {
    if (!Files.isDirectory(directory)) return Stream.of();
    try (var all = Files.walk(directory, depth)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
