package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import kith.terminal.keys.Action;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Clicks and the wheel.
class MouseActionsTest {

  private static int row(Story ann, String words) {
    for (int row = 0; row < ann.screen().size(); row++) {
      if (ann.screen().get(row).contains(words)) return row;
    }
    throw new AssertionError(String.join("\n", ann.screen()));
  }

  private static void clicks(Story ann, int column, int row) {
    ann.happens(new Input.Clicked(column, row));
  }

  @Test
  void aClickOnARoomOpensIt() {
    var ann = Story.atHome(94, 20);

    clicks(ann, 5, row(ann, "2 lobby"));

    assertThat(ann.model().current()).contains("r2");
  }

  @Test
  void aClickOutsideThePanesHasNoEffect() {
    var ann = Story.atHome(94, 20);
    var before = ann.model();

    clicks(ann, 5, 10);
    clicks(ann, 5, 0);
    clicks(ann, 40, 3);
    clicks(ann, 500, 500);

    assertThat(ann.model()).usingRecursiveComparison().ignoringFields("activity").isEqualTo(before);
  }

  @Test
  void aClickOnAnyRowOfAMessageSelectsItAndASecondDeselectsIt() {
    var ann = Story.atHome(94, 20);
    ann.arrives("r1", message(2, "bob", "one\nmore"), message(3, "bob", "two"));

    clicks(ann, 40, row(ann, "more"));
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).hasValue(2);
    assertThat(ann.screen().get(row(ann, "one"))).contains("▶");

    clicks(ann, 40, row(ann, "more"));
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).isEmpty();
  }

  @Test
  void aClickPlacesTheCursorBetweenGraphemes() {
    var ann = Story.atHome(94, 20);
    ann.types("a日本c");
    ann.presses("Ctrl-j");
    ann.types("second");
    int first = row(ann, "> a");

    clicks(ann, 2 + 4, first);
    assertThat(ann.model().editor().cursor()).as("half of a wide one").isEqualTo(2);
    clicks(ann, 2 + 3, first + 1);
    assertThat(ann.model().editor().cursor()).isEqualTo("a日本c\nsec".length());
    clicks(ann, 70, first);
    assertThat(ann.model().editor().cursor()).isEqualTo("a日本c".length());
  }

  @Test
  void theWheelScrollsUpAndDown() {
    var ann = Story.atHome(94, 20);
    for (int seq = 2; seq < 80; seq++) ann.arrives("r1", message(seq, "bob", "number " + seq));

    ann.happens(new Input.Wheeled(true, 40, 5));
    assertThat(ann.screen().get(17)).contains("latest");
    assertThat(String.join("\n", ann.screen())).doesNotContain("number 79");
    ann.happens(new Input.Wheeled(false, 40, 5));
    assertThat(String.join("\n", ann.screen())).contains("number 79");
  }

  @Test
  void theMouseIsOffByDefault() {
    var ann = Story.atHome(94, 20);
    assertThat(ann.model().settings().hasMouse()).isFalse();

    ann.presses(ann.model().settings().keys().hint(Action.MOUSE));
    assertThat(ann.latest(Request.Mouse.class).isOurs()).isTrue();
    ann.types("/mouse");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Mouse.class).isOurs()).isFalse();
  }
}
