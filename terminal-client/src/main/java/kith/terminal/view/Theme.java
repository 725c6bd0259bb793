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

/// How each tone looks. The one table of colours.
final class Theme {
  private static final Map<String, Theme> THEMES =
      Map.of(
          "dark",
          dark(),
          "light",
          light(),
          "contrast",
          contrast(),
          "16",
          sixteen(),
          "mono",
          mono());

  private final Map<Tone, Look> looks = new EnumMap<>(Tone.class);
  private final List<TextColor> hues;

  private Theme(TextColor... hues) {
    this.hues = List.copyOf(Arrays.asList(hues));
    for (var tone : Tone.values()) looks.put(tone, Look.DEFAULT);
    weighs(Tone.STRONG, SGR.BOLD)
        .weighs(Tone.EMPHASIS, SGR.ITALIC)
        .weighs(Tone.LINK, SGR.UNDERLINE)
        .weighs(Tone.MENTION, SGR.BOLD, SGR.REVERSE)
        .weighs(Tone.FOUND, SGR.REVERSE)
        .weighs(Tone.SENDER, SGR.BOLD)
        .weighs(Tone.ERROR, SGR.BOLD)
        .weighs(Tone.UNREAD, SGR.BOLD)
        .weighs(Tone.BAR, SGR.REVERSE)
        .weighs(Tone.CHOSEN, SGR.REVERSE);
  }

  static Theme named(String name) {
    return THEMES.getOrDefault(name, dark());
  }

  Look look(Tone tone, int hue) {
    var look = looks.getOrDefault(tone, Look.DEFAULT);
    if (tone != Tone.SENDER || hues.isEmpty()) return look;
    return new Look(hues.get(hue % hues.size()), look.background(), look.weights());
  }

  private Theme weighs(Tone tone, SGR... weights) {
    looks.put(tone, new Look(ANSI.DEFAULT, ANSI.DEFAULT, Set.of(weights)));
    return this;
  }

  private Theme paints(Tone tone, TextColor foreground, TextColor background) {
    var weights =
        background == ANSI.DEFAULT
            ? looks.getOrDefault(tone, Look.DEFAULT).weights()
            : Set.<SGR>of();
    looks.put(tone, new Look(foreground, background, weights));
    return this;
  }

  private Theme paints(Tone tone, TextColor foreground) {
    return paints(tone, foreground, ANSI.DEFAULT);
  }

  private static Theme dark() {
    return new Theme(
            ANSI.CYAN_BRIGHT,
            ANSI.GREEN_BRIGHT,
            ANSI.YELLOW_BRIGHT,
            ANSI.MAGENTA_BRIGHT,
            ANSI.BLUE_BRIGHT,
            ANSI.RED_BRIGHT)
        .paints(Tone.QUIET, ANSI.BLACK_BRIGHT)
        .paints(Tone.BORDER, ANSI.BLACK_BRIGHT)
        .paints(Tone.CODE, ANSI.CYAN)
        .paints(Tone.LINK, ANSI.CYAN_BRIGHT)
        .paints(Tone.MENTION, ANSI.BLACK, ANSI.YELLOW)
        .paints(Tone.ERROR, ANSI.RED_BRIGHT)
        .paints(Tone.WAITING, ANSI.YELLOW_BRIGHT)
        .paints(Tone.GOOD, ANSI.GREEN)
        .paints(Tone.UNREAD, ANSI.YELLOW_BRIGHT)
        .paints(Tone.BAR, ANSI.WHITE_BRIGHT, new TextColor.Indexed(237))
        .paints(Tone.CHOSEN, ANSI.WHITE_BRIGHT, ANSI.BLUE);
  }

  /// What every terminal with colours has, on its own background.
  private static Theme sixteen() {
    return new Theme(ANSI.CYAN, ANSI.GREEN, ANSI.YELLOW, ANSI.MAGENTA, ANSI.BLUE, ANSI.RED)
        .paints(Tone.CODE, ANSI.CYAN)
        .paints(Tone.LINK, ANSI.CYAN)
        .paints(Tone.MENTION, ANSI.BLACK, ANSI.YELLOW)
        .paints(Tone.ERROR, ANSI.RED)
        .paints(Tone.WAITING, ANSI.YELLOW)
        .paints(Tone.GOOD, ANSI.GREEN)
        .paints(Tone.UNREAD, ANSI.YELLOW)
        .paints(Tone.BAR, ANSI.BLACK, ANSI.WHITE)
        .paints(Tone.CHOSEN, ANSI.WHITE, ANSI.BLUE);
  }

  private static Theme light() {
    return new Theme(ANSI.BLUE, ANSI.MAGENTA, ANSI.RED, ANSI.GREEN, ANSI.CYAN, ANSI.BLACK)
        .paints(Tone.QUIET, new TextColor.Indexed(242))
        .paints(Tone.BORDER, new TextColor.Indexed(248))
        .paints(Tone.CODE, ANSI.MAGENTA)
        .paints(Tone.LINK, ANSI.BLUE)
        .paints(Tone.MENTION, ANSI.BLACK, ANSI.YELLOW_BRIGHT)
        .paints(Tone.ERROR, ANSI.RED)
        .paints(Tone.WAITING, ANSI.MAGENTA)
        .paints(Tone.GOOD, ANSI.GREEN)
        .paints(Tone.UNREAD, ANSI.RED)
        .paints(Tone.BAR, ANSI.BLACK, new TextColor.Indexed(252))
        .paints(Tone.CHOSEN, ANSI.WHITE_BRIGHT, ANSI.BLUE);
  }

  private static Theme contrast() {
    return new Theme(ANSI.WHITE_BRIGHT)
        .paints(Tone.PLAIN, ANSI.WHITE_BRIGHT)
        .paints(Tone.QUIET, ANSI.WHITE)
        .paints(Tone.BORDER, ANSI.WHITE_BRIGHT)
        .paints(Tone.CODE, ANSI.CYAN_BRIGHT)
        .paints(Tone.LINK, ANSI.CYAN_BRIGHT)
        .paints(Tone.ERROR, ANSI.WHITE_BRIGHT, ANSI.RED)
        .paints(Tone.WAITING, ANSI.YELLOW_BRIGHT)
        .paints(Tone.GOOD, ANSI.GREEN_BRIGHT)
        .paints(Tone.UNREAD, ANSI.BLACK, ANSI.YELLOW_BRIGHT)
        .paints(Tone.BAR, ANSI.BLACK, ANSI.WHITE_BRIGHT)
        .paints(Tone.CHOSEN, ANSI.BLACK, ANSI.YELLOW_BRIGHT)
        .paints(Tone.MENTION, ANSI.BLACK, ANSI.YELLOW_BRIGHT);
  }

  /// Weight alone, for those who want no colour.
  private static Theme mono() {
    return new Theme();
  }
}
