package kith.node.platform.database;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// The migrations of this release, applied to one database.
final class Migrations {
  private static final String PLACE = "db/migration";
  private static final Pattern FILE = Pattern.compile(PLACE + "/V([0-9_]+)__.+");

  private final JdbcUrl url;

  private Migrations(JdbcUrl url) {
    this.url = url;
  }

  static Migrations of(JdbcUrl url) {
    return new Migrations(url);
  }

  /// Uses a connection without our timeouts: migrating a large table takes long.
  private FluentConfiguration configured() {
    return Flyway.configure()
        .driver(PrimaryDriver.class.getName())
        .dataSource(url.url(), url.user().orElse(null), url.password().orElse(null))
        .locations("classpath:" + PLACE);
  }

  void apply() {
    apply(configured());
  }

  /// Applies all up to the last one of these, in a database that contains only a marker.
  void applyUpTo(List<Dump.Migration> migrations) {
    var last = MigrationVersion.fromVersion(migrations.getLast().version());
    apply(configured().target(last).baselineOnMigrate(true).baselineVersion("0"));
  }

  private void apply(FluentConfiguration configuration) {
    try {
      configuration.load().migrate();
    } catch (FlywayException fault) {
      throw Database.failure(
          "The tables of the database %s cannot be migrated: %s."
              .formatted(url.shown(), Database.deepest(fault)),
          fault);
    }
  }

  /// Fails if these contain a migration of a later release.
  ///
  /// @param whose the subject of the sentence
  void refuseUnknown(List<Dump.Migration> migrations, String whose) {
    var known = known().stream().map(Dump.Migration::version).collect(Collectors.toSet());
    refuseUnknown(migrations, whose, known);
  }

  /// The same for a backup, without a database.
  static void refuseNewer(List<Dump.Migration> migrations) throws IOException {
    refuseUnknown(migrations, "The backup", shipped());
  }

  private static void refuseUnknown(
      List<Dump.Migration> migrations, String whose, Set<String> known) {
    Optional<String> unknown =
        migrations.stream()
            .map(Dump.Migration::version)
            .filter(version -> !known.contains(version))
            .findFirst();
    if (migrations.isEmpty() || unknown.isPresent())
      throw new BackupFailure(
          "%s is of a newer release of Kith (schema version %s); use that release."
              .formatted(whose, unknown.orElse("unknown")));
  }

  /// The versions in the names of the files: Flyway reads the migrations only with a database.
  private static Set<String> shipped() throws IOException {
    return files()
        .map(FILE::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1).replace('_', '.'))
        .collect(Collectors.toSet());
  }

  private static Stream<String> files() throws IOException {
    var place = Objects.requireNonNull(Migrations.class.getResource("/" + PLACE));
    if (place.openConnection() instanceof JarURLConnection jar)
      return jar.getJarFile().stream().map(JarEntry::getName);
    try (var files = Files.list(Path.of(URI.create(place.toString())))) {
      return files.map(file -> PLACE + "/" + file.getFileName()).toList().stream();
    }
  }

  /// The migrations that `applyUpTo` applies in a database without tables, in their order.
  List<Dump.Migration> upTo(List<Dump.Migration> migrations) {
    var last = MigrationVersion.fromVersion(migrations.getLast().version());
    return known().stream()
        .filter(migration -> MigrationVersion.fromVersion(migration.version()).compareTo(last) <= 0)
        .toList();
  }

  private List<Dump.Migration> known() {
    try {
      return Arrays.stream(configured().load().info().all())
          .filter(migration -> migration.getState().isResolved() && migration.getVersion() != null)
          .map(migration ->
              new Dump.Migration(
                  migration.getVersion().getVersion(),
                  Objects.requireNonNull(migration.getChecksum())))
          .toList();
    } catch (FlywayException fault) {
      throw Database.failure(
          "The tables of the database %s cannot be read: %s."
              .formatted(url.shown(), Database.deepest(fault)),
          fault);
    }
  }
}
