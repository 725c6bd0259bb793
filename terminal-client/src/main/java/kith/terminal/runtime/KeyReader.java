package kith.terminal.runtime;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.input.MouseAction;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import kith.terminal.model.Editor;
import kith.terminal.update.Input;

/// Converts key strokes to inputs: joins surrogate pairs and collects pasted text.
final class KeyReader {
  /// One more than the editor takes, so that it refuses a longer text instead of losing its end.
  private static final int MAX_PASTED = Editor.MAX_CHARS + 1;

  private final Consumer<String> answers;
  private final StringBuilder pasted = new StringBuilder();
  private boolean isPasting;
  private char highSurrogate;

  /// @param answers receives the terminal's answers about itself
  KeyReader(Consumer<String> answers) {
    this.answers = answers;
  }

  Optional<Input> read(KeyStroke key) {
    if (key instanceof Answer answer) {
      if (!isPasting) answers.accept(answer.text());
      return Optional.empty();
    }
    if (key.equals(Tty.PASTE_BEGINS)) {
      isPasting = true;
      pasted.setLength(0);
      return Optional.empty();
    }
    if (key.equals(Tty.PASTE_ENDS)) {
      isPasting = false;
      return pasted.isEmpty() ? Optional.empty() : Optional.of(new Input.Pasted(pasted.toString()));
    }
    if (key.equals(Tty.FOCUS_COMES)) return Optional.of(new Input.Focused(true));
    if (key.equals(Tty.FOCUS_GOES)) return Optional.of(new Input.Focused(false));
    if (key.getKeyType() == KeyType.EOF) return Optional.of(new Input.Hangup());
    if (key instanceof MouseAction mouse) return mouse(mouse);
    if (isPasting) {
      if (pasted.length() < MAX_PASTED) pasted.append(pastedText(key));
      return Optional.empty();
    }
    return key.getKeyType() == KeyType.Character ? character(key) : special(key);
  }

  private static Optional<Input> mouse(MouseAction mouse) {
    var place = mouse.getPosition();
    return switch (mouse.getActionType()) {
      case CLICK_DOWN ->
          mouse.getButton() == 1
              ? Optional.of(new Input.Clicked(place.getColumn(), place.getRow()))
              : Optional.empty();
      case SCROLL_UP -> Optional.of(new Input.Wheeled(true, place.getColumn(), place.getRow()));
      case SCROLL_DOWN -> Optional.of(new Input.Wheeled(false, place.getColumn(), place.getRow()));
      case CLICK_RELEASE, DRAG, MOVE -> Optional.empty();
    };
  }

  private static String pastedText(KeyStroke key) {
    return switch (key.getKeyType()) {
      case Enter -> "\n";
      case Tab -> "    ";
      // ctrl-j: a pasted line feed
      case Character -> key.isCtrlDown() ? "\n" : String.valueOf(key.getCharacter());
      default -> "";
    };
  }

  private Optional<Input> character(KeyStroke key) {
    char unit = key.getCharacter();
    if (key.isCtrlDown() || key.isAltDown()) {
      return Optional.of(new Input.Key(modifiers(key) + Character.toLowerCase(unit)));
    }
    if (Character.isHighSurrogate(unit)) {
      highSurrogate = unit;
      return Optional.empty();
    }
    if (Character.isLowSurrogate(unit)) {
      return Optional.of(new Input.Typed("" + highSurrogate + unit));
    }
    return Optional.of(new Input.Typed(String.valueOf(unit)));
  }

  private static Optional<Input> special(KeyStroke key) {
    var name = key.getKeyType().name();
    return Optional.of(new Input.Key(modifiers(key) + shift(key) + name));
  }

  private static String modifiers(KeyStroke key) {
    return (key.isCtrlDown() ? "Ctrl-" : "") + (key.isAltDown() ? "Alt-" : "");
  }

  private static String shift(KeyStroke key) {
    boolean isNamed = key.getKeyType().name().toLowerCase(Locale.ROOT).equals("reversetab");
    return key.isShiftDown() && !isNamed ? "Shift-" : "";
  }
}
