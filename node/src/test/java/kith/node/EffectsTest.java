package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomPart;
import org.junit.jupiter.api.Test;

/// Every effect of a commit is in the table of `docs/effects.md`.
class EffectsTest {
  @Test
  void everyReaderOfARoomsEventsHasARow() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "effects.md"));

    var readers = readers();

    assertThat(readers).hasSizeGreaterThan(3);
    assertThat(readers)
        .as("each has a row in docs/effects.md that says what happens after a crash")
        .allSatisfy(reader -> assertThat(page).contains("`" + reader + "`"));
  }

  private static List<String> readers() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("kith.node").stream()
            .filter(type ->
                type.isAssignableTo(RoomPart.class) || type.isAssignableTo(Projection.class))
            .filter(type -> !type.isInterface())
            .map(JavaClass::getSimpleName)
            .toList();
  }
}
