package kith.terminal.view;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.TextColor.ANSI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kith.terminal.layout.Tone;

/// The style of each tone. The only table of colours.
final class Theme {
  private static final Map<String, Theme> THEMES =
      Map.of(
          "dark",
          dark(),
          "light",
          light(),
          "contrast",
          contrast(),
          "colour-blind",
          colourBlind(),
          "16",
          sixteen(),
          "mono",
          mono());

  private final Map<Tone, CellStyle> styles = new EnumMap<>(Tone.class);
  private final List<TextColor> hues;

  private Theme(TextColor... hues) {
    this.hues = List.copyOf(Arrays.asList(hues));
    for (var tone : Tone.values()) styles.put(tone, CellStyle.DEFAULT);
    weight(Tone.STRONG, SGR.BOLD)
        .weight(Tone.EMPHASIS, SGR.ITALIC)
        .weight(Tone.HEADING, SGR.BOLD, SGR.UNDERLINE)
        .weight(Tone.STRUCK, SGR.CROSSED_OUT)
        .weight(Tone.KEYWORD, SGR.BOLD)
        .weight(Tone.COMMENT, SGR.ITALIC)
        .weight(Tone.LINK, SGR.UNDERLINE)
        .weight(Tone.MISSPELLED, SGR.UNDERLINE)
        .weight(Tone.MENTION, SGR.BOLD, SGR.REVERSE)
        .weight(Tone.FOUND, SGR.REVERSE)
        .weight(Tone.SENDER, SGR.BOLD)
        .weight(Tone.ERROR, SGR.BOLD)
        .weight(Tone.UNREAD, SGR.BOLD)
        .weight(Tone.BAR, SGR.REVERSE)
        .weight(Tone.CHOSEN, SGR.REVERSE);
  }

  static Theme named(String name) {
    return THEMES.getOrDefault(name, dark());
  }

  CellStyle style(Tone tone, int hue) {
    var style = styles.getOrDefault(tone, CellStyle.DEFAULT);
    if (tone != Tone.SENDER || hues.isEmpty()) return style;
    return new CellStyle(hues.get(hue % hues.size()), style.background(), style.weights());
  }

  private Theme weight(Tone tone, SGR... weights) {
    styles.put(tone, new CellStyle(ANSI.DEFAULT, ANSI.DEFAULT, Set.of(weights)));
    return this;
  }

  private Theme color(Tone tone, TextColor foreground, TextColor background) {
    var weights =
        background == ANSI.DEFAULT
            ? styles.getOrDefault(tone, CellStyle.DEFAULT).weights()
            : Set.<SGR>of();
    styles.put(tone, new CellStyle(foreground, background, weights));
    return this;
  }

  private Theme color(Tone tone, TextColor foreground) {
    return color(tone, foreground, ANSI.DEFAULT);
  }

  private static Theme dark() {
    return new Theme(
            ANSI.CYAN_BRIGHT,
            ANSI.GREEN_BRIGHT,
            ANSI.YELLOW_BRIGHT,
            ANSI.MAGENTA_BRIGHT,
            new TextColor.Indexed(75),
            ANSI.RED_BRIGHT)
        .color(Tone.QUIET, new TextColor.Indexed(245))
        .color(Tone.BORDER, new TextColor.Indexed(242))
        .color(Tone.CODE, ANSI.CYAN)
        .color(Tone.KEYWORD, ANSI.MAGENTA_BRIGHT)
        .color(Tone.STRING, ANSI.GREEN)
        .color(Tone.COMMENT, new TextColor.Indexed(245))
        .color(Tone.LINK, ANSI.CYAN_BRIGHT)
        .color(Tone.MENTION, ANSI.BLACK, new TextColor.Indexed(220))
        .color(Tone.ERROR, ANSI.RED_BRIGHT)
        .color(Tone.WAITING, ANSI.YELLOW_BRIGHT)
        .color(Tone.GOOD, ANSI.GREEN)
        .color(Tone.UNREAD, ANSI.YELLOW_BRIGHT)
        .color(Tone.BAR, ANSI.WHITE_BRIGHT, new TextColor.Indexed(237))
        .color(Tone.CHOSEN, ANSI.WHITE_BRIGHT, ANSI.BLUE);
  }

  /// The 16 ANSI colours, on the terminal's own background.
  private static Theme sixteen() {
    return new Theme(ANSI.CYAN, ANSI.GREEN, ANSI.YELLOW, ANSI.MAGENTA, ANSI.BLUE, ANSI.RED)
        .color(Tone.CODE, ANSI.CYAN)
        .color(Tone.KEYWORD, ANSI.MAGENTA)
        .color(Tone.STRING, ANSI.GREEN)
        .color(Tone.LINK, ANSI.CYAN)
        .color(Tone.MENTION, ANSI.BLACK, ANSI.YELLOW)
        .color(Tone.ERROR, ANSI.RED)
        .color(Tone.WAITING, ANSI.YELLOW)
        .color(Tone.GOOD, ANSI.GREEN)
        .color(Tone.UNREAD, ANSI.YELLOW)
        .color(Tone.BAR, ANSI.BLACK, ANSI.WHITE)
        .color(Tone.CHOSEN, ANSI.WHITE, ANSI.BLUE);
  }

  /// Fixed colours: the terminal's own green, cyan and yellow are hard to read on white.
  private static Theme light() {
    return new Theme(
            new TextColor.Indexed(25),
            new TextColor.Indexed(90),
            new TextColor.Indexed(124),
            new TextColor.Indexed(22),
            new TextColor.Indexed(23),
            ANSI.BLACK)
        .color(Tone.QUIET, new TextColor.Indexed(241))
        .color(Tone.BORDER, new TextColor.Indexed(244))
        .color(Tone.CODE, new TextColor.Indexed(90))
        .color(Tone.KEYWORD, new TextColor.Indexed(25))
        .color(Tone.STRING, new TextColor.Indexed(22))
        .color(Tone.COMMENT, new TextColor.Indexed(241))
        .color(Tone.LINK, new TextColor.Indexed(25))
        .color(Tone.MENTION, ANSI.BLACK, new TextColor.Indexed(220))
        .color(Tone.ERROR, new TextColor.Indexed(124))
        .color(Tone.WAITING, new TextColor.Indexed(90))
        .color(Tone.GOOD, new TextColor.Indexed(22))
        .color(Tone.UNREAD, new TextColor.Indexed(124))
        .color(Tone.BAR, ANSI.BLACK, new TextColor.Indexed(252))
        .color(Tone.CHOSEN, new TextColor.Indexed(231), new TextColor.Indexed(25));
  }

  /// Blue, orange and yellow on a dark background, which people with any colour vision distinguish,
  /// after the palette of Okabe and Ito. No two meanings differ by red and green alone.
  private static Theme colourBlind() {
    return new Theme(
            new TextColor.Indexed(117),
            new TextColor.Indexed(214),
            new TextColor.Indexed(227),
            new TextColor.Indexed(175),
            new TextColor.Indexed(75),
            new TextColor.Indexed(231))
        .color(Tone.QUIET, new TextColor.Indexed(248))
        .color(Tone.BORDER, new TextColor.Indexed(244))
        .color(Tone.CODE, new TextColor.Indexed(117))
        .color(Tone.KEYWORD, new TextColor.Indexed(214))
        .color(Tone.STRING, new TextColor.Indexed(227))
        .color(Tone.COMMENT, new TextColor.Indexed(248))
        .color(Tone.LINK, new TextColor.Indexed(75))
        .color(Tone.MENTION, ANSI.BLACK, new TextColor.Indexed(214))
        .color(Tone.ERROR, ANSI.BLACK, new TextColor.Indexed(208))
        .color(Tone.WAITING, new TextColor.Indexed(227))
        .color(Tone.GOOD, new TextColor.Indexed(75))
        .color(Tone.UNREAD, new TextColor.Indexed(214))
        .color(Tone.BAR, new TextColor.Indexed(231), new TextColor.Indexed(237))
        .color(Tone.CHOSEN, new TextColor.Indexed(231), new TextColor.Indexed(24));
  }

  private static Theme contrast() {
    return new Theme(ANSI.WHITE_BRIGHT)
        .color(Tone.PLAIN, ANSI.WHITE_BRIGHT)
        .color(Tone.QUIET, ANSI.WHITE)
        .color(Tone.BORDER, ANSI.WHITE_BRIGHT)
        .color(Tone.CODE, ANSI.CYAN_BRIGHT)
        .color(Tone.KEYWORD, ANSI.YELLOW_BRIGHT)
        .color(Tone.STRING, ANSI.GREEN_BRIGHT)
        .color(Tone.COMMENT, ANSI.WHITE)
        .color(Tone.LINK, ANSI.CYAN_BRIGHT)
        .color(Tone.ERROR, ANSI.WHITE_BRIGHT, ANSI.RED)
        .color(Tone.WAITING, ANSI.YELLOW_BRIGHT)
        .color(Tone.GOOD, ANSI.GREEN_BRIGHT)
        .color(Tone.UNREAD, ANSI.BLACK, ANSI.YELLOW_BRIGHT)
        .color(Tone.BAR, ANSI.BLACK, ANSI.WHITE_BRIGHT)
        .color(Tone.CHOSEN, ANSI.BLACK, ANSI.YELLOW_BRIGHT)
        .color(Tone.MENTION, ANSI.BLACK, ANSI.YELLOW_BRIGHT);
  }

  /// Weights only, without colours.
  private static Theme mono() {
    return new Theme();
  }
}
