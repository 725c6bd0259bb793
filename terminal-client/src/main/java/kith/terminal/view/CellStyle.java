package kith.terminal.view;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.Set;

/// The colours, the weight and the link of one cell.
///
/// @param link empty if there is none
public record CellStyle(TextColor foreground, TextColor background, Set<SGR> weights, String link) {
  public static final CellStyle DEFAULT =
      new CellStyle(TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT, Set.of());

  public CellStyle(TextColor foreground, TextColor background, Set<SGR> weights) {
    this(foreground, background, weights, "");
  }

  public CellStyle withoutLink() {
    return link.isEmpty() ? this : withLink("");
  }

  CellStyle withLink(String where) {
    return new CellStyle(foreground, background, weights, where);
  }

  public CellStyle {
    weights = Set.copyOf(weights);
  }
}
