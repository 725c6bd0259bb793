package kith.node.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeNamesTest {
  @Test
  void everyRowOfTheTableNamesAClass() {
    var names = TypeNames.load();

    assertThat(names.types())
        .isNotEmpty()
        .allSatisfy(type ->
            assertThat(names.of(type)).get().asString().matches("[a-z][a-z-]*(\\.[a-z0-9-]+)+"));
  }

  @Test
  void aNameMapsToItsClassAndBack() {
    var names = TypeNames.parse("# a comment\n\nsome.text  java.lang.String\n");

    assertThat(names.of(String.class)).contains("some.text");
    assertThat(names.type("some.text")).isEqualTo(Optional.of(String.class));
    assertThat(names.type("some.number")).isEmpty();
    assertThat(names.of(Integer.class)).isEmpty();
  }

  @Test
  void aRowWithoutItsClassPreventsTheStart() {
    assertThatThrownBy(() -> TypeNames.parse("room.lost kith.node.Lost"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kith.node.Lost");
  }

  @Test
  void aDuplicateNameOrClassPreventsTheStart() {
    assertThatThrownBy(() -> TypeNames.parse("a.a java.lang.String\na.a java.lang.Integer"))
        .hasMessageContaining("a.a");
    assertThatThrownBy(() -> TypeNames.parse("a.a java.lang.String\na.b java.lang.String"))
        .hasMessageContaining("java.lang.String");
  }
}
