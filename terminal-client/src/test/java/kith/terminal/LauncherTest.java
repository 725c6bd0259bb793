package kith.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.util.List;
import java.util.Map;
import kith.terminal.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher on machines that lack a JDK or Maven, its training of a node, and in an
/// installation.
class LauncherTest {
  /// No JDK on this machine is as new as this one.
  private static final String LEAST = "99";

  private static final List<String> NEEDED =
      List.of(
          "bash",
          "cat",
          "dirname",
          "id",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "rmdir",
          "sed");

  @TempDir private Path directory;

  /// Runs the launcher where only the given package manager is on the path.
  ///
  /// @param script what the package manager does
  private String withoutJdk(String packageManager, String script)
      throws IOException, InterruptedException {
    var launcher = Files.readString(Path.of("../kith")).replace("=25\n", "=" + LEAST + "\n");
    var path = programs();
    write(path.resolve(packageManager), script);
    if (packageManager.equals("apt-get")) write(path.resolve("apt-cache"), script);

    var output = fails(launcher, Map.of());

    assertThat(output.lines()).hasSize(1);
    assertThat(output).startsWith("kith: no JDK 99 or newer was found");
    // root needs no sudo
    return output.replace("sudo ", "").strip();
  }

  /// The only directory on the path.
  private Path programs() throws IOException {
    var path = Files.createDirectory(directory.resolve("bin"));
    for (var program : NEEDED) write(path.resolve(program), "exec " + find(program) + " \"$@\"");
    return path;
  }

  private String fails(String launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve("pom.xml"), "");
    var file = Files.writeString(directory.resolve("kith"), launcher);
    return run(file, environment, 1);
  }

  private String run(Path file, Map<String, String> environment, int exit)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(find("bash").toString(), file.toString(), "rooms")
            .redirectErrorStream(true);
    builder.environment().remove("KITH_JAVA_HOME");
    builder.environment().put("PATH", directory.resolve("bin").toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exit);
    return output;
  }

  private static void write(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path find(String program) {
    return List.of("/bin", "/usr/bin").stream()
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void debianAndUbuntuInstallThePackageThatTheyHave() throws IOException, InterruptedException {
    assertThat(withoutJdk("apt-get", "test \"$2\" = temurin-99-jdk"))
        .endsWith(" Install one: apt-get install temurin-99-jdk");
  }

  @Test
  void aDebianWithoutListsOfPackagesFetchesThemFirst() throws IOException, InterruptedException {
    assertThat(withoutJdk("apt-get", "test \"$1\" = pkgnames"))
        .endsWith(" Try: apt-get update, then " + directory.resolve("kith") + " again.");
  }

  @Test
  void aDebianWithoutSuchAPackageGetsTheAddressOfAdoptium()
      throws IOException, InterruptedException {
    assertThat(withoutJdk("apt-get", "test \"$1\" = pkgnames && echo openjdk-17-jdk"))
        .endsWith(" Install one: https://adoptium.net/installation/");
  }

  @Test
  void onFedoraTheJdkIsInstalledWithDnf() throws IOException, InterruptedException {
    assertThat(withoutJdk("dnf", "")).endsWith(" Install one: dnf install java-99-openjdk-devel");
  }

  @Test
  void onArchTheJdkIsInstalledWithPacman() throws IOException, InterruptedException {
    assertThat(withoutJdk("pacman", "")).endsWith(" Install one: pacman -S jdk-openjdk");
  }

  @Test
  void onAlpineTheJdkIsInstalledWithApk() throws IOException, InterruptedException {
    assertThat(withoutJdk("apk", "")).endsWith(" Install one: apk add openjdk99-jdk");
  }

  @Test
  void homebrewInstallsIt() throws IOException, InterruptedException {
    assertThat(withoutJdk("brew", "")).endsWith(" Install one: brew install --cask temurin");
  }

  @Test
  void otherSystemsGetTheAddressOfAdoptium() throws IOException, InterruptedException {
    assertThat(withoutJdk("unknown", ""))
        .endsWith(" Install one: https://adoptium.net/installation/");
  }

  /// A checkout whose node is built, and a JDK whose java ends at once.
  ///
  /// @return the files beside the node's jar when java was started
  private List<String> startsANode(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    var jdk = directory.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"99\"\n");
    write(jdk.resolve("bin/java"), "ls '" + directory + "/node/target' >'" + directory + "/seen'");
    for (var source : List.of("protocol/src/main", "node/src/main", "node/target/lib"))
      Files.createDirectories(directory.resolve(source));
    for (var file : List.of("pom.xml", "protocol/pom.xml", "node/pom.xml", "cluster.conf"))
      Files.writeString(directory.resolve(file), "");
    Files.writeString(directory.resolve("node/target/kith-node.jar"), "");
    Files.writeString(directory.resolve("node/target/kith-built"), "");
    var file = Files.writeString(directory.resolve("kith"), Files.readString(Path.of("../kith")));
    var builder = new ProcessBuilder(find("bash").toString(), file.toString(), "node").inheritIO();
    builder.command().addAll(List.of(options));
    builder.environment().put("KITH_JAVA_HOME", jdk.toString());
    builder.environment().putAll(environment);
    assertThat(builder.start().waitFor()).isZero();
    return Files.readAllLines(directory.resolve("seen"));
  }

  @Test
  void aTrainingEndsWithItsNodeAndLeavesNothing() throws IOException, InterruptedException {
    assertThat(startsANode(Map.of())).contains("kith.aot.training");

    try (var watch = FileSystems.getDefault().newWatchService()) {
      directory.resolve("node/target").register(watch, StandardWatchEventKinds.ENTRY_DELETE);
      while (!aotFiles().isEmpty()) watch.take().reset();
    }
  }

  private List<Path> aotFiles() throws IOException {
    try (var files = Files.list(directory.resolve("node/target"))) {
      return files.filter(it -> it.toString().contains("kith.aot")).toList();
    }
  }

  @Test
  void trainingCanBeSwitchedOff() throws IOException, InterruptedException {
    assertThat(startsANode(Map.of("KITH_TRAINING", "no"))).noneMatch(it -> it.contains("aot"));
  }

  @Test
  void noTrainingBeginsForANodeThatOnlyPrintsItsVersion() throws IOException, InterruptedException {
    assertThat(startsANode(Map.of(), "--version")).noneMatch(it -> it.contains("aot"));
  }

  @Test
  void aMachineWithoutMavenBuildsWithTheWrapper() throws IOException, InterruptedException {
    programs();
    write(directory.resolve("mvnw"), "echo wrapper $*; exit 1");
    var jdk = Map.of("KITH_JAVA_HOME", System.getProperty("java.home"));

    var output = fails(Files.readString(Path.of("../kith")), jdk);

    assertThat(output).contains("wrapper -q -B ").contains(" -pl terminal-client ");
    assertThat(output).endsWith("kith: the build failed.\n");
  }

  /// An installation with one module.
  ///
  /// @param java the script of its Java
  /// @return its launcher
  private Path installation(String module, String java) throws IOException {
    programs();
    var installation = Files.createDirectories(directory.resolve("kith-1.0"));
    var runtime = Files.createDirectories(installation.resolve("runtime/bin"));
    Files.writeString(runtime.resolveSibling("release"), "JAVA_VERSION=\"25.0.1\"\n");
    write(runtime.resolve("java"), java);
    var jars = Files.createDirectories(installation.resolve("lib").resolve(module));
    Files.writeString(jars.resolve("kith.jar"), "");
    Files.writeString(jars.resolve("kith.aot"), "");
    var launcher = Files.createDirectories(installation.resolve("bin")).resolve("kith");
    return Files.copy(Path.of("../kith"), launcher);
  }

  @Test
  void anInstallationUsesTheRuntimeThatItContains() throws IOException, InterruptedException {
    var launcher = installation("terminal-client", "echo runtime \"$@\"");
    var link = Files.createSymbolicLink(directory.resolve("link"), launcher);

    var output = run(link, Map.of(), 0);

    assertThat(output)
        .startsWith("runtime ")
        .endsWith("/lib/terminal-client/kith.jar kith.terminal.Main rooms\n");
  }

  /// Runs `kith rooms` of an installation whose Java prints the name of the program.
  private String called(Path program) throws IOException, InterruptedException {
    var asked = Files.writeString(directory.resolve("asked"), "'" + program + "' rooms\n");
    return run(asked, Map.of(), 0);
  }

  @Test
  void theProgramGetsTheNameByWhichTheUserCalledTheLauncher()
      throws IOException, InterruptedException {
    var launcher =
        installation("terminal-client", "for it; do case $it in -Dkith.*) echo $it ;; esac; done");

    assertThat(called(launcher)).isEqualTo("-Dkith.program=" + launcher + "\n");

    var ofPath = Files.createSymbolicLink(directory.resolve("bin/kith"), launcher);
    assertThat(called(ofPath)).isEqualTo("-Dkith.program=kith\n");
    assertThat(called(Path.of("kith"))).isEqualTo("-Dkith.program=kith\n");
  }

  @Test
  void anInstallationOfANodePrintsItsVersion() throws IOException, InterruptedException {
    var launcher = installation("node", "echo \"$@\"");
    var asked =
        Files.writeString(
            directory.resolve("asked"), "exec " + find("bash") + " " + launcher + " --version\n");

    assertThat(run(asked, Map.of(), 0)).endsWith("/lib/node/kith.jar kith.node.Main --version\n");
    assertThat(run(launcher, Map.of(), 1)).contains("needs the module terminal-client");
  }

  @Test
  void aServiceHasItsCacheWhereItMayWrite() throws IOException, InterruptedException {
    var launcher = installation("node", "echo \"$@\"");
    Files.delete(directory.resolve("kith-1.0/lib/node/kith.aot"));
    var caches = Files.createDirectory(directory.resolve("cache"));
    var cache = Files.writeString(caches.resolve("kith.aot"), "classes");
    var service =
        Files.writeString(
            directory.resolve("service"), "exec " + find("bash") + " " + launcher + " node\n");
    var environment = Map.of("CACHE_DIRECTORY", caches.toString());

    assertThat(run(service, environment, 0)).contains(" -XX:AOTCache=" + cache + " ");

    // so does a training that failed
    Files.writeString(cache, "");
    assertThat(run(service, environment, 0))
        .doesNotContain("AOTCache")
        .contains("kith: " + cache + " is empty because its training failed;");
  }

  @Test
  void withoutALocaleTextsAreUtf8() throws IOException, InterruptedException {
    var launcher = installation("terminal-client", "echo \"$LC_ALL\"");

    assertThat(run(launcher, Map.of("LC_ALL", "C"), 0)).isEqualTo("C.UTF-8\n");
    assertThat(run(launcher, Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""), 0))
        .isEqualTo("C.UTF-8\n");
    assertThat(run(launcher, Map.of("LC_ALL", "de_DE.ISO-8859-1"), 0))
        .endsWith("de_DE.ISO-8859-1\n");
  }

  @Test
  void aClosedInputIsEmptyAndNotTheNextFile() throws IOException, InterruptedException {
    // fails if the input is closed
    var launcher = installation("terminal-client", "if true 3<&0; then echo open; fi");
    var closed =
        Files.writeString(
            directory.resolve("closed"), "exec " + find("bash") + " " + launcher + " rooms <&-\n");

    assertThat(run(closed, Map.of(), 0)).isEqualTo("open\n");
  }

  @Test
  void aProgramWithAClosedOutputFailsToWrite() throws IOException, InterruptedException {
    var launcher = installation("terminal-client", "echo text || echo refused >&2");
    var closed =
        Files.writeString(
            directory.resolve("closed"), "exec " + find("bash") + " " + launcher + " rooms >&-\n");

    assertThat(run(closed, Map.of(), 0)).endsWith("refused\n");
  }

  @Test
  void theTrainingAfterTheFirstCommandUsesTheFullScreen() throws IOException, InterruptedException {
    var launcher =
        installation(
            "terminal-client", "case \"$*\" in *AOTCacheOutput*) echo \"$@\" >trained;; esac");
    var cache = directory.resolve("kith-1.0/lib/terminal-client/kith.aot");
    Files.delete(cache);
    var inside =
        Files.writeString(
            directory.resolve("inside"),
            "cd '" + directory + "'; exec " + find("bash") + " " + launcher + " rooms\n");

    run(inside, Map.of(), 0);

    assertThat(directory.resolve("trained"))
        .content()
        .contains(" " + Training.class.getName() + " ");
    assertThat(cache).as("empty, because this Java stores nothing").isEmptyFile();
  }
}
