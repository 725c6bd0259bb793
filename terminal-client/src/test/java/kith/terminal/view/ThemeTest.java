package kith.terminal.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.TextColor.ANSI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kith.terminal.config.Conf;
import kith.terminal.layout.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The contrast of the themes, by the formula of WCAG 2.
class ThemeTest {
  private static final double TEXT = 4.5;

  /// For graphics.
  private static final double GRAPHICS = 3;

  private record Rgb(int red, int green, int blue) {
    static Rgb of(TextColor color) {
      return new Rgb(color.getRed(), color.getGreen(), color.getBlue());
    }

    double luminance() {
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
      double part = channel / 255.0;
      return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
  }

  private static final Rgb BLACK = new Rgb(0, 0, 0);
  private static final Rgb WHITE = new Rgb(255, 255, 255);

  private static double contrast(Rgb one, Rgb other) {
    double light = Math.max(one.luminance(), other.luminance());
    double dark = Math.min(one.luminance(), other.luminance());
    return (light + 0.05) / (dark + 0.05);
  }

  @Test
  void theFormulaIsThatOfTheStandard() {
    assertThat(contrast(WHITE, BLACK)).isEqualTo(21);
    assertThat(contrast(WHITE, new Rgb(118, 118, 118))).isBetween(4.5, 4.6);
  }

  @ParameterizedTest
  @CsvSource({"dark, false", "contrast, false", "colour-blind, false", "light, true"})
  void everyTextIsReadable(String name, boolean isLight) {
    var theme = Theme.named(name);
    for (var tone : Tone.values()) {
      var hues = tone == Tone.SENDER ? IntStream.range(0, 6) : IntStream.of(0);
      hues.forEach(hue ->
          assertThat(contrast(theme.style(tone, hue), isLight))
              .as(name + " " + tone + " " + hue)
              .isGreaterThanOrEqualTo(tone == Tone.BORDER ? GRAPHICS : TEXT));
    }
  }

  /// On the terminal's own background, which is black, or white in a light theme.
  private static double contrast(CellStyle style, boolean isLight) {
    var back =
        style.background() == ANSI.DEFAULT ? (isLight ? WHITE : BLACK) : Rgb.of(style.background());
    var front =
        style.foreground() == ANSI.DEFAULT ? (isLight ? BLACK : WHITE) : Rgb.of(style.foreground());
    return contrast(front, back);
  }

  @Test
  void everyThemeOfTheSettingsExists() {
    var styles =
        Conf.THEMES.stream()
            .map(
                name -> Stream.of(Tone.values()).map(it -> Theme.named(name).style(it, 0)).toList())
            .toList();

    assertThat(styles).as("an unknown name gives the dark theme").doesNotHaveDuplicates();
  }

  /// A weight, another background or a mark shows the meaning of each colour, too.
  @Test
  void noMeaningOfTheColourBlindThemeDependsOnRedAndGreen() {
    var theme = Theme.named("colour-blind");
    var meanings = List.of(Tone.ERROR, Tone.GOOD, Tone.WAITING, Tone.UNREAD);

    for (var one : meanings)
      for (var other : meanings) {
        if (one == other) continue;
        var first = theme.style(one, 0);
        var second = theme.style(other, 0);
        boolean isTold = first.background() != second.background();
        // people without red or green see the blue channel and the brightness
        int blue = Math.abs(first.foreground().getBlue() - second.foreground().getBlue());
        assertThat(isTold || blue >= 90 || isFarInBrightness(first, second))
            .as(one + " and " + other)
            .isTrue();
      }
  }

  private static boolean isFarInBrightness(CellStyle one, CellStyle other) {
    return contrast(Rgb.of(one.foreground()), Rgb.of(other.foreground())) >= 1.4;
  }
}
