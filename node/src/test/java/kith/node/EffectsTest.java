package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomPart;

/// Every effect of a commit is in the table of `docs/effects.md`.
// the same classes as in ArchitectureTest: they are read once
@AnalyzeClasses(packages = "kith", importOptions = ImportOption.DoNotIncludeTests.class)
class EffectsTest {
  @ArchTest
  static void everyReaderOfARoomsEventsHasARow(JavaClasses classes) throws IOException {
    var page = Files.readString(Path.of("..", "docs", "effects.md"));

    var readers = readers(classes);

    assertThat(readers).hasSizeGreaterThan(3);
    assertThat(readers)
        .as("each has a row in docs/effects.md that says what happens after a crash")
        .allSatisfy(reader -> assertThat(page).contains("`" + reader + "`"));
  }

  private static List<String> readers(JavaClasses classes) {
    return classes.stream()
        .filter(
            type -> type.isAssignableTo(RoomPart.class) || type.isAssignableTo(Projection.class))
        .filter(type -> !type.isInterface())
        .map(JavaClass::getSimpleName)
        .toList();
  }
}
