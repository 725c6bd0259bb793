package kith.terminal.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.terminal.config.Conf;
import kith.terminal.view.Canvas.PlacedPicture;

/// Shows pictures in the ways that the terminal reports to support.
///
/// The questions are asked at the start, and nothing waits for the answers: without them, or until
/// they arrive, pictures are half blocks. The answers arrive on the thread that reads keys.
final class TerminalGraphics {
  private static final String KITTY_QUESTION = "\u001b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u001b\\";
  private static final String VERSION_QUESTION = "\u001b[>0q";
  private static final String CELL_QUESTION = "\u001b[16t";
  private static final String ATTRIBUTES_QUESTION = "\u001b[c";

  private static final Pattern CELL = Pattern.compile("\\[6;(\\d{1,3});(\\d{1,3})t");
  private static final Pattern SIXEL = Pattern.compile("\\[\\?(?:\\d+;)*4(?:;\\d+)*c");
  private static final List<String> WITH_ITERM = List.of("iterm", "wezterm", "mintty");
  private static final int LARGEST_CELL = 100;

  enum Protocol {
    KITTY,
    ITERM,
    SIXEL
  }

  /// The size of a cell in pixels.
  record CellSize(int width, int height) {}

  private final Conf.Pictures wanted;
  private final boolean isMultiplexed;
  private final boolean isAnswering;
  private volatile boolean hasKitty;
  private volatile boolean hasSixel;
  private volatile boolean hasIterm;
  private volatile Optional<CellSize> cell = Optional.empty();

  private TerminalGraphics(
      Conf.Pictures wanted, boolean isMultiplexed, boolean isAnswering, boolean hasIterm) {
    this.wanted = wanted;
    this.isMultiplexed = isMultiplexed;
    this.isAnswering = isAnswering;
    this.hasIterm = hasIterm;
  }

  static TerminalGraphics none() {
    return new TerminalGraphics(Conf.Pictures.OFF, false, false, false);
  }

  static TerminalGraphics of(Conf.Pictures wanted, Map<String, String> environment) {
    var terminal = environment.getOrDefault("TERM", "");
    boolean isMultiplexed =
        environment.containsKey("TMUX")
            || environment.containsKey("STY")
            || terminal.startsWith("tmux")
            || terminal.startsWith("screen");
    boolean isIterm =
        isIterm(environment.getOrDefault("TERM_PROGRAM", ""))
            || isIterm(environment.getOrDefault("LC_TERMINAL", ""));
    // the console of Linux prints unknown sequences
    return new TerminalGraphics(wanted, isMultiplexed, !terminal.equals("linux"), isIterm);
  }

  private static boolean isIterm(String name) {
    var folded = name.toLowerCase(Locale.ROOT);
    return WITH_ITERM.stream().anyMatch(folded::startsWith);
  }

  /// The questions for the terminal; empty if no answer is needed. tmux would read the question
  /// about kitty as the title of a window.
  String question() {
    if (!isAnswering) return "";
    return switch (wanted) {
      case OFF, BLOCKS, KITTY, ITERM -> "";
      case SIXEL -> CELL_QUESTION + ATTRIBUTES_QUESTION;
      case AUTO ->
          isMultiplexed
              ? CELL_QUESTION + ATTRIBUTES_QUESTION
              : KITTY_QUESTION + VERSION_QUESTION + CELL_QUESTION + ATTRIBUTES_QUESTION;
    };
  }

  /// @param answer without the escape character at its beginning
  void answered(String answer) {
    var size = CELL.matcher(answer);
    if (answer.startsWith("_G")) hasKitty = answer.contains("i=31;OK");
    else if (answer.startsWith("P>|")) hasIterm |= isIterm(answer.substring(3));
    else if (size.matches())
      cell = cell(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1)));
    else if (SIXEL.matcher(answer).matches()) hasSixel = true;
  }

  private static Optional<CellSize> cell(int width, int height) {
    boolean isUsual = width > 1 && height > 1 && width <= LARGEST_CELL && height <= LARGEST_CELL;
    return isUsual ? Optional.of(new CellSize(width, height)) : Optional.empty();
  }

  /// Empty for half blocks.
  Optional<Protocol> protocol() {
    // without the size of a cell, pixels could cover other cells and stay there
    boolean canSixel = cell.isPresent() && (hasSixel || wanted == Conf.Pictures.SIXEL);
    var sixel = canSixel ? Optional.of(Protocol.SIXEL) : Optional.<Protocol>empty();
    return switch (wanted) {
      case OFF, BLOCKS -> Optional.empty();
      case KITTY -> isMultiplexed ? Optional.empty() : Optional.of(Protocol.KITTY);
      case ITERM -> isMultiplexed ? Optional.empty() : Optional.of(Protocol.ITERM);
      case SIXEL -> isMultiplexed && !hasSixel ? Optional.empty() : sixel;
      case AUTO -> {
        if (isMultiplexed) yield sixel;
        if (hasKitty) yield Optional.of(Protocol.KITTY);
        yield hasIterm ? Optional.of(Protocol.ITERM) : sixel;
      }
    };
  }

  /// The sequence that shows a picture at the cursor; empty for half blocks.
  String show(PlacedPicture placed) {
    var now = protocol();
    if (now.isEmpty()) return "";
    return switch (now.get()) {
      case KITTY -> PictureSequences.kitty(placed);
      case ITERM -> PictureSequences.iterm(placed);
      case SIXEL -> Sixels.of(placed, cell.orElseThrow());
    };
  }

  /// The sequence that removes pictures; empty if text that is written over them does it.
  String remove() {
    return protocol().filter(Protocol.KITTY::equals).map(_ -> PictureSequences.NO_KITTY).orElse("");
  }
}
